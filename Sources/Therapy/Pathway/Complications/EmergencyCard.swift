public import Formulary

/// Too much of a drug, or too little of it after there was more.
public enum EmergencyDanger: String, Codable, Sendable, CaseIterable {
  case overdose, withdrawal
}

/// One thing to do, with its figure where there is one.
public struct EmergencyStep: Equatable, Sendable {
  public let text: String
  /// With its unit; nothing where there is none.
  public let figure: String?
  public let source: String
  /// Whether someone has read it in its source.
  public let isVerified: Bool
}

/// What to do first, in order (pathway: section 11; baclofen).
public struct EmergencyCard: Equatable, Sendable {
  public let danger: EmergencyDanger
  public let drugClass: DrugClass
  public let title: String
  public let signs: String
  public let steps: [EmergencyStep]

  /// The cards for what is in a reservoir.
  ///
  /// - Parameters:
  ///   - fluid: nothing where nobody knows what it is; then all cards of the danger are given, since one
  ///     of them is right.
  ///   - danger: that is looked for.
  /// - Returns: one card for each class of drug, in the order of the table; none for a fluid of no drug.
  public static func cards(for fluid: Fluid?, _ danger: EmergencyDanger) -> [Self] {
    let cards = all.filter { $0.danger == danger }
    guard let fluid else { return cards }
    let drugs = fluid.drugs.map { DrugLibrary.standard.drug($0.name) }
    // A drug that the formulary does not know may be of any class.
    guard drugs.allSatisfy({ $0 != nil }) else { return cards }
    return cards.filter { card in drugs.contains { $0?.drugClass == card.drugClass } }
  }

  public static let all: [Self] = [
    opioidOverdose, baclofenOverdose, clonidineOverdose, ziconotideOverdose, localOverdose,
    baclofenWithdrawal, clonidineWithdrawal, opioidWithdrawal, ziconotideWithdrawal,
    localWithdrawal,
  ]
}

extension EmergencyStep {
  fileprivate static func seen(_ text: String, _ source: String) -> Self {
    Self(text: text, figure: nil, source: source, isVerified: true)
  }

  fileprivate static func seen(_ text: String, _ figure: String, _ source: String) -> Self {
    Self(text: text, figure: figure, source: source, isVerified: true)
  }

  fileprivate static func recalled(_ text: String, _ figure: String? = nil) -> Self {
    Self(text: text, figure: figure, source: "recalled, unverified", isVerified: false)
  }
}

private enum CardSource {
  static let medtronic = "Medtronic emergency card, expydoc.com/doc/4906881"
  static let gabalon = "label, pill2trip.com/medicine/gabalon-0-005"
  static let meythaler = "Meythaler 2003, ITB emergency card (issuu mcg1969)"
  static let saulino = "Saulino 2016, metajournal.com/articles/708421"
  static let prialt = "label, pill2trip.com/medicine/prialt"
  static let aneskey = "test.aneskey.com/intrathecal-medication-withdrawal"
}

