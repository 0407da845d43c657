public import Formulary
public import Quantities

/// What is asked for side effects of a drug, again and again (pathway: Follow-up; formulary).
public enum CareCheck: String, Codable, Sendable, CaseIterable {
  case creatineKinase, psychiatric
  case opioidEffects, oedema, endocrine, boneDensity, sleepApnoea
  case neurological
  case baclofenEffects, localAnestheticEffects, alpha2Effects
}

/// When a check is due.
public enum CareRhythm: Equatable, Sendable {
  /// At the beginning, every so often for a while, and then every so often.
  case falling(TimeSpan, during: TimeSpan, then: TimeSpan)
  /// Every so often, the first time after one such span.
  case every(TimeSpan)
  /// At each refill.
  case refills
}

/// A row of the table: what is asked, of whom and when.
public struct CareCheckFacts: Equatable, Sendable {
  public let asks: [String]
  public let rhythm: CareRhythm
  /// Because of drugs of this class.
  public let drugClass: DrugClass
  public let source: String
  /// Whether someone has read it in its source; if not, it asks all the same and says so.
  public let isVerified: Bool

  fileprivate init(
    _ drugClass: DrugClass,
    _ rhythm: CareRhythm,
    _ asks: [String],
    source: String,
    isVerified: Bool = false
  ) {
    (self.drugClass, self.rhythm, self.asks) = (drugClass, rhythm, asks)
    (self.source, self.isVerified) = (source, isVerified)
  }
}

extension CareCheck {
  /// The row of the table.
  public var facts: CareCheckFacts {
    switch self {
    case .creatineKinase: .creatineKinase
    case .psychiatric: .psychiatric
    case .opioidEffects: .opioidEffects
    case .oedema: .oedema
    case .endocrine: .endocrine
    case .boneDensity: .boneDensity
    case .sleepApnoea: .sleepApnoea
    case .neurological: .neurological
    case .baclofenEffects: .baclofenEffects
    case .localAnestheticEffects: .localAnestheticEffects
    case .alpha2Effects: .alpha2Effects
    }
  }

  /// Whether it is asked because of a drug.
  public func concerns(_ drug: Drug) -> Bool { drug.drugClass == facts.drugClass }
}

extension CareCheckFacts {
  private static let year = 365 * TimeSpan.day

  fileprivate static let creatineKinase = CareCheckFacts(
    .calciumChannelBlocker,
    .falling(14 * .day, during: 30 * .day, then: 30 * .day),
    ["creatine kinase, U/L", "muscle pain or weakness"],
    source: "label of ziconotide: at first, every other week for a month, then monthly; recalled"
  )
  fileprivate static let psychiatric = CareCheckFacts(
    .calciumChannelBlocker,
    .refills,
    ["mood", "hallucinations", "memory and thinking", "consciousness"],
    source: "boxed warning of ziconotide (label, seen); at each visit",
    isVerified: true
  )
  fileprivate static let opioidEffects = CareCheckFacts(
    .opioid,
    .refills,
    ["constipation", "sedation and breathing", "itch", "nausea", "urinary retention"],
    source: "formulary: adverse effects of morphine; recalled, unverified"
  )
  fileprivate static let oedema = CareCheckFacts(
    .opioid,
    .refills,
    ["swelling of legs and feet", "weight"],
    source: "formulary: adverse effects of morphine; recalled, unverified"
  )
  fileprivate static let endocrine = CareCheckFacts(
    .opioid,
    .every(year),
    ["libido and periods", "testosterone or oestradiol", "cortisol", "fatigue"],
    source: "yearly review with endocrine part (pathway, section 7); recalled, unverified"
  )
  fileprivate static let boneDensity = CareCheckFacts(
    .opioid,
    .every(year),
    ["bone density, where hormones are low"],
    source: "yearly review (pathway, section 7); recalled, unverified"
  )
  fileprivate static let sleepApnoea = CareCheckFacts(
    .opioid,
    .every(year),
    ["snoring and pauses of breath", "sleepiness by day"],
    source: "yearly review (pathway, section 7); recalled, unverified"
  )
  fileprivate static let neurological = CareCheckFacts(
    .opioid,
    .refills,
    ["pain at the level of the tip", "sensation", "strength", "bladder and bowel"],
    source: "at each visit, for granuloma (pathway, sections 7 and 9; PMID 27505059)",
    isVerified: true
  )
  fileprivate static let baclofenEffects = CareCheckFacts(
    .gabaAgonist,
    .refills,
    ["weakness", "sleepiness", "dizziness", "seizures", "constipation", "urinary retention"],
    source: "formulary: adverse effects of baclofen; recalled, unverified"
  )
  fileprivate static let localAnestheticEffects = CareCheckFacts(
    .localAnesthetic,
    .refills,
    ["numbness", "weakness of the legs", "urinary retention", "blood pressure standing"],
    source: "formulary: adverse effects of bupivacaine; recalled, unverified"
  )
  fileprivate static let alpha2Effects = CareCheckFacts(
    .alpha2Agonist,
    .refills,
    ["blood pressure lying and standing", "pulse", "sedation", "dry mouth", "oedema"],
    source: "formulary: adverse effects of clonidine; recalled, unverified"
  )
}

