import OrderText

/// The fields of a form: of an address, urlencoded or multipart; the first one of a name counts.
package struct PageForm: Sendable {
  private var fields: [String: [UInt8]] = [:]

  /// A field as it came; nothing where it is missing or empty.
  package subscript(bytes name: String) -> [UInt8]? {
    guard let value = fields[name], !value.isEmpty else { return nil }
    return value
  }

  /// A field as text.
  package subscript(name: String) -> String? {
    self[bytes: name].map { String(decoding: $0, as: UTF8.self) }
  }

  /// The form of an address: `name=value` and more.
  package init(urlEncoded text: some Sequence<UInt8>) {
    for part in Array(text).split(separator: UInt8(ascii: "&")) {
      let pair = part.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      let name = String(decoding: Self.decoded(pair[0]), as: UTF8.self)
      if fields[name] == nil { fields[name] = pair.count == 2 ? Self.decoded(pair[1]) : [] }
    }
  }

  /// A body of either form; nothing where it is neither, or is broken.
  package init?(_ body: [UInt8], contentType: String) {
    if contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") {
      self.init(urlEncoded: body)
      return
    }
    guard contentType.lowercased().hasPrefix("multipart/form-data"),
      let mark = contentType.firstRange(of: "boundary=")
    else { return nil }
    let boundary = contentType[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
    guard (1...70).contains(boundary.utf8.count) else { return nil }
    self.init(multipart: body, boundary: Array("--\(boundary)".utf8))
  }

  private init?(multipart body: [UInt8], boundary: [UInt8]) {
    let gap = Array("\r\n\r\n".utf8)
    var rest = body[...]
    guard let first = rest.firstRange(of: boundary) else { return nil }
    rest = rest[first.upperBound...]
    while rest.starts(with: Array("\r\n".utf8)) {
      guard let end = rest.firstRange(of: Array("\r\n".utf8) + boundary),
        let head = rest[..<end.lowerBound].firstRange(of: gap)
      else { return nil }
      let headers = String(decoding: rest[..<head.lowerBound], as: UTF8.self)
      if let name = Self.name(in: headers), fields[name] == nil {
        fields[name] = Array(rest[head.upperBound..<end.lowerBound])
      }
      rest = rest[end.upperBound...]
    }
  }

  private static func name(in headers: String) -> String? {
    guard let mark = headers.firstRange(of: " name=\"") else { return nil }
    return String(headers[mark.upperBound...].prefix { $0 != "\"" })
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let value = Hex.bytes(
          String(decoding: bytes[index + 1...index + 2], as: UTF8.self).lowercased()
        )
      {
        result += value
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return result
  }
}

/// Bytes as text for addresses and fields (RFC 4648 §5, without padding).
package enum Base64URL {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )

  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for place in 0...part.count { text.append(digits[bits >> (18 - 6 * place) & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text, spaces and line breaks around it left out; nothing where it is none, or
  /// is not the one text of its bytes.
  package static func bytes(_ text: String) -> [UInt8]? {
    let digitsOfText = text.utf8.filter { $0 > 32 }
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for digit in digitsOfText {
      guard let value = digits.firstIndex(of: digit) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    guard Array(Self.text(bytes).utf8) == Array(digitsOfText) else { return nil }
    return bytes
  }
}
