/// The byte layouts that are hashed; `docs/ledger.md` states them byte by byte.
struct CanonicalBytes {
  private(set) var bytes: [UInt8]

  /// Starts with 8 ASCII characters that name the layout and its version.
  init(tag: StaticString, capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
    bytes += Array(tag.description.utf8)
    precondition(bytes.count == 8, "a tag is 8 bytes")
  }

  /// Most significant byte first.
  mutating func integer(_ value: some FixedWidthInteger) {
    for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func hash(_ value: LedgerHash) {
    bytes += value.bytes
  }

  /// The length in 4 bytes, then the bytes.
  mutating func field(_ value: some Collection<UInt8>) {
    integer(UInt32(value.count))
    bytes += value
  }

  /// As a field; what is absent has the length 0xFFFFFFFF and no bytes, so it differs from empty.
  mutating func field(_ value: String?) {
    guard let value else { return integer(UInt32.max) }
    field(value.utf8)
  }
}

extension EventDraft {
  /// The bytes that an event's hash is of: everything there is of it but the hash.
  func canonicalBytes(
    position: Int64,
    stream: String,
    version: Int64,
    previous: LedgerHash
  ) -> [UInt8] {
    var layout = CanonicalBytes(tag: "CSTLEDG1", capacity: payload.count + 256)
    layout.integer(position)
    layout.integer(version)
    layout.hash(previous)
    layout.integer(time)
    layout.integer(form)
    layout.field(stream.utf8)
    layout.field(id.utf8)
    layout.field(who.utf8)
    layout.field(onBehalfOf)
    layout.field(what.utf8)
    layout.field(why)
    layout.field(payload)
    return layout.bytes
  }
}
