import Therapy

/// The clinic's figures of what care costs, as a form has them: amounts as people write them.
enum CostForm {
  /// So many amounts of each kind.
  static let rows = 5
  static let groups: [(name: String, label: String)] = [
    ("pumpOnce", "Once, with the pump"), ("pumpMonthly", "A month, with the pump"),
    ("conventionalMonthly", "A month, without it"),
  ]
  private static let examples = [
    "pumpOnce": "As evaluation, trial, operation, device.",
    "pumpMonthly": "As refills, visits, drug.",
    "conventionalMonthly": "As medicines, visits, admissions.",
  ]

  /// The fields, with the figures that there are.
  static func fields(_ question: CostQuestion?) -> [(title: String, fields: [Field])] {
    let amounts = groups.map { group in
      let items = question.map { Self.items(group.name, of: $0) } ?? []
      return (
        group.label,
        (0..<rows).flatMap { row in
          pair(group.name, row, items.indices.contains(row) ? items[row] : nil)
        }
      )
    }
    var rest = [
      Field(
        "currency",
        "Currency",
        value: question?.currency ?? "",
        hint: "Three letters, as in CHF."
      ),
      Field(
        "months",
        "Months to reckon",
        .whole,
        value: question.map { "\($0.months)" } ?? "",
        hint: "1 to 600."
      ),
    ]
    rest += pair("replacement", nil, question?.replacement)
    rest += [
      Field(
        "replacementEvery",
        "Another pump every so many months",
        .whole,
        value: question?.replacementEvery.map { "\($0)" } ?? "",
        hint: "With the amount above, or neither.",
        isRequired: false
      ),
      Field(
        "discount",
        "Discount a year, in percent",
        value: question?.discountBasisPoints.map { amount(Int64($0)) } ?? "",
        hint: "Empty for none.",
        isRequired: false
      ),
    ]
    return amounts + [("All of it", rest)]
  }

  private static func pair(_ group: String, _ row: Int?, _ item: CostItem?) -> [Field] {
    let path = row.map { "\(group).\($0)" } ?? group
    let title = groups.first { $0.name == group }?.label ?? "Another pump"
    let number = row.map { " \($0 + 1)" } ?? ""
    // Rows behind the first one stay empty where there is no more.
    let isQuiet = row.map { $0 > 0 } ?? false
    return [
      Field(
        "\(path).name",
        "\(title)\(number): what",
        value: item?.name ?? "",
        hint: row == 0 ? examples[group] : nil,
        isRequired: row == 0,
        isQuiet: isQuiet
      ),
      Field(
        "\(path).amount",
        "\(title)\(number): amount",
        value: item.map { amount($0.cents) } ?? "",
        isRequired: row == 0,
        isQuiet: isQuiet
      ),
    ]
  }

  static func items(_ group: String, of question: CostQuestion) -> [CostItem] {
    switch group {
    case "pumpOnce": question.pumpOnce
    case "pumpMonthly": question.pumpMonthly
    default: question.conventionalMonthly
    }
  }

  static func amount(_ cents: Int64) -> String { CostCourse.amount(cents) }

  // MARK: Reading

  /// What was typed.
  ///
  /// - Throws: the first fault, with the field that it is at.
  static func question(_ fields: FormFields) throws(WebError) -> CostQuestion {
    var lists: [String: [CostItem]] = [:]
    for group in groups {
      var items: [CostItem] = []
      for row in 0..<rows {
        if let item = try item("\(group.name).\(row)", fields) { items.append(item) }
      }
      lists[group.name] = items
    }
    let discount: Int64? =
      if let text = fields.text("discount") { try cents(text, "discount") } else { nil }
    guard let months = try fields.whole("months") else {
      throw FormFields.fault("months", given: nil, expected: "1 to 600")
    }
    return CostQuestion(
      currency: try fields.needed("currency", "three letters, as CHF"),
      pumpOnce: lists["pumpOnce"] ?? [],
      pumpMonthly: lists["pumpMonthly"] ?? [],
      replacement: try item("replacement", fields),
      replacementEvery: try fields.whole("replacementEvery"),
      conventionalMonthly: lists["conventionalMonthly"] ?? [],
      months: months,
      discountBasisPoints: discount.map { Int(clamping: $0) }
    )
  }

  private static func item(_ path: String, _ fields: FormFields) throws(WebError) -> CostItem? {
    let (name, amount) = (fields.text("\(path).name"), fields.text("\(path).amount"))
    guard let name else {
      guard amount == nil else {
        throw FormFields.fault("\(path).name", given: nil, expected: "what the amount is for")
      }
      return nil
    }
    guard let amount else {
      throw FormFields.fault("\(path).amount", given: nil, expected: "an amount, as in 1250.50")
    }
    return CostItem(name: name, cents: try cents(amount, "\(path).amount"))
  }

  /// `1250.5` is 125050; nothing is rounded.
  static func cents(_ text: String, _ field: String) throws(WebError) -> Int64 {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.allSatisfy { part in
      part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard digits, let first = parts.first, let whole = Int64(first), whole <= 100_000_000,
      parts.count == 1 || (parts.count == 2 && (1...2).contains(parts[1].count))
    else {
      throw FormFields.fault(
        field,
        given: "\"\(text.prefix(40))\"",
        expected: "a number with at most two decimals, as in 1250.50"
      )
    }
    let rest = parts.count == 2 ? (parts[1] + "0").prefix(2) : "00"
    return whole * 100 + (Int64(rest) ?? 0)
  }
}
