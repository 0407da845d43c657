/// Who opens a session.
///
/// The role is only claimed here: the pump still has to find it in the certificate of the key that
/// the handshake proves.
public enum LinkRole: UInt8, Sendable, CaseIterable {
  case clinicServer = 1
  /// A prescriber, nurse or pharmacist.
  case person = 2
  case patient = 3
  case emergencyCard = 4
}

/// The way by which a session reaches the pump; the pump takes it from the port, never from bytes.
public enum LinkWay: UInt8, Sendable, CaseIterable {
  /// The near-field port, at the bedside.
  case near = 1
  /// Everything else, through any number of relays.
  case remote = 2
}

/// What both sides must agree on before they speak; it goes into the transcript, never on the line.
///
/// Where the two sides differ in any of it, the first sealed bytes are not genuine (SR-108).
///
///     offset  0           8        9        25    26
///             "CISTERNA"  version  pump id  role  way
public struct LinkPrologue: Sendable {
  /// The version of the protocol that this code speaks.
  public static let currentVersion: UInt8 = 1

  /// The canonical bytes.
  public let bytes: InlineArray<27, UInt8>

  public init(pump: InlineArray<16, UInt8>, role: LinkRole, way: LinkWay) {
    self.init(version: Self.currentVersion, pump: pump, role: role.rawValue, way: way.rawValue)
  }

  init(version: UInt8, pump: InlineArray<16, UInt8>, role: UInt8, way: UInt8) {
    let label: InlineArray<8, UInt8> = [0x43, 0x49, 0x53, 0x54, 0x45, 0x52, 0x4E, 0x41]
    bytes = InlineArray { index in
      switch index {
      case 0..<8: label[index]
      case 8: version
      case 9..<25: pump[index - 9]
      case 25: role
      default: way
      }
    }
  }
}
