import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// What is written of a controller and a program, and what comes back, SR-062, SR-074.
struct StateRecordTests {
  /// A controller made anew, as at a start, with what the bytes hold.
  static func decoded(_ bytes: [UInt8], _ program: Program) throws -> Controller? {
    var raw = bytes
    var span = raw.mutableSpan
    var controller = try Controller.commissioned(fill: 0, mixture: Mixture())
    var cursor = FieldCursor(reading: true, from: 0, to: bytes.count)
    controller.codeState(&cursor, &span)
    controller.load(program)
    return cursor.failed || cursor.offset != bytes.count ? nil : controller
  }

  /// All that a controller does until an instant, and what it shows each half hour.
  static func goOn(_ controller: inout Controller, by span: TimeSpan) -> [String] {
    var story: [String] = []
    let end = controller.time + span
    while controller.time < end {
      let next = min(controller.time + .minutes(30), end)
      var isReached = false
      while !isReached {
        switch controller.run(until: next) {
        case .drive(let order):
          story.append("\(order)")
          controller.complete(confirmed: order.number % 97 != 0)
        case .events:
          while let event = controller.takeEvent() { story.append("\(event)") }
        case .verifyProgram: story.append("looks at its program")
        case .reached: isReached = true
        }
      }
      let sample = controller.sample
      story.append(
        """
        \(sample.time) \(sample.demand) \(sample.delivered) \(sample.reservoir) \(sample.rate) \
        \(sample.state) \((0..<8).map { sample.tipFemtograms[$0] }) \(sample.drugsSeen)
        """
      )
    }
    return story
  }

  /// What a clinician and a patient do meanwhile.
  static func act(on controller: inout Controller) {
    controller.requestPatientDose()
    controller.giveClinicianBolus(.nL(2_000), over: .minutes(40))
    controller.acknowledge(.reservoirLow)
    controller.resumeTherapy()
  }

  @Test func `a controller that is written and read goes on like the first (SR-062, SR-074, H-56)`()
    throws
  {
    var reached = 0
    var different: [String] = []
    for seed in UInt64(0)..<210 {
      var life = try RandomLife(seed: seed)
      for _ in 0..<10 {
        life.step()
        var first = life.pump.controller
        var second = try #require(try Self.decoded(Recovered.encoded(first), first.program))
        reached += 1
        for _ in 0..<2 {
          if Self.goOn(&first, by: .hours(4)) != Self.goOn(&second, by: .hours(4)) {
            different.append("seed \(seed) at \(first.time)")
          }
          Self.act(on: &first)
          Self.act(on: &second)
        }
      }
    }
    print("state records: seeds 0..<210, \(reached) states, \(different.count) failures")
    #expect(different.isEmpty, "\(different.first ?? "")")
    #expect(reached >= 2_000)
  }

  @Test func `what is written of a read state is what was read (SR-074)`() throws {
    for seed in UInt64(0)..<60 {
      var life = try RandomLife(seed: seed)
      for _ in 0..<20 { life.step() }
      let bytes = Recovered.encoded(life.pump.controller)
      let read = try Self.decoded(bytes, life.pump.controller.program)
      #expect(read.map(Recovered.encoded) == bytes)
    }
  }

  @Test func `a state that is cut short is not read (SR-074)`() throws {
    var life = try RandomLife(seed: 5)
    for _ in 0..<20 { life.step() }
    let bytes = Recovered.encoded(life.pump.controller)
    for length in 0..<bytes.count {
      #expect(try Self.decoded(Array(bytes[..<length]), life.pump.controller.program) == nil)
    }
  }

  @Test func `a slot holds the largest state that there can be (SR-074, SR-075)`() throws {
    var controller = try Controller.commissioned()
    var mixture = Mixture()
    for drug in 0..<Capacity.drugs {
      mixture[DrugID(drug)] = Concentration(nanogramsPerMillilitre: Bounds.concentrationMax)
    }
    for place in 0..<Capacity.mixtures {
      controller.table.set(place, to: mixture)
      controller.window.tipOfMixture[place] = 1
    }
    controller.path.count = Capacity.pathSegments
    controller.history.count = Capacity.bolusesOfDay
    controller.extraStrokes.count = Capacity.extraStrokes
    controller.lastPatientDose = 0
    let room = StoreLayout.stateBytes - Slot.headerBytes - 8
    let length = Recovered.encoded(controller).count
    print("the largest state takes \(length) of \(room) bytes")
    #expect(length <= room)
    #expect(try Self.decoded(Recovered.encoded(controller), controller.program) != nil)
  }

