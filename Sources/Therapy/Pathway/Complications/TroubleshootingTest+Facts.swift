/// What a test is, and what it can show.
public struct TestFacts: Equatable, Sendable {
  /// What is done.
  public let ask: String
  /// The first is the good one.
  public let answers: [TestAnswer]
  public let source: String
  /// Whether someone has read it in its source.
  public let isVerified: Bool

  fileprivate init(
    _ ask: String,
    _ answers: [TestAnswer],
    _ source: String,
    isVerified: Bool = true
  ) {
    (self.ask, self.answers) = (ask, answers)
    (self.source, self.isVerified) = (source, isVerified)
  }
}

extension TroubleshootingTest {
  private static let saulino = "Saulino 2016 (metajournal.com/articles/708421)"

  /// The row of the table (pathway: sections 6 and 9).
  public var facts: TestFacts {
    switch self {
    case .vitals:
      TestFacts(
        "Breathing, oxygen, pressure, pulse, temperature, consciousness.",
        [.stable, .unstable],
        Self.saulino
      )
    case .emergencySteps:
      TestFacts("Do the emergency steps of the drug.", [.done], "pathway, section 11")
    case .lowered:
      TestFacts(
        "Set the lowest rate, or stop the pump.",
        [.done, .notDone],
        "pathway, section 9: overdose"
      )
    case .noxiousCauses:
      TestFacts(
        "Infection of the bladder, constipation, wound, fracture; medicines; refill, MRI or "
          + "operation just before.",
        [.none, .found],
        Self.saulino
      )
    case .interrogation:
      TestFacts(
        "Read alarms, stall log, mode, dates, end of service, program.",
        [.normal, .alarm, .programError, .unavailable],
        Self.saulino
      )
    case .residual:
      TestFacts(
        "Draw out the reservoir and compare with what is expected.",
        [.asExpected, .tooMuch, .tooLittle, .notDone],
        Self.saulino
      )
    case .mixture:
      TestFacts(
        "Compare drug, concentration, bridge and flexible program with label and order.",
        [.right, .wrong, .notDone],
        "pathway, section 9: overdose"
      )
    case .xray:
      TestFacts(
        "X-ray, from the front and the side, of the whole system.",
        [.intact, .fault, .notDone],
        "PMC5621993: most faults of a catheter are seen"
      )
    case .rotor:
      TestFacts(
        "Image, a programmed bolus, image: the rotor turns by 60 degrees (90 is told too).",
        [.turns, .stuck, .notDone],
        "neurosurgerycases.com, pump-intrathecal; 90 degrees: recalled, unverified"
      )
    case .aspiration:
      TestFacts(
        "From the catheter access port draw at least the volume of the catheter.",
        [.free, .failed, .notDone],
        "CAP-CT study: 24 % of 70 could not be drawn from (repub.eur.nl/pub/126152)"
      )
    case .contrast:
      TestFacts(
        "1 to 2 mL of contrast under fluoroscopy or CT. Never where nothing came back.",
        [.normal, .leak, .notDone],
        "CAP-CT: sensitivity 81 %, specificity 93 % (repub.eur.nl/pub/126152)"
      )
    case .granulomaImaging:
      TestFacts(
        "T1 MRI or CT myelogram at the tip; SPECT with In-111.",
        [.normal, .granuloma, .notDone],
        "Saulino 2016; Deer; MRI with contrast: recalled, unverified"
      )
    case .reprime:
      TestFacts(
        "Prime the catheter again: it was emptied, or holds contrast.",
        [.done],
        Self.saulino
      )
    case .pocket:
      TestFacts(
        "Draw from the pocket and look at what comes: drug, fluid, pus, blood.",
        [.none, .drug, .fluid, .pus, .blood, .notDone],
        "pathway, section 6: pocket fill; recalled, unverified",
        isVerified: false
      )
    case .examination:
      TestFacts(
        "Examine wound, pocket, back and legs.",
        [.notConfirmed, .confirmed],
        "this project's own; no source",
        isVerified: false
      )
    }
  }
}
