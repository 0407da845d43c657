import Synchronization

/// Live updates: what changed, by topic, to every client that may know of it.
///
/// An update says that something changed, not what it is: the client reads it anew and is checked
/// and audited as for every read.
public final class LiveHub: Sendable {
  /// So many updates wait for a client; one that does not take them is cut off, and comes again.
  public static let waitingMax = 64
  public static let clientsMax = 1_000
  public static let heartbeatMilliseconds: Int64 = 15_000

  private struct Client: Sendable {
    let session: String
    let account: String
    let topics: @Sendable (String) -> Bool
    let continuation: AsyncStream<[UInt8]>.Continuation
  }

  private struct State: Sendable {
    var next = 0
    var clients: [Int: Client] = [:]
    var isOver = false
    var cutOff = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// How many clients there are.
  public var count: Int { state.withLock { $0.clients.count } }
  /// How many were cut off since the start.
  public var cutOff: Int { state.withLock { $0.cutOff } }

  /// Begins to send to a client.
  ///
  /// - Parameters:
  ///   - session: it ends with the session.
  ///   - topics: which topics the client asks for and may know of.
  /// - Returns: what the client is sent.
  /// - Throws: `busy` where there are too many, or the server ends.
  public func listen(
    _ session: Session,
    topics: @escaping @Sendable (String) -> Bool
  ) throws(WebError) -> LiveStream {
    let (stream, continuation) = AsyncStream.makeStream(
      of: [UInt8].self,
      bufferingPolicy: .bufferingOldest(Self.waitingMax)
    )
    let number = state.withLock { state -> Int? in
      guard !state.isOver, state.clients.count < Self.clientsMax else { return nil }
      state.next += 1
      state.clients[state.next] = Client(
        session: session.id,
        account: session.account,
        topics: topics,
        continuation: continuation
      )
      return state.next
    }
    guard let number else { throw .busy }
    // So that the client knows at once that it is connected, and how soon to come again.
    continuation.yield(Array("retry: 2000\n\n".utf8))
    return LiveStream(chunks: stream) { [weak self] in self?.remove(number) }
  }

  /// Tells of a change.
  ///
  /// - Parameters:
  ///   - topic: as in `patient/p-1/orders`: letters, digits, hyphens and slashes.
  ///   - data: one line; not what changed but what helps to see whether it matters, as a version.
  public func publish(_ topic: String, _ data: String = "") {
    let line = data.split(whereSeparator: \.isNewline).joined(separator: " ")
    let chunk = Array("event: \(topic)\ndata: \(line)\n\n".utf8)
    send(chunk) { $0.topics(topic) }
  }

  /// Says to every client that the server is there, and ends those whose session is over.
  public func beat(_ sessions: SessionBook, at now: Int64) {
    let over = state.withLock { state in
      state.clients.filter { !sessions.isOpen($0.value.session, at: now) }.map(\.key)
    }
    for number in over { remove(number) }
    send(Array(": \n\n".utf8)) { _ in true }
  }

  /// Ends all streams, at once: a server that ends must not wait for whoever listens.
  public func close() {
    let clients = state.withLock { state in
      state.isOver = true
      defer { state.clients = [:] }
      return Array(state.clients.values)
    }
    for client in clients { client.continuation.finish() }
  }

  private func send(_ chunk: [UInt8], to isMeant: (Client) -> Bool) {
    let clients = state.withLock { $0.clients }
    for (number, client) in clients where isMeant(client) {
      if case .enqueued = client.continuation.yield(chunk) { continue }
      remove(number)
      state.withLock { $0.cutOff += 1 }
    }
  }

  private func remove(_ number: Int) {
    let client = state.withLock { $0.clients.removeValue(forKey: number) }
    client?.continuation.finish()
  }
}
