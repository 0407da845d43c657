import PumpCore
import PumpLink
import Quantities
import Testing

@testable import OrderText
@testable import Signer

/// What the signer finds in orders that the pump would refuse, or that need a second thought.
struct OrderFindingTests {
  static func findings(
    _ order: Order,
    change: (inout Receipt) -> Void = { _ in }
  ) throws -> String {
    try OrderStatement(order, beside: try SignerSample.verified(change: change)).findings
      .map { "\($0.weight.words): \($0.text)" }.joined(separator: "\n")
  }

  static func findings(_ json: String) throws -> String {
    try findings(try SignerSample.draft(json))
  }

  /// The sample program, changed.
  static func changed(_ old: String, _ new: String) -> String {
    let json = SignerSample.program("60 ug/d")
    precondition(json.contains(old), "the sample has it")
    return json.replacing(old, with: new)
  }

  @Test(arguments: [
    (
      "\"restartGap\"",
      "\"patientDose\": {\"volume\": \"0.2 mL\", \"over\": \"1 h\", \"lockout\": "
        + "\"9 min\", \"maxPer24h\": 25}, \"restartGap\"",
      [
        "a patient dose of 0.2 mL is over the pump's ceiling of 0.1 mL",
        "25 doses in 24 h is over the pump's ceiling of 24",
        "a lockout of 9 min is under the pump's least, 10 min",
      ]
    ),
    ("\"30 ug/d\"", "\"62 ug/d\"", ["a safe rate of 0.031 mL/d is over the mean basal, 0.03 mL/d"]),
    ("\"2 h\"", "\"8 d\"", ["a validity of 8 d is over the pump's ceiling of 7 d"]),
    ("\"1 mL\"", "\"11 mL\"", ["a volume limit of 11 mL is over the pump's ceiling of 10 mL"]),
    ("\"1 mL\"", "\"0.02 mL\"", ["0.03 mL in 24 h is over its own limit of 0.02 mL"]),
  ])
  func `what the pump would refuse is told before it is signed (SR-043)`(
    old: String,
    new: String,
    wanted: [String]
  ) throws {
    let found = try Self.findings(Self.changed(old, new))
    for line in wanted { #expect(found.contains("REFUSED BY THE PUMP: \(line)"), "\(found)") }
  }

  @Test
  func `boluses, envelopes and limits of other drugs that the pump would refuse are told (SR-043)`()
    throws
  {
    let bolus = try Self.findings(
      "{\"do\": \"clinicianBolus\", \"volume\": \"0.6 mL\", \"over\": \"10 min\", \"validFor\": \"11 min\"}"
    )
    #expect(bolus.contains("a clinician bolus of 0.6 mL is over the pump's ceiling of 0.5 mL"))
    #expect(bolus.contains("0.6 mL over 10 min is faster than the pump's ceiling of 24 mL/d"))
    #expect(bolus.contains("a validity of 11 min is over the pump's ceiling of 10 min"))
    let wide = try Self.findings("{\"do\": \"envelope\", \"envelope\": {\"stepPercent\": 21}}")
    #expect(wide.contains("the envelope is wider than any pump allows"))
    let other = try Self.findings(try SignerSample.draft(SignerSample.program("60 ug/d"))) {
      $0.inForce.mixture = SignerSample.amounts(7_052, 2_000_000)
    }
    #expect(other.contains("the dose limits are not for exactly the drugs in morphine 2 mg/mL"))
    var order = try SignerSample.draft("{\"do\": \"suspend\", \"for\": \"4 h\"}")
    order.content = .suspend(5 * .hour)
    #expect(
      try Self.findings(order).contains("a suspension of 5 h is over the pump's ceiling of 4 h")
    )
    order.content = .mri(3 * .hour)
    #expect(
      try Self.findings(order).contains("an MRI halt of 3 h is over the pump's ceiling of 2 h")
    )
  }

  @Test
  func `stopping, an unknown drug and the model's least rate are dangers (H-57, H-59)`() throws {
    let stopped = try Self.findings(OrderKinds.all[1].json)
    #expect(stopped.contains("DANGER: it STOPS delivery"))
    #expect(
      stopped.contains("baclofen in the fullest 24 h: 60 ug in force, 0 ug ordered: NONE ANY MORE")
    )
    #expect(try Self.findings(OrderKinds.all[2].json).contains("the 24 h total is not known here"))
    let unknown = try Self.findings(try SignerSample.draft(SignerSample.program("60 ug/d"))) {
      $0.inForce.mixture = SignerSample.amounts(99, 2_000_000)
    }
    #expect(
      unknown.contains("DANGER: RxNorm 99 is not of the formulary: no limit of it is checked")
    )
  }
}
