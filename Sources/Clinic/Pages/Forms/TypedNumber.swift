/// A number as somebody typed or pasted it, beside the unit of its field.
///
/// Blanks at the ends and the field's own unit behind the number are what a paste brings along. Nothing
/// else is guessed: a comma may divide decimals or thousands, and another unit another amount (SR-120).
struct TypedNumber: Equatable {
  /// Number and unit, as quantities are read.
  let text: String

  struct Fault: Error, Equatable {
    let expected: String
  }

  /// - Parameters:
  ///   - typed: as it stands in the field.
  ///   - unit: that is chosen or written beside it.
  /// - Throws: what is expected in its place; whether it is a number at all the quantity itself tells.
  init(_ typed: String, unit: String) throws(Fault) {
    let plain = Self.plain(typed)
    let number = plain.prefix { $0.isNumber || "+-., '’".contains($0) }
    let written = Self.trimmed(plain.dropFirst(number.count))
    let digits = Self.trimmed(number)
    if digits.contains(",") {
      throw Fault(
        expected: "a point before decimals and nothing between thousands, as in 1.5 or 1500"
      )
    }
    if digits.contains(where: { " '’".contains($0) }) {
      throw Fault(expected: "one number, with nothing between its digits, as in 1500")
    }
    if digits.hasPrefix(".") { throw Fault(expected: "a zero before the point, as in 0.5") }
    if !digits.isEmpty, !written.isEmpty, Self.unit(written) != Self.unit(unit) {
      throw Fault(
        expected: "the unit beside the field, \(unit); choose another there if it is meant"
      )
    }
    text = digits.isEmpty ? "\(written) \(unit)" : "\(digits) \(unit)"
  }

  /// Blanks of any width become plain ones, and a printed minus the one of the keyboard.
  private static func plain(_ text: String) -> String {
    String(
      text.map { character -> Character in
        if character.isWhitespace || "\u{200b}\u{2060}\u{feff}".contains(character) { return " " }
        return character == "\u{2212}" ? "-" : character
      }
    )
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  /// The spelling of a unit without the two signs of micro.
  private static func unit(_ text: String) -> String {
    text.filter { $0 != " " }.replacing("\u{b5}", with: "u").replacing("\u{3bc}", with: "u")
      .replacing("mcg", with: "ug")
  }
}