extension EmergencyCard {
  private static let opioidOverdose = Self(
    danger: .overdose,
    drugClass: .opioid,
    title: "Opioid overdose",
    signs: "sedation, slow breathing, small pupils, coma",
    steps: [
      .seen("Airway, breathing, circulation.", CardSource.medtronic),
      .seen(
        "Naloxone into a vein, again where it does not work.",
        "0.4 to 2 mg, every 2 to 3 min",
        CardSource.medtronic
      ),
      .seen("No response: doubt the diagnosis.", "after 10 mg", CardSource.medtronic),
      .seen(
        "Withdraw fluid by access port or lumbar puncture, unless something is against it; not after a "
          + "pocket fill.",
        "30 to 40 mL",
        CardSource.medtronic
      ),
      .seen(
        "Empty the reservoir, so that nothing flows, and record the volume.",
        CardSource.medtronic
      ),
      .seen(
        "Watch on: naloxone is shorter than intrathecal morphine.",
        CardSource.medtronic
      ),
    ]
  )
  private static let baclofenOverdose = Self(
    danger: .overdose,
    drugClass: .gabaAgonist,
    title: "Baclofen overdose",
    signs: "drowsiness, limpness from below upwards, slow breathing, seizures, coma up to 72 h",
    steps: [
      .seen("Airway, breathing, circulation; intubate if needed.", CardSource.gabalon),
      .seen("Empty the reservoir as soon as can be, and record the volume.", CardSource.gabalon),
      .recalled(
        "Think of withdrawing fluid where a lumbar puncture may be done (told for morphine).",
        "30 to 40 mL"
      ),
      .seen(
        "No antidote. Physostigmine, anecdotal, with danger of seizures and slow pulse: adults.",
        "2 mg IM or IV, at most 1 mg/min",
        CardSource.gabalon
      ),
      .seen(
        "The same for children.",
        "0.02 mg/kg IM or IV, at most 0.5 mg/min, every 5 to 10 min, at most 2 mg",
        CardSource.gabalon
      ),
    ]
  )
  private static let clonidineOverdose = Self(
    danger: .overdose,
    drugClass: .alpha2Agonist,
    title: "Clonidine overdose",
    signs: "low pressure, slow pulse, sedation",
    steps: [
      .recalled("Airway, breathing, circulation; support pressure and pulse."),
      .recalled("Lowest rate or stop; empty the reservoir and record the volume."),
    ]
  )
  private static let ziconotideOverdose = Self(
    danger: .overdose,
    drugClass: .calciumChannelBlocker,
    title: "Ziconotide overdose",
    signs:
      "unsteady gait, nystagmus, stupor, confusion, no words, low pressure; breathing is not slowed",
    steps: [
      .seen("Support; there is no antidote, and naloxone does nothing.", CardSource.prialt),
      .seen(
        "Stop the pump: it may be stopped at once.",
        "docslib.org/doc/4111162"
      ),
      .seen("Most recover.", "within 24 h", CardSource.prialt),
    ]
  )
  private static let localOverdose = Self(
    danger: .overdose,
    drugClass: .localAnesthetic,
    title: "Local anaesthetic, too much",
    signs: "numbness, weak legs, low pressure, high block",
    steps: [
      .recalled("Airway and breathing; support the pressure."),
      .recalled("Lowest rate or stop; empty the reservoir and record the volume."),
    ]
  )
  private static let baclofenWithdrawal = Self(
    danger: .withdrawal,
    drugClass: .gabaAgonist,
    title: "Baclofen withdrawal",
    signs:
      "itch without rash, tingling, low pressure, spasticity comes back; then fever, confusion, "
      + "rigidity, muscle breakdown: it can kill",
    steps: [
      .seen("Call a physician who knows the therapy, even where it is mild.", CardSource.meythaler),
      .seen(
        "Give baclofen into the canal again, at or near the dose before.",
        CardSource.saulino
      ),
      .seen("Baclofen by mouth.", "10 to 20 mg every 6 h", CardSource.saulino),
      .seen("Diazepam.", "5 to 10 mg every 6 to 12 h", CardSource.meythaler),
      .seen("Cyproheptadine.", "4 to 8 mg every 6 to 8 h", CardSource.meythaler),
      .recalled("Intensive care; benzodiazepine by drip; a bolus by puncture, by an expert."),
      .seen("Interrogate, X-ray, look at the last refill.", CardSource.meythaler),
      .seen("It goes on getting worse.", "24 to 72 h", "neurosurgerywiki.com, ITB withdrawal"),
    ]
  )
  private static let clonidineWithdrawal = Self(
    danger: .withdrawal,
    drugClass: .alpha2Agonist,
    title: "Clonidine withdrawal",
    signs: "very high pressure, fast pulse",
    steps: [
      .seen("Measure pressure and pulse: the rise can be severe.", CardSource.aneskey),
      .recalled("Give clonidine by mouth or vein; alpha and beta blockers."),
      .recalled("Interrogate the pump and restore delivery."),
    ]
  )
  private static let opioidWithdrawal = Self(
    danger: .withdrawal,
    drugClass: .opioid,
    title: "Opioid withdrawal",
    signs: "restlessness, sweat, pain, diarrhoea, wide pupils",
    steps: [
      .recalled("Seldom fatal by itself. Bridge by mouth or vein, in small steps."),
      .recalled("Tolerance is lost in days: never give the old dose at once."),
      .recalled("Interrogate the pump and restore delivery."),
    ]
  )
  private static let ziconotideWithdrawal = Self(
    danger: .withdrawal,
    drugClass: .calciumChannelBlocker,
    title: "Ziconotide stopped",
    signs: "pain comes back",
    steps: [.seen("There is no withdrawal. Treat the pain.", "docslib.org/doc/4111162")]
  )
  private static let localWithdrawal = Self(
    danger: .withdrawal,
    drugClass: .localAnesthetic,
    title: "Local anaesthetic stopped",
    signs: "pain comes back",
    steps: [.seen("There is no withdrawal. Treat the pain.", CardSource.aneskey)]
  )
}
