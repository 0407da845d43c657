import PumpLink
import Quantities

/// Primitives that protect nothing, so that the link can be reached where no real ones are.
///
/// They keep to what the protocol says: both sides come to the same secret, what is sealed opens
/// again, and a changed byte does not.
struct GateCrypto: LinkCrypto {
  private func fold(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bytes32 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in one.indices { state = (state ^ UInt64(one[index])) &* 0x100_0000_01B3 }
    state = (state ^ 0x1FF) &* 0x100_0000_01B3
    for index in other.indices { state = (state ^ UInt64(other[index])) &* 0x100_0000_01B3 }
    var result = Bytes32()
    for index in 0..<32 {
      state = (state ^ UInt64(index)) &* 0x100_0000_01B3
      result[index] = UInt8(truncatingIfNeeded: state >> 32)
    }
    return result
  }

  func sha256(_ message: Span<UInt8>) -> Bytes32 { fold(message, Span<UInt8>()) }
  func hmacSHA256(key: Span<UInt8>, _ message: Span<UInt8>) -> Bytes32 { fold(key, message) }

  func x25519PublicKey(of privateKey: Bytes32) -> Bytes32 {
    var key = privateKey
    for index in 0..<32 { key[index] ^= 0x5C }
    return key
  }

  func x25519(_ privateKey: Bytes32, _ peer: Bytes32) -> Bytes32? {
    var secret = Bytes32()
    for index in 0..<32 { secret[index] = privateKey[index] ^ peer[index] }
    return secret
  }

  func ed25519PublicKey(of seed: Bytes32) -> Bytes32 { seed }
  func sign(_ message: Span<UInt8>, seed: Bytes32) -> Bytes64 { Bytes64() }
  func isValid(_: Bytes64, of message: Span<UInt8>, by publicKey: Bytes32) -> Bool { false }

  func seal(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) {
    for index in 0..<count { buffer[index] ^= key[index % 32] &+ UInt8(truncatingIfNeeded: nonce) }
    let tag = fold(key.bytes.span, buffer.span.extracting(0..<count))
    for index in 0..<16 { buffer[count + index] = tag[index] }
  }

  func open(
    _ buffer: inout MutableSpan<UInt8>,
    count: Int,
    key: Bytes32,
    nonce: UInt64,
    authenticating associated: Span<UInt8>
  ) -> Bool {
    let plain = count - 16
    let tag = fold(key.bytes.span, buffer.span.extracting(0..<plain))
    for index in 0..<16 where buffer[plain + index] != tag[index] { return false }
    for index in 0..<plain { buffer[index] ^= key[index % 32] &+ UInt8(truncatingIfNeeded: nonce) }
    return true
  }
}

#if PLANT_ALLOCATION
nonisolated(unsafe) private var lengths: [Int] = []
#endif

/// Makes a session in every pattern, and carries a sealed message of 4,096 bytes over the frames.
///
/// - Returns: 1 where every step came out as it should.
@c(gate_link)
public func gateLink() -> Int32 {
  var opener = FrameLink(opening: 7)
  var pump = FrameLink()
  for pattern in NoisePattern.allCases {
    let session = try? openSession(pattern)
    guard var session else { return 0 }
    var text = InlineArray<4_096, UInt8>(repeating: 0x41)
    var buffer = text.mutableSpan
    let time = PumpTime.commissioning
    guard let count = try? session.opener.seal(&buffer, count: 4_080, at: time, GateCrypto()),
      carry(&buffer, count: count, &opener, &pump),
      let plain = try? session.pump.open(&buffer, count: count, at: time, GateCrypto()),
      plain == 4_080, buffer[0] == 0x41, buffer[4_079] == 0x41
    else { return 0 }
    session.pump.end()
  }
  return 1
}

private func openSession(
  _ pattern: NoisePattern
) throws(HandshakeError) -> (opener: LinkSession, pump: LinkSession) {
  let crypto = GateCrypto()
  let prologue = LinkPrologue(pump: InlineArray(repeating: 9), role: .person, way: .near)
  var keys = HandshakeKeys(own: Bytes32(repeating: 1), ephemeral: Bytes32(repeating: 2))
  keys.pairingSecret = Bytes32(repeating: 5)
  keys.peer = crypto.x25519PublicKey(of: Bytes32(repeating: 3))
  var one = try Handshake(pattern, isOpener: true, prologue: prologue, keys: keys, crypto)
  keys.own = Bytes32(repeating: 3)
  keys.ephemeral = Bytes32(repeating: 4)
  keys.peer = crypto.x25519PublicKey(of: Bytes32(repeating: 1))
  var other = try Handshake(pattern, isOpener: false, prologue: prologue, keys: keys, crypto)
  while !one.isComplete || !other.isComplete {
    if one.isOwnTurn {
      let message = try one.write(crypto)
      try other.read(message.bytes.span.extracting(0..<message.count), crypto)
    } else {
      let message = try other.write(crypto)
      try one.read(message.bytes.span.extracting(0..<message.count), crypto)
    }
  }
  let time = PumpTime.commissioning
  return (try one.session(at: time, crypto), try other.session(at: time, crypto))
}

/// Carries bytes from one end to the other, frame by frame, and back into the same buffer.
private func carry(
  _ buffer: inout MutableSpan<UInt8>,
  count: Int,
  _ opener: inout FrameLink,
  _ pump: inout FrameLink
) -> Bool {
  let time = PumpTime.commissioning
  guard (try? opener.send(buffer.span.extracting(0..<count), at: time)) != nil else {
    return false
  }
  var frame = FrameBytes()
  var received = 0
  while opener.isSending {
    guard opener.write(into: &frame, at: time) else { return false }
    for index in 0..<frame.count {
      pump.take(frame[index], at: time)
      while let event = pump.next(at: time) {
        if event == .received { received = pump.copyReceived(into: &buffer) ?? 0 }
      }
    }
    guard pump.write(into: &frame, at: time) else { return false }
    for index in 0..<frame.count {
      opener.take(frame[index], at: time)
      while opener.next(at: time) != nil {}
    }
    #if PLANT_ALLOCATION
    unsafe lengths.append(received)
    #endif
  }
  return received == count
}
