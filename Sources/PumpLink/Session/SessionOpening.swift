/// What a connection begins with: three bytes in clear, then the first handshake message, as one
/// message of the frames.
///
///     offset  0        1        2     3
///             version  pattern  role  first handshake message
///
/// They tell the pump which prologue to go in with. Whoever changes them on the way only keeps the
/// handshake from opening: version and role stand in the prologue, the pattern in its name.
public struct SessionOpening: Equatable, Sendable {
  /// How many bytes stand before the handshake message.
  public static let size = 3
  public let pattern: NoisePattern
  public let role: LinkRole

  public init(_ pattern: NoisePattern, _ role: LinkRole) {
    self.pattern = pattern
    self.role = role
  }

  /// Reads the first message of a connection; nil where it is of another version, or where its
  /// length is not that of the pattern's first message.
  public init?(decoding message: Span<UInt8>) {
    guard message.count > Self.size, message[0] == LinkPrologue.currentVersion,
      let pattern = NoisePattern(rawValue: message[1]), let role = LinkRole(rawValue: message[2]),
      message.count == Self.size + pattern.length(ofMessage: 0)
    else { return nil }
    self.pattern = pattern
    self.role = role
  }

  var bytes: InlineArray<3, UInt8> {
    [LinkPrologue.currentVersion, pattern.rawValue, role.rawValue]
  }
}
