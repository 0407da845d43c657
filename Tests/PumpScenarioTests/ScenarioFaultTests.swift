import JSONText
import PumpCore
import PumpScenario
import Testing

/// Bad input: each fault is told with its path, on one line, SR-120, H-08.
struct ScenarioFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let changes: [ScenarioSample.Change]
    let path: String
    let fragment: String

    init(_ name: String, _ change: ScenarioSample.Change, at path: String, _ fragment: String) {
      self.init(name, [change], at: path, fragment)
    }

    init(_ name: String, _ changes: [ScenarioSample.Change], at path: String, _ fragment: String) {
      self.name = name
      self.changes = changes
      self.path = path
      self.fragment = fragment
    }

    var testDescription: String { name }
  }

  private func check(_ item: Case) throws {
    let bytes = try ScenarioSample.bytes(item.changes)
    do {
      _ = try Scenario(bytes: bytes)
      Issue.record("\(item.name): it was taken")
    } catch {
      #expect(error.path == item.path, "\(item.name): \(error)")
      #expect(error.message.contains(item.fragment), "\(item.name): \(error)")
      #expect(error.message.hasPrefix("given ") && error.message.contains(", expected "))
      #expect(error.description == "\(error.path): \(error.message)")
      #expect(!error.description.contains { $0.isNewline }, "\(item.name)")
    }
  }

  @Test(arguments: heads)
  func `a fault in the head of a scenario is told with its path`(item: Case) throws {
    try check(item)
  }

  @Test(arguments: programs)
  func `a fault in a program is told with its path`(item: Case) throws {
    try check(item)
  }

  @Test(arguments: doses)
  func `a dose that fits no mixture is told with its path, H-08`(item: Case) throws {
    try check(item)
  }

  @Test(arguments: events)
  func `a fault in an event is told with its path`(item: Case) throws {
    try check(item)
  }

  @Test func `there are at least seventy kinds of bad input`() {
    let count = Self.heads.count + Self.programs.count + Self.doses.count + Self.events.count
    print("bad scenarios: \(count) cases")
    #expect(count >= 70)
  }

  @Test func `a fill over the capacity is refused at the start and in a refill, SR-033, H-22`()
    throws
  {
    try check(Case("start", .set("fill.volume", "\"40001 uL\""), at: "$.fill.volume", "40 mL"))
    try check(
      Case(
        "refill",
        .set("events.3.fill.volume", "\"40001 uL\""),
        at: "$.events[3].fill.volume",
        "40 mL"
      )
    )
    let full = try ScenarioSample.scenario(.set("fill.volume", "\"40 mL\""))
    #expect(full.fill.volume == full.model.capacity)
  }

  @Test func `text that is not JSON is told with line and column`() {
    do {
      _ = try Scenario(bytes: Array("{\n\"pump\": {\"capacity\": 40 mL}}".utf8))
      Issue.record("it was taken")
    } catch {
      #expect(error.path == "$.pump")
      #expect(error.message.hasPrefix("given malformed JSON at line 2, column 25 ("))
    }
  }

  @Test func `a file that is empty or not text is refused`() {
    #expect(throws: ScenarioError.self) { try Scenario(bytes: []) }
    #expect(throws: ScenarioError.self) { try Scenario(bytes: [0xFF, 0xFE, 0x7B]) }
    #expect(throws: ScenarioError.self) { try Scenario(bytes: Array("[]".utf8)) }
  }

  @Test func `each field that has no default is missed by its path`() throws {
    let fields = [
      "pump", "clock", "fill", "program", "until", "sampleEvery", "pump.capacity",
      "pump.minimumRate", "pump.maximumRate", "pump.tubing", "pump.catheter",
      "pump.catheter.length", "pump.catheter.volumePerCm", "clock.localStart", "fill.volume",
      "fill.drugs", "program.basal", "program.basal.mode", "program.basal.rate",
      "program.limits", "program.limits.maxRate", "program.limits.maxVolumePer24h",
      "program.limits.maxDosePer24h", "program.safeRate", "program.restartGap",
      "program.lowReservoir", "program.patientDose.volume", "program.patientDose.over",
      "program.patientDose.lockout", "program.patientDose.maxPer24h", "program.prime.volume",
      "program.prime.over", "program.bridge.rate", "program.bridge.volume",
    ]
    for field in fields {
      try check(Case("no \(field)", .drop(field), at: "$.\(field)", "given nothing"))
    }
  }

  @Test func `a long or wild text in the input stays one short line`() throws {
    let wild = String(repeating: "\\n\\u0007\\u2028\\u202e<", count: 500)
    let bytes = try ScenarioSample.bytes([.set("program.safeRate", "\"\(wild)\"")])
    do {
      _ = try Scenario(bytes: bytes)
      Issue.record("it was taken")
    } catch {
      let scalars = error.description.unicodeScalars
      #expect(scalars.count < 1_000)
      #expect(scalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{2028}" && $0 != "\u{202E}" })
    }
  }

  /// The reader may refuse, but never trap, whatever stands in the file.
  @Test func `random damage to a good scenario is read or refused and never traps`() throws {
    let good = try ScenarioSample.bytes()
    var state: UInt64 = 20_261_120
    func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let letters = Array("0123456789.-+eE{}[]\",: mLugdhmins/µ".utf8)
    var refused = 0
    let cases = 2_000
    for number in 0..<cases {
      var bytes = good
      let place = below(bytes.count)
      switch below(3) {
      case 0: bytes[place] = letters[below(letters.count)]
      case 1: bytes.remove(at: place)
      default: bytes.insert(letters[below(letters.count)], at: place)
      }
      do {
        _ = try Scenario(bytes: bytes)
      } catch {
        refused += 1
        #expect(error.path.hasPrefix("$"), "case \(number)")
      }
    }
    print("scenario damage: seed 20261120, \(cases) cases, \(refused) refused, 0 traps")
  }
}