extension PatientRecord {
  /// A check that is due now or later.
  public struct DueCheck: Equatable, Sendable {
    public let check: CareCheck
    public let at: Instant
  }

  /// The next time of each check that the drugs in the reservoir ask for, in the order of the table.
  ///
  /// One that goes with refills is due from a completed refill on until it is done. Nothing where no drug
  /// is known to be in the reservoir.
  public var dueChecks: [DueCheck] {
    guard stage == .therapy else { return [] }
    return CareCheck.allCases.compactMap { check in
      let begun = pathway.drugsSince.filter { name, _ in
        DrugLibrary.standard.drug(name).map { check.concerns($0) } == true
      }
      guard let since = begun.values.min() else { return nil }
      let done = pathway.careChecks.last { $0.value.check == check && $0.value.doneAt >= since }
      return next(check, since: since, done: done?.value.doneAt).map {
        DueCheck(check: check, at: $0)
      }
    }
  }

  private func next(_ check: CareCheck, since: Instant, done: Instant?) -> Instant? {
    switch check.facts.rhythm {
    case .falling(let often, let during, let then):
      guard let done else { return since }
      return done + (done + often <= since + during ? often : then)
    case .every(let span): return (done ?? since) + span
    case .refills:
      let refills = pastRefills.filter { $0.isCompleted && $0.endedAt > since }.map(\.endedAt)
      return refills.first { refill in done.map { refill > $0 } ?? true }
    }
  }

  func recordCheck(
    _ value: CareCheckDone,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> PathwayEvent {
    try decision.holdPast(value.doneAt, "doneAt")
    try decision.hold(value.findings, "findings")
    guard (value.check == .creatineKinase) == (value.creatineKinase != nil) else {
      throw TherapyRefusal(
        .mismatch,
        "creatineKinase",
        given: value.creatineKinase.map { "\($0) U/L" } ?? "nothing",
        expected: value.check == .creatineKinase ? "a value in U/L" : "none in this check",
        remedy: "Give the value with the check that it belongs to."
      )
    }
    let last = pathway.careChecks.last { $0.value.check == value.check }?.value
    if let last, value.doneAt <= last.doneAt {
      throw TherapyRefusal(
        .outOfDate,
        "doneAt",
        given: value.doneAt.text,
        expected: "later than the last one, \(last.doneAt.text)",
        remedy: "Look at date and time."
      )
    }
    if let now = value.creatineKinase {
      try decision.hold(now, in: 0...1_000_000, "creatineKinase")
      if let before = last?.creatineKinase, now > before, !value.isConcerning {
        decision.ask(
          "Creatine kinase rose from \(before) to \(now) U/L: where it persists or rises, the dose is "
            + "reduced or stopped (drugs.com, ziconotide). Is it of no concern?"
        )
      }
    }
    if !dueChecks.contains(where: { $0.check == value.check }) {
      decision.ask("\(value.check.rawValue) is not due now: record it?")
    }
    return .careChecked(value)
  }
}
