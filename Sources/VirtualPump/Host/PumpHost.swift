#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import PumpCore
import PumpLink
import Quantities
import Synchronization

/// How a virtual pump is served.
public struct PumpHostOptions: Sendable {
  public var remote: String
  public var near: String
  /// What its counter goes by.
  public var time: HostTime
  /// At most this.
  public static let speedMax: Int64 = 1_000_000
  public var faults: [ScriptedFault]
  /// A script that is followed: lines that are added to it while the pump runs are taken too.
  public var faultFile: String?

  public init(
    remote: String,
    near: String,
    time: HostTime,
    faults: [ScriptedFault],
    faultFile: String? = nil
  ) {
    self.remote = remote
    self.near = near
    self.time = time
    self.faults = faults
    self.faultFile = faultFile
  }
}

/// Set by a signal; the loop looks at it.
private let stopAsked = Atomic<Bool>(false)

/// A virtual pump on two ports: one thread that polls, around a value that decides.
///
/// Therapy goes on by the clock, whatever the network does: each turn of the loop first brings the
/// pump to now, and only then looks at what has come.
public final class PumpHost {
  private let home: PumpHome
  private let options: PumpHostOptions
  private var pump: VirtualPump<FileMemory>
  private var memory: FileMemory
  private let ports: [(file: Int32, way: Way)]
  private var peers: [Peer] = []
  private var pumpTime: Int64
  /// By ``HostTime/elapsed()``.
  private var lastTurn: Int64
  private var counter = Counter()
  private var lastSaved: Int64
  private let print: (String) -> Void
  private var diary: TipDiary
  private var script: FollowedScript?

  private struct Peer {
    let socket: Int32
    let number: Int
    var output: [UInt8] = []
    /// When its output first was not taken.
    var stuckSince: Int64?
  }

  /// Output that a peer does not take within so many ms ends its connection.
  private static let stuckMax: Int64 = 5_000

  /// Opens the memory and the ports, and starts the pump.
  ///
  /// - Parameters:
  ///   - home: the pump's folder.
  ///   - options: how it is served.
  ///   - print: takes the lines of the log.
  /// - Throws: where the folder, its memory or a port cannot be used.
  public init(
    _ home: PumpHome,
    _ options: PumpHostOptions,
    print: @escaping (String) -> Void
  ) throws(HostError) {
    self.home = home
    self.options = options
    self.print = print
    let kept = try home.readWorld(options.time)
    let begin = kept.pump(at: try options.time.now(), by: options.time)
    pumpTime = begin
    lastTurn = try options.time.elapsed()
    let linkTime = Posix.monotonic()
    lastSaved = linkTime
    let world = PumpWorld(
      secrets: home.secrets,
      battery: Battery(used: kept.batteryUsed, byLink: kept.batteryUsedByLink),
      strokes: kept.strokes,
      entropy: {
        Bytes32(bytes: Posix.random(32)) ?? Bytes32()
      }
    )
    memory = try FileMemory(path: home.path + "/memory", size: world.layout.size, world.power)
    let started = VirtualPump(
      recovering: memory,
      at: PumpTime(milliseconds: pumpTime),
      linkTime: PumpTime(milliseconds: linkTime),
      world
    )
    guard var pump = started else {
      throw HostError(
        "\(home.path)/memory holds no whole pump: it has to be commissioned anew",
        isSystem: false
      )
    }
    pump.add(options.faults.filter { $0.at.milliseconds >= begin })
    pump.setDrift(kept.drift)
    pump.setLeaked(Volume(nanolitres: kept.leakedNanolitres))
    diary = try home.readTip()
    script = try options.faultFile.map { path throws(HostError) in try FollowedScript(path) }
    // A new pump's memory was written by its maker, which is no loss of power to tell of.
    if home.isNew { _ = pump.takeLog() }
    self.pump = pump
    ports = [
      (try Posix.listen(options.remote), .remote), (try Posix.listen(options.near), .bedside),
    ]
  }

  /// Serves until it is asked to stop by SIGINT or SIGTERM; then it is without power.
  public func run() throws(HostError) {
    signal(SIGINT) { _ in stopAsked.store(true, ordering: .relaxed) }
    signal(SIGTERM) { _ in stopAsked.store(true, ordering: .relaxed) }
    signal(SIGPIPE, SIG_IGN)
    // Whoever started it may have masked them, and a mask is inherited.
    Posix.unblock([SIGINT, SIGTERM])
    tellWhatItIs()
    try save(durable: true)
    while !stopAsked.load(ordering: .relaxed) { try turn() }
    pump.stop()
    memory.synchronize()
    try save(durable: true)
    tell()
    print("stopped; pump time goes on without power, \(options.time.words)")
  }

