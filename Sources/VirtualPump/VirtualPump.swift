public import PumpCore
public import PumpLink
import PumpLinkCrypto
public import Quantities

/// Keeps what happened, for whoever tells of it.
public struct EventTray: EventSink, Sendable {
  public internal(set) var events: [(time: PumpTime, event: PumpEvent)] = []

  public mutating func record(_ event: PumpEvent, at time: PumpTime) {
    // Nobody takes them in a campaign; the journal has them all.
    if events.count < 4_096 { events.append((time, event)) }
  }
}

/// A line of what the pump did, at pump time.
public struct PumpLogLine: Equatable, Sendable {
  public let time: PumpTime
  public let text: String
}

/// A whole pump in a simulated world: the real controller, store and link over simulated hardware.
///
/// It is a value that reads no clock, opens no socket and draws no random number: time, bytes and
/// chance come in, bytes go out. Two clocks are told apart: *pump time*, in which therapy, orders
/// and receipts are reckoned and which a simulation can run fast, and *link time*, in which frames
/// are repeated and sessions idle, and which is that of whoever talks to it.
public struct VirtualPump<Memory: WorldMemory> {
  public typealias Hardware = Pump<SimulatedMotor, Memory, EventTray>

  public internal(set) var pump: Hardware
  public internal(set) var server: LinkServer
  public internal(set) var battery: Battery
  /// Told of what leaves the tip.
  public var body: (any Body)?
  /// What is still to come, in order of time.
  public internal(set) var faults: [ScriptedFault] = []
  /// The hardware counter is fast by so many millionths.
  public internal(set) var driftPartsPerMillion: Int64 = 0
  /// When the power comes back; nothing while it is there.
  public internal(set) var powerBack: PumpTime?
  /// What ran out beside the pump since the last fill.
  public internal(set) var leaked = Volume(nanolitres: 0)
  /// Until then the catheter is off.
  var catheterBack = PumpTime.commissioning
  /// What happened since it was last asked.
  public internal(set) var log: [PumpLogLine] = []

  let secrets: PumpSecrets
  let crypto = SwiftCrypto()
  let model: PumpModel
  let layout: StoreLayout
  var power: PowerLine
  /// Gives 32 fresh random bytes.
  let entropy: @Sendable () -> Bytes32

  var connections: [Int: Placed<PumpConnection>] = [:]
  var nextConnection = 1
  var remoteBudget: EnergyBudget
  var nearBudget: EnergyBudget
  var pairing = PairingGuard()
  var strokesCounted: Int64 = 0
  var wakingCounted: Int64 = 0
  var tipCounted = InlineArray<8, Int64>(repeating: 0)
  /// When the power is to be back after a write that is to be torn.
  var tornUntil: PumpTime?
  var shownMarks: BatteryMarks = []

  /// Starts from what a memory holds; nil where that is no whole pump.
  ///
  /// - Parameters:
  ///   - memory: as `blankMemory` made it, or as a pump left it.
  ///   - now: pump time; it went on without power.
  ///   - linkTime: now, by the clock of whoever talks to it.
  ///   - world: everything of the pump that is not in its memory.
  public init?(
    recovering memory: Memory,
    at now: PumpTime,
    linkTime: PumpTime,
    _ world: PumpWorld
  ) {
    var memory = memory
    memory.restorePower()
    var motor = SimulatedMotor(world.power)
    motor.driven = world.strokes
    let recovered = Hardware(
      recovering: world.model,
      at: now,
      battery: world.battery.marks,
      layout: world.layout,
      motor: motor,
      memory: memory,
      sink: EventTray()
    )
    guard var pump = recovered else { return nil }
    let identity = PumpIdentity(id: world.secrets.id, seed: world.secrets.signingSeed, crypto)
    server = LinkServer(OrderDesk(identity, recovering: &pump, crypto))
    self.pump = pump
    secrets = world.secrets
    model = world.model
    layout = world.layout
    power = world.power
    entropy = world.entropy
    battery = world.battery
    remoteBudget = .remote(at: linkTime)
    nearBudget = .near(at: linkTime)
    strokesCounted = world.strokes
    wakingCounted = now.milliseconds / 3_600_000
    tipCounted = pump.controller.sample.tipFemtograms
    takeEvents()
  }

