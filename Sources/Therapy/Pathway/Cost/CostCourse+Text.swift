extension CostCourse {
  /// The answer in one sentence.
  public var sentence: String {
    switch breakEven {
    case .month(let first, let lasting) where lasting == first:
      "The pump has cost no more from month \(first) on."
    case .month(let first, let lasting?):
      "The pump has cost no more at the end of month \(first); after its replacements that stays so from "
        + "month \(lasting) on."
    case .month(let first, nil):
      "The pump has cost no more at the end of month \(first), and more again at the end of month "
        + "\(months.count): a replacement lies between."
    case .never(.monthlyNotLower):
      "Never: a month with the pump costs no less than one without it."
    case .never(.replacementsOutweigh):
      "Never: a replacement costs no less than the months before it save."
    case .never(.horizonTooShort):
      "Not within \(months.count) months: \(Self.amount(months.last?.differenceCents ?? 0)) "
        + "\(question.currency) are still open."
    }
  }

  /// A table for people: sums at the end of each month, in the currency.
  public var text: String {
    let heads = ["Month", "Pump", "Without", "Difference"]
    let rows = months.map {
      [
        "\($0.month)", Self.amount($0.pumpCents), Self.amount($0.conventionalCents),
        Self.amount($0.differenceCents),
      ]
    }
    let widths = heads.indices.map { column in
      ([heads] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([heads] + rows).map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }
    return ([sentence, "Sums in \(question.currency)."] + lines).joined(separator: "\n") + "\n"
  }

  /// As in `-1234.05`.
  public static func amount(_ cents: Int64) -> String {
    let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension CostCourse: Encodable {
  private enum Key: String, CodingKey {
    case question, months, breakEvenMonth, lastingFrom, never, sentence
  }

  /// `{"question": …, "months": [{"month": 1, "pumpCents": …}, …], "breakEvenMonth": 28, …}`.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(question, forKey: .question)
    try box.encode(months, forKey: .months)
    try box.encode(sentence, forKey: .sentence)
    switch breakEven {
    case .month(let first, let lasting):
      try box.encode(first, forKey: .breakEvenMonth)
      try box.encodeIfPresent(lasting, forKey: .lastingFrom)
    case .never(let reason): try box.encode(reason, forKey: .never)
    }
  }
}

/// A figure of the literature, to be looked at beside the clinic's own; never a default.
public struct PublishedCost: Codable, Equatable, Sendable {
  public let study: String
  public let figure: String
  public let source: String
  /// Whether someone has read it in its source.
  public let isVerified: Bool

  /// The table of the pathway, section 12.
  public static let all: [Self] = [
    Self(
      study: "Kumar 2002",
      figure: "5 years CAD 29410 against 38000; break-even in month 28",
      source: "ebn.bmj.com, PMID 12405366",
      isVerified: true
    ),
    Self(
      study: "Kumar 2013",
      figure: "CAD 11326 for each QALY; 1.1508 QALY more",
      source: "discovery.researcher.life, cost-effectiveness in chronic non-malignant pain",
      isVerified: true
    ),
    Self(
      study: "de Lissovoy 1997",
      figure: "USD 82893 in 60 months, 1382 a month",
      source: "doi.org/10.1016/S0149-2918(97)80077-X",
      isVerified: true
    ),
    Self(
      study: "Neuromodulation 1999, review",
      figure: "break-even after 3 to 6 months (cancer), 11 to 22 months (other pain)",
      source: "doi.org/10.1046/j.1525-1403.1999.00077",
      isVerified: true
    ),
    Self(
      study: "JAMA Netw Open 2019, claims",
      figure: "USD 15142 saved in 2 months, 63498 in 12",
      source: "abstract, jnccn; zh.jamanetwork",
      isVerified: true
    ),
  ]
}
