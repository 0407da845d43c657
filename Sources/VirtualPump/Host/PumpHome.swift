#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
public import PumpLink
import PumpLinkCrypto
import PumpCore

/// The folder in which a virtual pump lives.
///
///     keys         its id and secrets; made once, never changed
///     memory       what the pump itself stores: program, strokes, journal, orders
///     world        what no pump stores: the counter that went on without power, battery, wear, leaks
///     tip          what reached the body behind the catheter, by quarters of a day
///     pairing.txt  the pairing code, for the bedside
public struct PumpHome {
  let path: String
  let secrets: PumpSecrets
  /// Whether the pump was made just now.
  public let isNew: Bool
  let lock: Int32

  public var pairingFile: String { path + "/pairing.txt" }
  public var id: Bytes16 { secrets.id }

  /// Opens the folder; one that is not there is made, with a new pump in it.
  ///
  /// - Parameters:
  ///   - path: of the folder.
  ///   - time: a new pump's local clock is set by it.
  /// - Throws: where the folder is in use, damaged or cannot be written.
  public init(_ path: String, _ time: HostTime = .host(speed: 1)) throws(HostError) {
    self.path = path
    _ = unsafe mkdir(path, 0o700)
    lock = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw HostError("cannot use \(path)") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw HostError("\(path) is in use by another pump", isSystem: false)
    }
    do throws(HostError) {
      (secrets, isNew) = try Self.pump(in: path, time)
    } catch {
      // Whoever mends the folder can open it again, in the same process too.
      close(lock)
      throw error
    }
  }

  /// The pump that lives in a folder, or a new one.
  private static func pump(
    in path: String,
    _ time: HostTime
  ) throws(HostError) -> (secrets: PumpSecrets, isNew: Bool) {
    let memory = try Posix.readFile(path + "/memory")
    let secrets: PumpSecrets
    if let bytes = try Posix.readFile(path + "/keys") {
      guard let read = Self.secrets(bytes) else {
        throw HostError("\(path)/keys is damaged", isSystem: false)
      }
      secrets = read
    } else {
      guard memory == nil else {
        throw HostError("\(path) has a memory and no keys", isSystem: false)
      }
      secrets = try makeSecrets(path)
    }
    guard memory == nil else { return (secrets, false) }
    guard try Posix.readFile(path + "/world") == nil else {
      throw HostError("\(path) has lost its memory", isSystem: false)
    }
    // The memory comes last and whole: a kill before that leaves no pump, and none without its code.
    let world = PumpWorld(secrets: secrets, entropy: { Bytes32() })
    let local = LocalTime(milliseconds: try time.now())
    let code = PairingCode(id: secrets.id, secret: secrets.pairing).text(SwiftCrypto())
    try Posix.replaceFile(path + "/pairing.txt", Array((code + "\n").utf8), durable: true)
    try Posix.replaceFile(path + "/memory", world.blankMemory(local: local), durable: true)
    return (secrets, true)
  }

  private static func makeSecrets(_ path: String) throws(HostError) -> PumpSecrets {
    guard let id = Bytes16(bytes: Posix.random(16)), let signing = Bytes32(bytes: Posix.random(32)),
      let session = Bytes32(bytes: Posix.random(32)), let pairing = Bytes32(bytes: Posix.random(32))
    else { throw HostError("no randomness", isSystem: false) }
    let text = """
      id \(Hexadecimal.text(id.array))
      signing \(Hexadecimal.text(signing.array))
      session \(Hexadecimal.text(session.array))
      pairing \(Hexadecimal.text(pairing.array))

      """
    try Posix.replaceFile(path + "/keys", Array(text.utf8), durable: true)
    return PumpSecrets(id: id, signingSeed: signing, sessionKey: session, pairing: pairing)
  }

  private static func secrets(_ bytes: [UInt8]) -> PumpSecrets? {
    let lines = KeyedLines(bytes)
    guard let id = lines["id"].flatMap(Hexadecimal.bytes).flatMap(Bytes16.init(bytes:)),
      let signing = lines["signing"].flatMap(Hexadecimal.bytes).flatMap(Bytes32.init(bytes:)),
      let session = lines["session"].flatMap(Hexadecimal.bytes).flatMap(Bytes32.init(bytes:)),
      let pairing = lines["pairing"].flatMap(Hexadecimal.bytes).flatMap(Bytes32.init(bytes:))
    else { return nil }
    return PumpSecrets(id: id, signingSeed: signing, sessionKey: session, pairing: pairing)
  }

  // MARK: The world without the pump

  /// What goes on in the world whether the pump runs or not.
  struct World {
    /// At `wall` the hardware counter stood at `pump`, and went on at `speed` from there.
    var wall: Int64
    var pump: Int64
    var speed: Int64
    var drift: Int64
    var batteryUsed: Int64
    var batteryUsedByLink: Int64
    var strokes: Int64
    /// What ran out of the reservoir beside the pump since the last fill.
    var leakedNanolitres: Int64
    /// Which clock `wall` was read from.
    var clock: String

    /// The counter now: it goes on without the process, as a pump's does without power.
    ///
    /// Nothing has passed where another clock is asked than the one that was read.
    func pump(at now: Int64, by time: HostTime) -> Int64 {
      let passed = clock == time.name ? max(0, now - wall) : 0
      var counter = Counter()
      return pump + counter.advance(passed, speed: speed, drift: drift)
    }
  }

  func readWorld(_ time: HostTime) throws(HostError) -> World {
    let fresh = World(
      wall: try time.now(),
      pump: 0,
      speed: 0,
      drift: 0,
      batteryUsed: 0,
      batteryUsedByLink: 0,
      strokes: 0,
      leakedNanolitres: 0,
      clock: time.name
    )
    guard let bytes = try Posix.readFile(path + "/world") else { return fresh }
    let lines = KeyedLines(bytes)
    func number(_ name: String) throws(HostError) -> Int64 {
      guard let number = lines[name].flatMap({ Int64($0) }), number >= 0 || name == "drift_ppm"
      else {
        throw HostError("\(path)/world is damaged at \(name)", isSystem: false)
      }
      return number
    }
    return World(
      wall: try number("wall_ms"),
      pump: try number("pump_ms"),
      speed: try number("speed"),
      drift: try number("drift_ppm"),
      batteryUsed: try number("battery_used_uJ"),
      batteryUsedByLink: try number("battery_used_by_link_uJ"),
      strokes: try number("strokes"),
      // An older folder has no such line.
      leakedNanolitres: lines["leaked_nL"] == nil ? 0 : try number("leaked_nL"),
      clock: lines["clock"] ?? "host"
    )
  }

  /// Writes the world down, with what would be drawn out now, for whoever plays the nurse.
  func write(_ world: World, syringe: Int64, durable: Bool) throws(HostError) {
    let text = """
      wall_ms \(world.wall)
      pump_ms \(world.pump)
      speed \(world.speed)
      drift_ppm \(world.drift)
      battery_used_uJ \(world.batteryUsed)
      battery_used_by_link_uJ \(world.batteryUsedByLink)
      strokes \(world.strokes)
      leaked_nL \(world.leakedNanolitres)
      syringe_nL \(syringe)
      clock \(world.clock)

      """
    try Posix.replaceFile(path + "/world", Array(text.utf8), durable: durable)
  }

  func readTip() throws(HostError) -> TipDiary {
    guard let bytes = try Posix.readFile(path + "/tip") else { return TipDiary() }
    guard let diary = TipDiary(text: String(decoding: bytes, as: UTF8.self)) else {
      throw HostError("\(path)/tip is damaged: remove it to begin a new one", isSystem: false)
    }
    return diary
  }

  func write(_ diary: TipDiary) throws(HostError) {
    try Posix.replaceFile(path + "/tip", Array(diary.text.utf8), durable: false)
  }
}

/// The hardware counter against true time.
struct Counter {
  /// Millionths of a ms that it has drifted by and not yet shown: a turn of the loop is so short
  /// that each by itself would drift by nothing.
  private var rest: Int64 = 0

  /// By how many ms it goes on in so many ms of the host.
  mutating func advance(_ milliseconds: Int64, speed: Int64, drift: Int64) -> Int64 {
    let whole = milliseconds * speed
    rest += whole % 1_000_000 * drift
    let shown = rest / 1_000_000
    rest -= shown * 1_000_000
    return whole + whole / 1_000_000 * drift + shown
  }
}

/// A text of lines, each a name, a space and a value.
struct KeyedLines {
  private var values: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
    }
  }

  subscript(name: String) -> String? { values[name] }
}
