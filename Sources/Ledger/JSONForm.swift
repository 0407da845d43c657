/// Whether bytes are one JSON value (RFC 8259), looked at without making anything of it.
///
/// Of every payload that is appended: a read of a patient is one.
struct JSONForm {
  /// So deep may arrays and objects be in each other.
  static let depthMax = 128

  private let bytes: [UInt8]
  private var place = 0

  static func isValue(_ bytes: [UInt8]) -> Bool {
    var form = JSONForm(bytes: bytes)
    return form.value(depth: 0) && form.peek() == nil
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next byte that is no blank.
  private mutating func peek() -> UInt8? {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return bytes[place]
      }
    }
    return nil
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    switch peek() {
    case UInt8(ascii: "{"): return members(depth: depth + 1)
    case UInt8(ascii: "["): return elements(depth: depth + 1)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    case nil: return false
    default: return number()
    }
  }

  private mutating func members(depth: Int) -> Bool {
    place += 1
    guard depth <= Self.depthMax else { return false }
    if takes(UInt8(ascii: "}")) { return true }
    repeat {
      guard peek() == UInt8(ascii: "\""), string(), takes(UInt8(ascii: ":")),
        value(depth: depth)
      else { return false }
    } while takes(UInt8(ascii: ","))
    return takes(UInt8(ascii: "}"))
  }

  private mutating func elements(depth: Int) -> Bool {
    place += 1
    guard depth <= Self.depthMax else { return false }
    if takes(UInt8(ascii: "]")) { return true }
    repeat {
      guard value(depth: depth) else { return false }
    } while takes(UInt8(ascii: ","))
    return takes(UInt8(ascii: "]"))
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  /// From its quotation mark; that it is UTF-8 is looked at elsewhere.
  private mutating func string() -> Bool {
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): guard escape() else { return false }
      case 0..<0x20: return false
      default: continue
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    case UInt8(ascii: "u"): break
    default: return false
    }
    guard let unit = codeUnit() else { return false }
    switch unit {
    case 0xDC00...0xDFFF: return false
    case 0xD800...0xDBFF:
      // The other half of a pair must follow.
      guard bytes.count - place >= 2, bytes[place] == UInt8(ascii: "\\"),
        bytes[place + 1] == UInt8(ascii: "u")
      else { return false }
      place += 2
      guard let low = codeUnit() else { return false }
      return (0xDC00...0xDFFF).contains(low)
    default: return true
    }
  }

  private mutating func codeUnit() -> UInt16? {
    guard bytes.count - place >= 4 else { return nil }
    var unit: UInt16 = 0
    for digit in bytes[place..<place + 4] {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(value)
    }
    place += 4
    return unit
  }

  private mutating func number() -> Bool {
    if next() == UInt8(ascii: "-") { place += 1 }
    if next() == UInt8(ascii: "0") { place += 1 } else { guard digits() else { return false } }
    if next() == UInt8(ascii: ".") {
      place += 1
      guard digits() else { return false }
    }
    guard let e = next(), e | 0x20 == UInt8(ascii: "e") else { return true }
    place += 1
    if let sign = next(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place += 1 }
    return digits()
  }

  private func next() -> UInt8? { place < bytes.count ? bytes[place] : nil }

  /// At least one.
  private mutating func digits() -> Bool {
    let start = place
    while let digit = next(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) { place += 1 }
    return place > start
  }
}
