/// The handshake patterns of the link (Noise Protocol Framework, revision 34, §7.5 and §9).
public enum NoisePattern: UInt8, Sendable, CaseIterable {
  /// The opener knows the pump's key; the pump learns the opener's from the first message.
  case ik = 1
  /// Each knows the other's key before.
  case kk = 2
  /// Neither knows the other's key; both hold the pairing secret (at the bedside).
  case xxpsk3 = 3
}

/// A step inside a handshake message (Noise §5.3 and §9.2).
enum NoiseToken {
  case e, s, ee, es, se, ss, psk
  /// No more tokens.
  case end
}

extension NoisePattern {
  /// How many messages a handshake has; the opener writes the first, then each in turn.
  public var messageCount: Int {
    switch self {
    case .ik, .kk: 2
    case .xxpsk3: 3
    }
  }

  var hasPairingSecret: Bool { self == .xxpsk3 }

  /// Whether the opener's static key is known before the first message.
  var opensWithOpenersKey: Bool { self == .kk }

  /// Whether the pump's static key is known before the first message.
  var opensWithPumpsKey: Bool { self != .xxpsk3 }

  /// The protocol's name, which begins the transcript (Noise §8).
  var name: StaticString {
    switch self {
    case .ik: "Noise_IK_25519_ChaChaPoly_SHA256"
    case .kk: "Noise_KK_25519_ChaChaPoly_SHA256"
    case .xxpsk3: "Noise_XXpsk3_25519_ChaChaPoly_SHA256"
    }
  }

  /// The tokens of a message, from 0.
  func tokens(ofMessage number: Int) -> InlineArray<5, NoiseToken> {
    switch (self, number) {
    case (.ik, 0): [.e, .es, .s, .ss, .end]
    case (.kk, 0): [.e, .es, .ss, .end, .end]
    case (.ik, 1), (.kk, 1): [.e, .ee, .se, .end, .end]
    case (.xxpsk3, 0): [.e, .end, .end, .end, .end]
    case (.xxpsk3, 1): [.e, .ee, .s, .es, .end]
    case (.xxpsk3, 2): [.s, .se, .psk, .end, .end]
    default: [.end, .end, .end, .end, .end]
    }
  }

  /// The length in bytes of a message, from 0, that carries no payload.
  func length(ofMessage number: Int) -> Int {
    switch (self, number) {
    case (.ik, 0), (.xxpsk3, 1): 96
    case (.ik, 1), (.kk, _), (.xxpsk3, 0): 48
    case (.xxpsk3, 2): 64
    default: 0
    }
  }
}
