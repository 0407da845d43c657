import PumpLink

/// Bytes written as pairs of hexadecimal digits; spaces and line ends count for nothing.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
}

func hex(_ bytes: [UInt8]) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

extension Bytes32 {
  /// 32 bytes in hexadecimal; bytes that are missing are zeros.
  init(hex text: String) {
    let source = hex(text)
    self.init()
    for index in 0..<min(32, source.count) { self[index] = source[index] }
  }

  var array: [UInt8] { (0..<32).map { self[$0] } }
}

extension Bytes64 {
  /// Nil where there are not exactly 64.
  init?(exactly source: [UInt8]) {
    guard source.count == 64 else { return nil }
    self.init(source.span)
  }

  var array: [UInt8] { (0..<64).map { self[$0] } }
}

extension BoundedBytes {
  var array: [UInt8] { (0..<count).map { self[$0] } }
}

/// Seals a text; the result has the tag.
func sealed(
  _ plain: [UInt8],
  key: Bytes32,
  nonce: UInt64,
  authenticating associated: [UInt8],
  _ crypto: some LinkCrypto
) -> [UInt8] {
  var bytes = plain + [UInt8](repeating: 0, count: 16)
  var buffer = bytes.mutableSpan
  crypto.seal(
    &buffer,
    count: plain.count,
    key: key,
    nonce: nonce,
    authenticating: associated.span
  )
  return bytes
}

/// Opens a text with its tag; nil where it is refused.
func opened(
  _ text: [UInt8],
  key: Bytes32,
  nonce: UInt64,
  authenticating associated: [UInt8],
  _ crypto: some LinkCrypto
) -> [UInt8]? {
  var bytes = text
  var buffer = bytes.mutableSpan
  let isGenuine = crypto.open(
    &buffer,
    count: text.count,
    key: key,
    nonce: nonce,
    authenticating: associated.span
  )
  return isGenuine ? Array(bytes.prefix(text.count - 16)) : nil
}

/// Verifies a signature; expectations cannot take a span themselves.
func isValid(
  _ signature: Bytes64,
  of message: [UInt8],
  by key: Bytes32,
  _ crypto: some LinkCrypto
) -> Bool {
  crypto.isValid(signature, of: message.span, by: key)
}
