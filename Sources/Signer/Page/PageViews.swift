import Mustache
import OrderText
import PumpLink
import PumpScenario

/// Turns what is on the desk into HTML.
struct PageViews: Sendable {
  private let library: MustacheLibrary

  /// - Throws: where a template is malformed, which a test would see.
  init() throws {
    var library = MustacheLibrary()
    for (name, text) in [
      ("frame", PageTemplates.frame), ("fault", PageTemplates.fault),
      ("fields", PageTemplates.fields), ("open", PageTemplates.open),
      ("statement", PageTemplates.statement), ("signed", PageTemplates.signed),
      ("failure", PageTemplates.failure), ("request", PageTemplates.request),
    ] { try library.register(text, named: name) }
    self.library = library
  }

  private func render(_ name: String, _ values: [String: Any]) -> String {
    guard let text = library.render(values, withTemplate: name) else {
      preconditionFailure("every template is registered")
    }
    return text
  }

  private func common(_ page: SignerPage, _ title: String) -> [String: Any] {
    [
      "title": title, "base": "/\(page.token)", "csrf": page.formToken,
      "name": page.desk.key.keys.name, "role": "\(page.desk.certificate.role)",
      "key": Hex.spoken(page.desk.key.keys.id),
    ]
  }

  func failure(_ line: String) -> String { render("failure", ["line": line]) }

  /// Where an order is opened.
  func open(_ page: SignerPage, _ fault: String?) -> String {
    var values = common(page, "Open an order")
    values["pumps"] = page.desk.pumps.map { Hex.text($0.id) }
    if let fault { values["fault"] = fault }
    return render("open", values)
  }

  /// What the bytes say, beside what is in force, and the signature.
  func statement(_ page: SignerPage, _ work: SignerPage.Work, fault: String?) -> String {
    let statement = work.statement
    var values = common(page, statement.headline)
    if let fault { values["fault"] = fault }
    values["headline"] = statement.headline
    values["findings"] = statement.findings.map { finding -> [String: Any] in
      var values: [String: Any] = [
        "kind": finding.weight.rawValue, "weight": finding.weight.words, "text": finding.text,
      ]
      if let source = finding.source { values["source"] = source }
      return values
    }
    values["hasTotals"] = !statement.totals.isEmpty
    values["totals"] = statement.totals.map { total -> [String: Any] in
      let change = total.change.isEmpty ? "not known" : total.change
      var values: [String: Any] = [
        "title": total.title, "before": total.before, "after": total.after, "change": change,
        "large": total.isLarge,
      ]
      if let words = total.words { values["words"] = words }
      return values
    }
    values["sections"] = statement.sections.map { Self.fields($0.title, $0.rows) }
    values["remote"] = statement.remote
    if let force = statement.inForce, let first = force.first {
      values["asOf"] = "as of \(first.value)"
      values["hasForce"] = true
      values["force"] = [Self.fields("In force", force)]
    }
    values["hash"] = Hex.text(statement.hash)
    values["order"] = Base64URL.text(work.orderBytes)
    values["receipt"] = work.receiptBytes.map { Base64URL.text($0) } ?? ""
    if let confirmation = statement.confirmation { values["question"] = confirmation.question }
    if let lead = statement.lead, let words = lead.words {
      values["lead"] = [
        "title": lead.title, "after": lead.after, "words": words,
        "beside": lead.change.isEmpty
          ? "What is in force is not known."
          : "In force: \(lead.before). Change: \(lead.change)",
      ]
    }
    switch work.signing {
    case .success(let signing): values["standing"] = signing.standing
    case .failure(let error): values["cannot"] = error.description
    }
    return render("statement", values)
  }

  private static func fields(_ title: String, _ rows: [OrderStatement.Row]) -> [String: Any] {
    let rows = rows.map { row -> [String: Any] in
      var values: [String: Any] = ["title": row.title, "value": row.value]
      if let note = row.note { values["note"] = note }
      return values
    }
    return ["title": title, "rows": rows]
  }

  /// What the bytes of a request say, and the signature.
  func request(_ page: SignerPage, _ work: SignerPage.RequestWork, fault: String?) -> String {
    let statement = work.statement
    var values = common(page, statement.headline)
    if let fault { values["fault"] = fault }
    values["headline"] = statement.headline
    values["sections"] = [Self.fields("The request", statement.rows)]
    values["hash"] = Hex.text(statement.hash)
    values["order"] = Base64URL.text(work.bytes)
    switch work.signing {
    case .success(let signing): values["standing"] = signing.standing
    case .failure(let error): values["cannot"] = error.description
    }
    return render("request", values)
  }

  /// The request with its signature.
  func signed(
    _ page: SignerPage,
    _ work: SignerPage.RequestWork,
    _ bytes: [UInt8]
  ) -> String {
    var values = common(page, "Signed")
    values["headline"] = work.statement.headline
    values["hash"] = Hex.text(work.statement.hash)
    values["order"] = Base64URL.text(bytes)
    if let clinic = page.desk.clinic {
      values["clinic"] = ["origin": clinic.origin, "action": clinic.returnAddress]
    }
    values["count"] = 1
    if case .success(let signing) = work.signing { values["standing"] = signing.standing }
    return render("signed", values)
  }

  /// The order with one more signature.
  func signed(_ page: SignerPage, _ work: SignerPage.Work, _ bytes: [UInt8]) -> String {
    var values = common(page, "Signed")
    values["headline"] = work.statement.headline
    values["hash"] = Hex.text(work.statement.hash)
    values["order"] = Base64URL.text(bytes)
    if let clinic = page.desk.clinic {
      values["clinic"] = ["origin": clinic.origin, "action": clinic.returnAddress]
    }
    values["count"] = Order(bytes: bytes)?.signatureCount ?? 0
    if case .success(let signing) = work.signing { values["standing"] = signing.standing }
    return render("signed", values)
  }
}