  private func tellWhatItIs() {
    print("virtual pump \(Hexadecimal.text(home.id.array)) in \(home.path)")
    print(
      pump.isCommissioned
        ? "commissioned; pump time \(Self.text(pumpTime))"
        : "not commissioned: it delivers nothing until a clinic's order is taken at the bedside"
    )
    print("remote port  \(options.remote)")
    print("near port    \(options.near)")
    print("pairing code in \(home.pairingFile)")
    if home.isNew, let code = try? Posix.readFile(home.pairingFile) {
      print("shown once: \(String(decoding: code.dropLast(), as: UTF8.self))")
    }
    print("time goes \(options.time.words)")
    tell()
  }

  // MARK: The loop

  private func turn() throws(HostError) {
    var files = ports.map { pollfd(fd: $0.file, events: Int16(POLLIN), revents: 0) }
    for peer in peers {
      let events = peer.output.isEmpty ? POLLIN : POLLIN | POLLOUT
      files.append(pollfd(fd: peer.socket, events: Int16(events), revents: 0))
    }
    Posix.wait(&files, peers.isEmpty ? 100 : 20)
    let now = Posix.monotonic()
    let instant = try options.time.elapsed()
    let passed = counter.advance(
      instant - lastTurn,
      speed: options.time.counterSpeed,
      drift: pump.driftPartsPerMillion
    )
    lastTurn = instant
    pumpTime += passed
    pump.advance(to: PumpTime(milliseconds: pumpTime), keeping: &diary)
    let linkTime = PumpTime(milliseconds: now)
    for index in peers.indices where files[ports.count + index].revents != 0 {
      take(from: index, at: linkTime)
    }
    for index in ports.indices where files[index].revents != 0 {
      accept(ports[index].file, ports[index].way, at: linkTime)
    }
    pump.tick(at: linkTime)
    answer(at: now)
    if now - lastSaved >= 1_000 {
      lastSaved = now
      memory.synchronize()
      try save(durable: false)
      takeFaults()
    }
    tell()
  }

  /// Takes the lines that were added to the script; one that is none is told and left out.
  private func takeFaults() {
    do throws(FaultScriptError) {
      let added = try script?.added(at: pump.now) ?? []
      for fault in added where fault.at < pump.now {
        print("fault left out, its time is past (\"now\" does it at once): \(fault.fault.words)")
      }
      pump.add(added.filter { $0.at >= pump.now })
    } catch {
      print("\(options.faultFile ?? ""), \(error): left out")
    }
  }

  private func accept(_ port: Int32, _ way: Way, at time: PumpTime) {
    // A flood of new connections does not keep the loop from those that are there.
    for _ in 0..<16 {
      let socket = systemAccept(port)
      guard socket >= 0 else { return }
      Posix.makeNonBlocking(socket)
      if let number = pump.open(way, at: time) {
        peers.append(Peer(socket: socket, number: number))
      } else {
        close(socket)
      }
    }
  }

  private func take(from index: Int, at time: PumpTime) {
    guard let bytes = Posix.receive(peers[index].socket, max: 4_096) else { return }
    if bytes.isEmpty {
      pump.close(peers[index].number)
    } else {
      pump.receive(bytes, on: peers[index].number, at: time)
    }
  }

  private func answer(at now: Int64) {
    var isSynchronized = false
    for index in peers.indices {
      let output = pump.takeOutput(of: peers[index].number)
      if !output.isEmpty, !isSynchronized {
        // Nothing is said of what a power cut could still take back.
        memory.synchronize()
        isSynchronized = true
      }
      peers[index].output += output
      guard !peers[index].output.isEmpty else {
        peers[index].stuckSince = nil
        continue
      }
      guard let sent = Posix.send(peers[index].socket, peers[index].output[...]) else {
        pump.close(peers[index].number)
        peers[index].output = []
        continue
      }
      peers[index].output.removeFirst(sent)
      if sent > 0 { peers[index].stuckSince = nil }
      let since = peers[index].stuckSince ?? now
      peers[index].stuckSince = since
      if now - since > Self.stuckMax || peers[index].output.count > 65_536 {
        pump.close(peers[index].number)
        peers[index].output = []
      }
    }
    peers.removeAll { peer in
      guard !pump.isOpen(peer.number), peer.output.isEmpty else { return false }
      close(peer.socket)
      return true
    }
  }

  // MARK: Keeping and telling

  private func save(durable: Bool) throws(HostError) {
    try home.write(
      PumpHome.World(
        wall: try options.time.now(),
        pump: pumpTime,
        speed: options.time.counterSpeed,
        drift: pump.driftPartsPerMillion,
        batteryUsed: pump.battery.used,
        batteryUsedByLink: pump.battery.usedByLink,
        strokes: pump.strokes,
        leakedNanolitres: pump.leaked.nanolitres,
        clock: options.time.name
      ),
      syringe: pump.syringe.nanolitres,
      durable: durable
    )
    try home.write(diary)
  }

  private func tell() {
    for line in pump.takeLog() { print("\(Self.text(line.time.milliseconds))  \(line.text)") }
  }

  /// Pump time as days and time of day.
  public static func text(_ milliseconds: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = milliseconds / 1_000
    return "day \(seconds / 86_400) "
      + "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}

private func systemAccept(_ port: Int32) -> Int32 { accept(port, nil, nil) }
