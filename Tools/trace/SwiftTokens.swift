/// Just enough of Swift's lexical form to find declarations and what stands before them.
struct SwiftTokens: Sequence, IteratorProtocol {
  struct Attribute: Equatable {
    let name: String
    /// The string literal that the arguments begin with.
    let displayName: String?
    let isDisabled: Bool
  }

  enum Kind: Equatable {
    case comment(String)
    case attribute(Attribute)
    /// An identifier or keyword; a name in backticks without them.
    case word(String)
    case other
  }

  struct Element: Equatable {
    let kind: Kind
    let line: Int
    let lastLine: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ source: String) {
    bytes = Array(source.utf8)
  }

  mutating func next() -> Element? {
    skipSpace()
    guard let byte = peek() else { return nil }
    let first = line
    let kind = read(startingWith: byte)
    return Element(kind: kind, line: first, lastLine: line)
  }

  private mutating func read(startingWith byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
      return .comment(take { $0 != UInt8(ascii: "\n") })
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
      return .comment(blockComment())
    case UInt8(ascii: "@"):
      advance()
      return .attribute(attribute())
    case UInt8(ascii: "`"):
      advance()
      let name = take { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\n") }
      advance()
      return .word(name)
    case UInt8(ascii: "\""), UInt8(ascii: "#"):
      if stringLiteral() == nil { advance() }
      return .other
    default:
      guard isWord(byte) else {
        advance()
        return .other
      }
      return .word(take(while: isWord))
    }
  }

  /// The name and the arguments of an attribute; `@` has been read.
  private mutating func attribute() -> Attribute {
    let name = take(while: isWord)
    guard peek() == UInt8(ascii: "(") else {
      return Attribute(name: name, displayName: nil, isDisabled: false)
    }
    let start = index
    advance()
    skipSpace()
    let displayName = stringLiteral()
    skipToClosing()
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let isDisabled = text.contains(".disabled(")
    return Attribute(name: name, displayName: displayName, isDisabled: isDisabled)
  }

  /// Skips to behind the parenthesis that closes the one just read.
  private mutating func skipToClosing() {
    var depth = 1
    while depth > 0, let byte = peek() {
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "#"):
        if stringLiteral() != nil { continue }
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        _ = take { $0 != UInt8(ascii: "\n") }
        continue
      default: break
      }
      advance()
    }
  }

  private mutating func blockComment() -> String {
    let start = index
    var depth = 0
    repeat {
      if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        depth += 1
        advance()
      } else if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        depth -= 1
        advance()
      }
      advance()
    } while depth > 0 && index < bytes.count
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// The raw content of the string literal that begins here; nothing, and nothing read, if none
  /// does.
  private mutating func stringLiteral() -> String? {
    var hashes = 0
    while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
    guard peek(hashes) == UInt8(ascii: "\"") else { return nil }
    let isLong =
      peek(hashes + 1) == UInt8(ascii: "\"") && peek(hashes + 2) == UInt8(ascii: "\"")
    let quotes = isLong ? 3 : 1
    for _ in 0..<(hashes + quotes) { advance() }
    let start = index
    while let byte = peek() {
      if byte == UInt8(ascii: "\\"), follows(hashes, after: 1) {
        for _ in 0...hashes { advance() }
        let isInterpolation = peek() == UInt8(ascii: "(")
        advance()
        if isInterpolation { skipToClosing() }
        continue
      }
      if closes(quotes: quotes, hashes: hashes) {
        let content = String(decoding: bytes[start..<index], as: UTF8.self)
        for _ in 0..<(hashes + quotes) { advance() }
        return content
      }
      // A short literal ends with its line at the latest: no stray quote swallows the file.
      if byte == UInt8(ascii: "\n"), !isLong { break }
      advance()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private func closes(quotes: Int, hashes: Int) -> Bool {
    for offset in 0..<quotes where peek(offset) != UInt8(ascii: "\"") { return false }
    return follows(hashes, after: quotes)
  }

  private func follows(_ hashes: Int, after offset: Int) -> Bool {
    for place in 0..<hashes where peek(offset + place) != UInt8(ascii: "#") { return false }
    return true
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    index + offset < bytes.count ? bytes[index + offset] : nil
  }

  private mutating func advance() {
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "\n") { line += 1 }
    index += 1
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 32 || (9...13).contains(byte) { advance() }
  }

  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = index
    while let byte = peek(), belongs(byte) { advance() }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}

/// Letters, digits, the underscore, and every byte beyond ASCII.
private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...255: true
  default: false
  }
}