  public var now: PumpTime { pump.time }

  /// Strokes that the motor has been driven by, over all starts.
  public var strokes: Int64 { pump.motor.driven }

  /// Adds faults to what is to come.
  public mutating func add(_ faults: [ScriptedFault]) {
    self.faults = (self.faults + faults).sorted { $0.at < $1.at }
  }

  /// Takes the lines of the log.
  public mutating func takeLog() -> [PumpLogLine] {
    defer { log = [] }
    return log
  }

  /// Whether a clinic has commissioned it.
  public var isCommissioned: Bool { server.desk.state.isCommissioned }

  /// What an empty syringe would draw out now: the pump's count less what leaked.
  public var syringe: Volume {
    max(Volume(nanolitres: 0), pump.controller.reservoirVolume - leaked)
  }

  /// Whether what the pump drives reaches the body: one that leaked dry drives nothing but gas, and one
  /// that emptied itself stops by its own count.
  var reachesBody: Bool {
    let none = Volume(nanolitres: 0)
    return now >= catheterBack && (leaked == none || syringe > none)
  }

  /// The counter's drift, as a world kept it.
  mutating func setDrift(_ partsPerMillion: Int64) { driftPartsPerMillion = partsPerMillion }

  /// What had leaked, as a world kept it.
  mutating func setLeaked(_ volume: Volume) { leaked = volume }

  /// The power is to fail, with enough of a warning to store the state.
  mutating func stop() {
    if powerBack == nil { pump.powerFails() }
    connections = [:]
    takeEvents()
  }

  mutating func tell(_ text: String) {
    if log.count < 1_000 { log.append(PumpLogLine(time: now, text: text)) }
  }
}

/// Everything of a pump that is not in its memory: what it is made of, and the world around it.
public struct PumpWorld: Sendable {
  public var secrets: PumpSecrets
  public var model: PumpModel
  public var layout: StoreLayout
  public var battery: Battery
  /// Driven so far, over all starts.
  public var strokes: Int64
  /// Gives 32 fresh random bytes.
  public var entropy: @Sendable () -> Bytes32
  let power = PowerLine()

  public init(
    secrets: PumpSecrets,
    model: PumpModel = .virtual,
    layout: StoreLayout = .standard,
    battery: Battery = Battery(),
    strokes: Int64 = 0,
    entropy: @escaping @Sendable () -> Bytes32
  ) {
    self.secrets = secrets
    self.model = model
    self.layout = layout
    self.battery = battery
    self.strokes = strokes
    self.entropy = entropy
  }

  /// What a new pump's memory holds: no drug, no program, no clinic.
  ///
  /// - Parameter local: the local time at which it is made.
  /// - Returns: all of the memory.
  public func blankMemory(local: LocalTime) -> [UInt8] {
    let memory = SimulatedMemory([UInt8](repeating: 0, count: layout.size), power)
    let controller = Controller(
      model: model,
      catheter: Length(micrometres: 0),
      local: local,
      fill: .zero,
      mixture: Mixture(),
      pathEmpty: true
    )
    guard let controller else { preconditionFailure("a model's own fluid path is in range") }
    var stopped = ProgramContent().program
    stopped.lowReservoir = Volume(nanolitres: -1)
    do throws(ProgramRefusal) {
      let pump = try Pump(
        commissioning: controller,
        program: stopped,
        layout: layout,
        motor: SimulatedMotor(power),
        memory: memory,
        sink: EventTray()
      )
      return pump.memory.bytes
    } catch {
      preconditionFailure("a stopped program is never refused")
    }
  }
}

extension PumpModel {
  /// The virtual pump: strokes of 0.25 µL, 40 mL, 0.006 to 24 mL/d; a catheter comes by an order.
  public static let virtual = PumpModel(
    strokeVolume: Volume(nanolitres: 250),
    capacity: Volume(nanolitres: 40_000_000),
    minimumRate: FlowRate(nanolitresPerDay: 6_000),
    maximumRate: FlowRate(nanolitresPerDay: 24_000_000),
    tubing: Volume(nanolitres: 140_000),
    catheterVolume: LinearVolume(picolitresPerCentimetre: 2_200_000)
  )
}
