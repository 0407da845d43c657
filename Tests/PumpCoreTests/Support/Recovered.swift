import Quantities

@testable import PumpCore

/// What a pump is after it has started again from a memory.
struct Recovered: Equatable {
  /// The encoded state of its controller and its program.
  let state: [UInt8]
  let program: [UInt8]
  let confirmed: Int64
  let reservoir: Int64
  let lastFill: Int64
  let demand: Int64
  let lastPatientDose: Int64?
  let isPrimingOrBolus: Bool
  /// The alarm that memory has failed is latched; it is left out of `state`.
  let tellsOfMemoryFault: Bool

  init(_ controller: Controller) {
    var controller = controller
    tellsOfMemoryFault = controller.alarms.isLatched(.memoryFault)
    controller.alarms.forget(.memoryFault)
    // It tells of the same alarm.
    controller.lastTrouble = -1
    state = Self.encoded(controller)
    program = Self.encoded(controller.program)
    confirmed = controller.confirmedStrokes
    reservoir = controller.reservoir
    lastFill = controller.lastFill
    demand = controller.demand.total(at: controller.now)
    lastPatientDose = controller.lastPatientDose
    isPrimingOrBolus = controller.demand.bolus != nil
  }

  /// Whether the two differ in nothing, or only in telling of a fault of the memory.
  func isSamePump(as other: Recovered) -> Bool {
    state == other.state && program == other.program
  }

  static func encoded(_ controller: Controller) -> [UInt8] {
    var controller = controller
    var raw = [UInt8](repeating: 0, count: StoreLayout.stateBytes)
    var bytes = raw.mutableSpan
    var cursor = FieldCursor(reading: false, from: 0, to: StoreLayout.stateBytes)
    controller.codeState(&cursor, &bytes)
    precondition(!cursor.failed, "a state fits its slot")
    return Array(raw[..<cursor.offset])
  }

  static func encoded(_ program: Program) -> [UInt8] {
    var program = program
    var raw = [UInt8](repeating: 0, count: StoreLayout.programBytes)
    var bytes = raw.mutableSpan
    var cursor = FieldCursor(reading: false, from: 0, to: StoreLayout.programBytes)
    program.code(&cursor, &bytes)
    precondition(!cursor.failed, "a program fits its slot")
    return Array(raw[..<cursor.offset])
  }
}

extension AlarmTable {
  /// As if it had never been raised, for comparisons.
  mutating func forget(_ alarm: Alarm) {
    let others = ~(UInt16(1) << UInt16(alarm.rawValue))
    latched &= others
    conditions &= others
    acknowledged &= others
    repeats[alarm.index] = .max
    findNextRepeat()
  }
}

extension TestMemory {
  typealias RecoveredPump = Pump<TestMotor, TestMemory, EventRecorder>

  /// Starts a pump again from this memory, as after a loss of power.
  func recovered(
    at now: PumpTime,
    model: PumpModel = .test,
    layout: StoreLayout = .test
  ) -> RecoveredPump? {
    RecoveredPump(
      recovering: model,
      at: now,
      layout: layout,
      motor: TestMotor(),
      memory: self,
      sink: EventRecorder()
    )
  }
}
