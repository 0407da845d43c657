import HTTPCall
import NIOCore

/// Moves the bytes of one line both ways.
///
/// It can delay them and lose them, and nothing else: what
/// they say is sealed between the clinic and the pump.
struct LineMover: Sendable {
  let line: RelayLine
  let clinic: RelayClinic
  let group: any EventLoopGroup
  let connect: @Sendable (RelayLine) async throws -> any PumpPort
  let sleep: @Sendable (Int64) async throws -> Void
  let tell: @Sendable (String) -> Void

  /// A connection with the pump that the clinic wanted.
  private struct Joined: Sendable {
    let connection: Int64
    let socket: any PumpPort
    let bringing: Task<Void, Never>
    /// How many of the clinic's bytes went to the pump.
    var offset: Int64 = 0

    func leave() {
      socket.close()
      bringing.cancel()
    }
  }

  /// Moves until its task is cancelled.
  func run() async {
    let call = clinic.call(group)
    var joined: Joined?
    var backOff = BackOff()
    while !Task.isCancelled {
      do {
        joined = try await turn(call, joined)
        if backOff.failures > 0 {
          tell("\(line.pump) \(line.way.rawValue): the clinic is there again")
        }
        backOff.succeeded()
      } catch {
        if backOff.failures == 0, !Task.isCancelled {
          tell("\(line.pump) \(line.way.rawValue): \(error)")
        }
        do { try await sleep(backOff.failed()) } catch { break }
      }
    }
    joined?.leave()
    await call.close()
  }

  /// Asks once what is wanted, and does it.
  private func turn(_ call: HTTPCall, _ joined: Joined?) async throws -> Joined? {
    let (connection, offset) = (joined?.connection ?? 0, joined?.offset ?? 0)
    let answer = try await call.send(
      .get,
      "\(line.path)/down?connection=\(connection)&offset=\(offset)"
    )
    if answer.status == 409 {
      joined?.leave()
      return nil
    }
    guard answer.status == 200, let wanted = answer.number("cisterna-connection"),
      let start = answer.number("cisterna-offset")
    else { throw RelayError("the clinic answers \(answer.status) to \(line.path)/down") }
    if wanted != connection {
      joined?.leave()
      return wanted == 0 ? nil : await join(wanted, answer.body)
    }
    guard var joined, start == joined.offset else { return joined }
    if !answer.body.isEmpty {
      // Where the pump has gone the other direction tells the clinic.
      try? await joined.socket.put(answer.body)
      joined.offset += Int64(answer.body.count)
    }
    return joined
  }

  /// Calls the pump, as the clinic wants; or tells the clinic that it cannot be reached.
  private func join(_ connection: Int64, _ bytes: [UInt8]) async -> Joined? {
    guard let socket = try? await connect(line) else {
      await bring(AsyncStream { $0.finish() }, connection) {}
      return nil
    }
    let bringing = Task { await bring(socket.bytes, connection) { socket.close() } }
    var joined = Joined(connection: connection, socket: socket, bringing: bringing)
    try? await socket.put(bytes)
    joined.offset = Int64(bytes.count)
    return joined
  }

  /// Brings the pump's bytes until they end; what is repeated does nothing twice.
  private func bring(
    _ stream: AsyncStream<[UInt8]>,
    _ connection: Int64,
    orLeave leave: @Sendable () -> Void
  ) async {
    let call = clinic.call(group)
    var offset: Int64 = 0
    for await bytes in stream {
      guard await post(call, bytes, connection, offset, isClosed: false) else {
        leave()
        break
      }
      offset += Int64(bytes.count)
    }
    if !Task.isCancelled { _ = await post(call, [], connection, offset, isClosed: true) }
    await call.close()
  }

  /// Brings until the clinic has it; false where it wants no more of this connection.
  private func post(
    _ call: HTTPCall,
    _ bytes: [UInt8],
    _ connection: Int64,
    _ offset: Int64,
    isClosed: Bool
  ) async -> Bool {
    let query = "connection=\(connection)&offset=\(offset)\(isClosed ? "&closed=true" : "")"
    var backOff = BackOff()
    while !Task.isCancelled {
      if let answer = try? await call.send(.post, "\(line.path)/up?\(query)", bytes) {
        if answer.status == 200 { return true }
        if (400..<500).contains(answer.status) { return false }
      }
      do { try await sleep(backOff.failed()) } catch { return false }
    }
    return false
  }
}
