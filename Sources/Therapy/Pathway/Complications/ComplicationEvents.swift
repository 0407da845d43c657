public import Quantities

/// What may go wrong with drug, pump, catheter or wound (pathway: Complications).
public enum ComplicationKind: String, Codable, Sendable, CaseIterable {
  case lostEffect, overdoseSigns, withdrawalSigns, pumpAlarm, unexplainedResidual
  case granulomaSuspected, pocketSwelling
  case infection, fluidLeak, bleeding, erosion, neurologicalDeficit

  /// Which dangers its emergency steps are of.
  public var dangers: [EmergencyDanger] {
    switch self {
    case .overdoseSigns: [.overdose]
    case .withdrawalSigns, .lostEffect, .pumpAlarm: [.withdrawal]
    case .unexplainedResidual, .pocketSwelling: [.overdose, .withdrawal]
    case .granulomaSuspected, .infection, .fluidLeak, .bleeding, .erosion, .neurologicalDeficit: []
    }
  }

  /// Whether minutes may count before anybody has looked.
  var isUrgent: Bool {
    switch self {
    case .overdoseSigns, .withdrawalSigns, .neurologicalDeficit, .pocketSwelling: true
    case .lostEffect, .pumpAlarm, .unexplainedResidual, .granulomaSuspected, .infection,
      .fluidLeak, .bleeding, .erosion:
      false
    }
  }
}

/// That something is wrong: from here on the record asks for one test after another.
public struct ComplicationOpened: Codable, Equatable, Sendable {
  public let kind: ComplicationKind
  public let signs: String
  public let since: Instant

  public init(kind: ComplicationKind, signs: String, since: Instant) {
    self.kind = kind
    self.signs = signs
    self.since = since
  }
}

/// What was measured first; at least one of them.
public struct VitalSigns: Codable, Equatable, Sendable {
  /// Breaths a minute.
  public let breathsPerMinute: Int?
  /// In percent.
  public let oxygenSaturation: Int?
  /// In mmHg.
  public let systolic: Int?
  /// Beats a minute.
  public let pulse: Int?
  /// Tenths of °C.
  public let temperatureTenths: Int?
  /// Glasgow coma scale, 3 to 15.
  public let comaScale: Int?

  public init(
    breathsPerMinute: Int? = nil,
    oxygenSaturation: Int? = nil,
    systolic: Int? = nil,
    pulse: Int? = nil,
    temperatureTenths: Int? = nil,
    comaScale: Int? = nil
  ) {
    self.breathsPerMinute = breathsPerMinute
    self.oxygenSaturation = oxygenSaturation
    self.systolic = systolic
    self.pulse = pulse
    self.temperatureTenths = temperatureTenths
    self.comaScale = comaScale
  }
}

/// A test, and what it showed, with its figures.
public struct ComplicationTested: Codable, Equatable, Sendable {
  /// Where the complication was opened in the stream.
  public let complication: EventID
  public let test: TroubleshootingTest
  public let answer: TestAnswer
  public let doneAt: Instant
  public let vitals: VitalSigns?
  /// Found in the reservoir, drawn from the catheter, or injected.
  public let volume: Volume?
  /// That should have been in the reservoir.
  public let expected: Volume?
  /// By which the rotor turned.
  public let degrees: Int?
  /// What was seen; asked for where the answer is not the good one.
  public let note: String?

  public init(
    complication: EventID,
    test: TroubleshootingTest,
    answer: TestAnswer,
    doneAt: Instant,
    vitals: VitalSigns? = nil,
    volume: Volume? = nil,
    expected: Volume? = nil,
    degrees: Int? = nil,
    note: String? = nil
  ) {
    self.complication = complication
    self.test = test
    self.answer = answer
    self.doneAt = doneAt
    self.vitals = vitals
    self.volume = volume
    self.expected = expected
    self.degrees = degrees
    self.note = note
  }
}

/// What it was, and what was done.
public struct ComplicationClosed: Codable, Equatable, Sendable {
  public let complication: EventID
  public let finding: ComplicationFinding
  public let done: String
  /// Why it is closed before the path has come to its end, or with another finding.
  public let despite: String?

  public init(
    complication: EventID,
    finding: ComplicationFinding,
    done: String,
    despite: String? = nil
  ) {
    self.complication = complication
    self.finding = finding
    self.done = done
    self.despite = despite
  }
}

/// What a complication turned out to be.
public enum ComplicationFinding: String, Codable, Sendable, CaseIterable {
  case noxiousCause, programError, wrongMixture, overDelivery
  case pumpStall, catheterFault, catheterLeak, catheterOcclusion, granuloma
  case pocketFill, infection, fluidLeak, bleeding, erosion, neurologicalDeficit
  /// The tests are done and show no fault of the system: another cause, or tolerance.
  case noFault
  /// Broken off; nothing was found out.
  case notFound

  /// What is done about it.
  public var action: String {
    switch self {
    case .noxiousCause: "Treat the cause; look again before any dose is changed."
    case .programError: "Correct the program, with two persons."
    case .wrongMixture: "Empty the reservoir, refill with the right mixture, bridge."
    case .overDelivery: "Lowest rate or stop; empty the reservoir; replace the pump."
    case .pumpStall: "Cover the drug by mouth or drip; replace the pump."
    case .catheterFault, .catheterLeak: "Cover the drug; revise the catheter."
    case .catheterOcclusion: "Cover the drug; never flush; revise the catheter."
    case .granuloma:
      "Stop or replace the infusate; revise the catheter; decompress if the cord is pressed."
    case .pocketFill: "Empty the pocket; count the volumes; antidote; admit."
    case .infection: "Cultures, antibiotics; taper and explant where it is deep."
    case .fluidLeak: "Lie flat; patch or repair."
    case .bleeding: "Stop the bleeding; look at clotting."
    case .erosion: "Cover the wound; revise or explant."
    case .neurologicalDeficit: "Image the spine at once; neurosurgery."
    case .noFault: "Look for other causes; titrate by the rules of the drug."
    case .notFound: "Open it anew where the signs go on."
    }
  }
}
