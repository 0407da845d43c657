/// Proves a ledger event by event, in the order of positions.
///
/// It proves that nothing between the first event and the last it is given was changed, removed, put
/// in or moved, as long as whoever did it did not compute all later hashes anew, and says nothing of
/// what was cut off after the last. Both of these the anchors find.
public struct ChainCheck: Sendable {
  /// How many events were proved: the position of the last.
  public private(set) var position: Int64 = 0
  private var heads: [String: StreamHead] = [:]
  private var anchors: [LedgerAnchor]

  /// - Parameter anchors: in any order; each is compared when its position is reached.
  public init(anchors: [LedgerAnchor] = []) {
    self.anchors = anchors.sorted { $0.position > $1.position }
  }

  /// How many streams there are so far.
  public var streamCount: Int { heads.count }

  /// Proves the next event.
  public mutating func take(_ event: LedgerEvent) throws(LedgerDamage) {
    guard event.position == position + 1 else {
      throw LedgerDamage(.missing, position: position + 1)
    }
    func damage(_ kind: LedgerDamage.Kind) -> LedgerDamage {
      LedgerDamage(kind, position: event.position, stream: event.stream)
    }
    try compareAnchors()
    guard event.hashOfContent == event.hash else { throw damage(.altered) }
    let head = heads[event.stream] ?? .none
    guard event.version == head.version + 1 else {
      throw damage(.versionOutOfOrder(expected: head.version + 1))
    }
    guard event.previous == head.hash else { throw damage(.chainBroken) }
    heads[event.stream] = StreamHead(version: event.version, hash: event.hash)
    position = event.position
  }

  /// Call after the last event: compares the anchors that are left.
  public mutating func end() throws(LedgerDamage) {
    try compareAnchors()
    if let anchor = anchors.last {
      throw LedgerDamage(.cutOff(day: anchor.day), position: position + 1)
    }
  }

  private mutating func compareAnchors() throws(LedgerDamage) {
    while let anchor = anchors.last, anchor.position <= position {
      guard anchor == self.anchor(on: anchor.day) else {
        throw LedgerDamage(.anchorDiffers(day: anchor.day), position: position)
      }
      anchors.removeLast()
    }
  }

  /// What stands for the whole ledger up to here, on a day given as `2026-11-21`.
  public func anchor(on day: String) -> LedgerAnchor {
    var layout = CanonicalBytes(tag: "CSTANCH1", capacity: heads.count * 64 + 32)
    layout.integer(position)
    layout.integer(UInt64(heads.count))
    for (stream, head) in heads.sorted(by: { $0.key < $1.key }) {
      layout.field(stream.utf8)
      layout.integer(head.version)
      layout.hash(head.hash)
    }
    return LedgerAnchor(
      day: day,
      position: position,
      streams: Int64(heads.count),
      root: LedgerHash(of: layout.bytes)
    )
  }
}
