import PumpCore
import PumpLink
import PumpLinkCrypto
import PumpScenario
import Quantities

/// Every field of an order as a line: a field that is not here would be signed unseen.
enum StatementFields {
  typealias Row = OrderStatement.Row
  typealias Section = OrderStatement.Section

  static func row(_ title: String, _ value: String, _ note: String? = nil) -> Row {
    Row(title: title, value: value, note: note)
  }

  static func sections(of order: Order, in mixture: DrugAmounts?) -> [Section] {
    let program = ProgramFields(mixture: mixture)
    var sections: [Section]
    switch order.content {
    case .program(let content): sections = program.sections(content)
    case .refill(let content): sections = refill(content)
    case .catheter(let content):
      let state = content.isFull ? "full of the present mixture" : "empty of drug"
      sections = [
        Section(
          title: "Catheter",
          rows: [
            row("Whole fluid path", AmountText.volume(content.pathVolume)),
            row("The path is", state),
          ]
        )
      ]
    case .commissioning(let content):
      sections = [
        Section(
          title: "Commissioning",
          rows: [row("Local time", content.local.text)]
        ), keys(content.keys), envelope(content.envelope),
      ]
    case .envelope(let content): sections = [envelope(content)]
    case .limits(let content): sections = [program.standing(content)]
    case .keys(let content): sections = [keys(content)]
    case .clinicianBolus(let volume, let over):
      sections = [
        Section(
          title: "Clinician bolus",
          rows: [
            row("Volume", AmountText.volume(volume), program.mass(in: volume)),
            row("Given over", over.text),
          ]
        )
      ]
    case .suspend(let span):
      sections = [Section(title: "No delivery at all", rows: [row("For", span.text)])]
    case .mri(let span):
      sections = [Section(title: "No delivery during MRI", rows: [row("For", span.text)])]
    case .setClock(let local):
      sections = [Section(title: "Clock", rows: [row("Local time", local.text)])]
    case .safeRate, .resume, .clearOverDelivery: sections = []
    }
    return sections + [address(order)]
  }

  /// Whom the order is for, after what, until when, and who has signed.
  private static func address(_ order: Order) -> Section {
    var rows = [
      row("Kind", order.content.kind.words),
      row("Pump", Hex.text(order.pump)),
      row("Sequence", "\(order.sequence)"),
      row(
        "Follows on the order",
        order.previous == Bytes32() ? "none: it is the first" : Hex.text(order.previous)
      ),
      row("Valid from", time(order.notBefore)),
      row("Valid until", time(order.notAfter)),
      row("Valid for", (order.notAfter - order.notBefore).text),
    ]
    for place in 0..<order.signatureCount {
      let signature = order.signature(place)
      rows.append(row("Signature \(place + 1) by key", Hex.spoken(signature.key)))
    }
    if order.signatureCount == 0 { rows.append(row("Signatures", "none yet")) }
    return Section(title: "Address and validity", rows: rows)
  }

  /// A pump's time, exact and readable.
  static func time(_ time: PumpTime) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let milliseconds = time.milliseconds
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    let fraction = rest == 0 ? "" : "." + String("00\(rest)".suffix(3))
    let clock = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return "pump day \(seconds / 86_400), \(clock)\(fraction)"
  }

  private static func refill(_ content: RefillContent) -> [Section] {
    let program = ProgramFields(mixture: content.mixture)
    var rows = [
      row("Taken out", AmountText.volume(content.aspirated)),
      row("Filled in", AmountText.volume(content.fill), program.mass(in: content.fill)),
    ]
    for place in 0..<content.mixture.count {
      let (drug, amount) = content.mixture[place]
      rows.append(
        row(drugTitle(drug), Concentration(nanogramsPerMillilitre: amount).text, "in the new fill")
      )
    }
    if content.mixture.count == 0 { rows.append(row("Drugs in the new fill", "none")) }
    rows.append(
      row("With a new program", content.program == nil ? "no: the one in force goes on" : "yes")
    )
    return [Section(title: "Refill", rows: rows)]
      + (content.program.map { program.sections($0) } ?? [])
  }

  /// A drug by its name and the number that is signed.
  static func drugTitle(_ drug: UInt32) -> String {
    guard let known = DrugNumber.known(drug) else { return "RxNorm \(drug), a drug not known here" }
    return "\(known.name) (RxNorm \(drug)\(known.isVerified ? "" : ", number unverified"))"
  }

  private static func keys(_ keys: KeyContent) -> Section {
    let crypto = SwiftCrypto()
    func line(_ title: String, _ key: Bytes32, _ note: String? = nil) -> Row {
      guard key != Bytes32() else { return row(title, "none") }
      return row(title, Hex.text(key), note ?? "key id \(Hex.spoken(Bytes16(of: key, crypto)))")
    }
    let card =
      keys.emergencyCard == Bytes32()
      ? "none" : "fingerprint \(Hex.spoken(Bytes16(of: keys.emergencyCard, crypto)))"
    return Section(
      title: "Whom the pump listens to",
      rows: [
        line("First root", keys.root), line("Second root", keys.secondRoot),
        line("Patient's signing key", keys.patient),
        line("Patient's controller", keys.patientSession),
        row("Emergency card", card, "a secret: only its fingerprint is shown"),
      ]
    )
  }

  private static func envelope(_ envelope: Envelope) -> Section {
    func percent(_ thousandths: UInt16) -> String {
      "±\(thousandths / 10)\(thousandths % 10 == 0 ? "" : ".\(thousandths % 10)") %"
    }
    return Section(
      title: "Envelope for remote orders",
      rows: [
        row("Change in one step", percent(envelope.step)),
        row("Change against the last in person", percent(envelope.week)),
        row("Between increases", envelope.betweenIncreases.text),
        row("An increase waits", envelope.delay.text),
        row("Bedside session at most", "\(envelope.bedsideAge.text) old"),
      ]
    )
  }

  /// What a receipt says, line by line.
  static func inForce(_ receipt: Receipt) -> [Row] {
    let force = receipt.inForce
    var rows = [
      row("The pump said so at", time(receipt.time), "its clock showed \(receipt.local.text)"),
      row("It answered an order with", outcome(receipt)),
      row("Order in force", force.order == Bytes32() ? "none" : Hex.text(force.order)),
      row("Last sequence", "\(force.sequence)"),
      row("In the reservoir", force.mixture.mixtureText),
      row("Basal in the fullest 24 h", AmountText.volume(force.plannedVolume)),
    ]
    for place in 0..<force.plannedDose.count {
      let (drug, amount) = force.plannedDose[place]
      rows.append(
        row("\(DrugNumber.name(of: drug)) in the fullest 24 h", AmountText.mass(amount, of: drug))
      )
    }
    rows += [
      row("All patient doses of 24 h", AmountText.volume(force.patientDoses)),
      row("Mean rate", force.meanRate.text), row("Highest rate", force.highestRate.text),
      row("Safe rate", force.safeRate.text),
    ]
    return rows
  }

  private static func outcome(_ receipt: Receipt) -> String {
    switch receipt.outcome {
    case .applied: "applied"
    case .pending: "pending until \(time(receipt.until))"
    case .refused: "refused: \(receipt.refusal.reason)"
    case .superseded: "superseded"
    case .cancelled: "cancelled"
    }
  }
}
