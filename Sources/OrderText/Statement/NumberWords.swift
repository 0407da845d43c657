import Formulary

/// Numbers and amounts in words: a slip of a digit or a point does not look like another word.
enum NumberWords {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let scales: [(UInt64, String)] = [
    (1_000_000_000_000_000, "quadrillion"), (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"),
  ]

  /// A whole number, as in `one thousand four hundred and forty`.
  static func words(_ number: UInt64) -> String {
    if number < 20 { return small[Int(number)] }
    if number < 100 {
      let rest = number % 10
      return tens[Int(number / 10)] + (rest == 0 ? "" : "-" + small[Int(rest)])
    }
    if number < 1_000 {
      let rest = number % 100
      return small[Int(number / 100)] + " hundred" + (rest == 0 ? "" : " and " + words(rest))
    }
    for (scale, name) in scales where number >= scale {
      let rest = number % scale
      let joint = rest == 0 ? "" : rest < 100 ? " and " : " "
      return "\(words(number / scale)) \(name)" + joint + (rest == 0 ? "" : words(rest))
    }
    return small[0]
  }

  /// A number as it is printed, decimals read digit by digit: `0.15` is `zero point one five`.
  static func words(ofText text: String) -> String? {
    let isAbout = text.hasPrefix("≈ ")
    let parts = (isAbout ? text.dropFirst(2) : text[...])
      .split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = UInt64(first), parts.count <= 2 else { return nil }
    var result = (isAbout ? "about " : "") + words(whole)
    if parts.count == 2 {
      let digits = parts[1].compactMap { $0.wholeNumberValue }
      result += " point " + digits.map { small[$0] }.joined(separator: " ")
    }
    return result
  }

  /// A quantity as it is printed, as in `three hundred micrograms`.
  static func words(ofQuantity text: String) -> String? {
    let units = [
      "ug": "microgram", "mg": "milligram", "mL": "millilitre", "ug/d": "microgram a day",
      "mg/d": "milligram a day", "mL/d": "millilitre a day",
    ]
    guard let space = text.lastIndex(of: " "),
      let unit = units[String(text[text.index(after: space)...])],
      let number = words(ofText: String(text[..<space]))
    else { return nil }
    guard number != "one" else { return "one \(unit)" }
    let parts = unit.split(separator: " ", maxSplits: 1)
    return ([number, parts[0] + "s"] + parts.dropFirst().map(String.init)).joined(separator: " ")
  }
}