  @Test func `a count or a kind that cannot be is refused (SR-074)`() throws {
    let controller = try Controller.commissioned()
    let bytes = Recovered.encoded(controller)
    var refused = 0
    for place in bytes.indices {
      var changed = bytes
      changed[place] = 0xEE
      if try Self.decoded(changed, controller.program) == nil { refused += 1 }
    }
    // Two bolus kinds, the phase, two counts of the stall, and those of path, history and strokes.
    #expect(refused > 10)
  }

  // MARK: Programs

  static func decodedProgram(_ bytes: [UInt8]) -> Program? {
    var raw = bytes
    var span = raw.mutableSpan
    var program = Program.none
    var cursor = FieldCursor(reading: true, from: 0, to: bytes.count)
    program.code(&cursor, &span)
    return cursor.failed || cursor.offset != bytes.count ? nil : program
  }

  @Test func `five thousand random programs come back as they were written (SR-074, SR-090, H-56)`()
  {
    let failure = Campaign(name: "program records", seed: 9, cases: 5_000).firstFailure { random in
      var mixture = Mixture()
      for drug in 0..<random.pick(0...8) {
        mixture[DrugID(drug)] = Concentration(nanogramsPerMillilitre: 1_000)
      }
      let program = Program.random(for: mixture, &random)
      let bytes = Recovered.encoded(program)
      guard let read = Self.decodedProgram(bytes) else { return "not read" }
      return Self.isSame(read, program) ? nil : "another program"
    }
    #expect(failure == nil)
  }

  /// Field by field, not by its bytes: a field that is not written at all must show.
  private static func isSame(_ one: Program, _ other: Program) -> Bool {
    guard one.basal == other.basal, one.limits.maxRate == other.limits.maxRate,
      one.limits.maxVolumePer24h == other.limits.maxVolumePer24h,
      one.safeRate == other.safeRate, one.restartGap == other.restartGap,
      one.lowReservoir == other.lowReservoir, one.patientDose == other.patientDose,
      one.prime == other.prime, one.bridge == other.bridge,
      one.schedule.patternCount == other.schedule.patternCount
    else { return false }
    for drug in 0..<Capacity.drugs where one.limits[DrugID(drug)] != other.limits[DrugID(drug)] {
      return false
    }
    for day in 0..<7 where one.schedule.pattern(ofDay: day) != other.schedule.pattern(ofDay: day) {
      return false
    }
    for pattern in 0..<one.schedule.patternCount {
      let count = one.schedule.stepCount(of: pattern)
      guard count == other.schedule.stepCount(of: pattern) else { return false }
      for step in 0..<count
      where one.schedule.step(step, of: pattern) != other.schedule.step(step, of: pattern) {
        return false
      }
    }
    return true
  }

  @Test func `a slot holds a week of seven days with 48 steps each (SR-074, SR-075)`() throws {
    var program = Program.test(.scheduled).with(dose: 1)
    for pattern in 0..<Capacity.patterns {
      try program.schedule.beginPattern()
      for step in 0..<Capacity.stepsOfPattern {
        let rate = FlowRate.nLPerDay(Bounds.rateMax - Int64(pattern * 48 + step))
        try program.schedule.addStep(minute: step * 30, rate: rate)
      }
      try program.schedule.setPattern(pattern, ofDay: pattern)
    }
    program.prime = Prime(volume: .nL(1), over: .minute)
    program.bridge = Bridge(rate: .nLPerDay(1), volume: .nL(1))
    let bytes = Recovered.encoded(program)
    print("the largest program takes \(bytes.count) of \(StoreLayout.programBytes) bytes")
    #expect(bytes.count <= StoreLayout.programBytes - Slot.headerBytes)
    let read = try #require(Self.decodedProgram(bytes))
    #expect(Self.isSame(read, program))
  }

  @Test func `a program that is cut short is not read (SR-074)`() throws {
    let bytes = Recovered.encoded(try Program.daily([(0, 1), (30, 2), (60, 3)]))
    for length in 0..<bytes.count {
      #expect(Self.decodedProgram(Array(bytes[..<length])) == nil)
    }
  }
}
