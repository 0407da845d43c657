import ArgumentParser
import OrderText
import PumpLink
import PumpScenario
import Quantities
import Signer

/// `cisterna order`.
struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Write orders, read what their bytes say, sign and verify them.",
    discussion: """
      An order is the only thing that changes therapy. It is a small file of bytes (.order) that the \
      pump checks itself; what you sign is these bytes and nothing else.

        cisterna order new program.json --receipt last.receipt --pump my.pump --output up.order
        cisterna order show up.order --receipt last.receipt --pump my.pump
        cisterna order sign up.order --receipt last.receipt --pump my.pump --key ada.key --cert ada.cert
        cisterna order verify up.order --cert ada.cert --root clinic.pub

      Exit status of every order command: 0; 2 where an argument or a file is bad; 3 where the order, \
      a receipt, a signature or a certificate does not hold, or the role may not; 4 where the \
      passphrase is wrong.
      """,
    subcommands: [
      OrderNew.self, OrderShow.self, OrderSign.self, OrderCosign.self, OrderVerify.self,
    ]
  )
}

/// The pump's last receipt, and the pump whose it must be.
struct ReceiptOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The pump's last receipt.", valueName: "file"))
  var receipt: String?

  @Option(
    help: ArgumentHelp("The pump's id and key, taken down at the bedside.", valueName: "file.pump")
  )
  var pump: String?

  func identity() throws -> KnownPump? {
    guard let pump else { return nil }
    return try naming(pump) { try KnownPump(bytes: try Files.read(pump)) }
  }

  func read() throws -> VerifiedReceipt? {
    guard let receipt else { return nil }
    guard let identity = try identity() else {
      throw Failure(.badInput, "--receipt needs --pump: without its key a receipt proves nothing")
    }
    return try naming(receipt) {
      try VerifiedReceipt(bytes: try Files.read(receipt), of: identity)
    }
  }
}

/// `cisterna order new`.
struct OrderNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write an order from a JSON file.",
    discussion: """
      The file says what to "do" (program, refill, catheter, commissioning, envelope, limits, keys, \
      clinicianBolus, safeRate, suspend, mri, resume, clearOverDelivery, setClock), with the fields \
      of a scenario. Pump, sequence, hash in force, pump time and mixture come from the receipt, or \
      stand in the file as "pump", "sequence", "previous", "from" and "mixture". "validFor" is a day \
      without being said, 10 min for a bolus.

        {"do": "program", "validFor": "2 h", "program": {"basal": {"mode": "constant", \
      "rate": "60 ug/d"}, "limits": {"maxRate": "1 mL/d", "maxVolumePer24h": "0.6 mL", \
      "maxDosePer24h": {"baclofen": "90 ug"}}, "safeRate": "30 ug/d", "restartGap": "24 h", \
      "lowReservoir": "2 mL"}}

        cisterna order new program.json --receipt last.receipt --pump my.pump --output up.order

      The first order of a pump names the clinic's root, and there is no receipt yet:

        cisterna order new Examples/orders/commissioning.json --pump pump1.contact.pump \
      --root clinic.pub --output commission.order
      """
  )

  @Argument(help: ArgumentHelp("What is ordered.", valueName: "file.json"))
  var file: String

  @OptionGroup var receipt: ReceiptOptions

  @Option(
    help: ArgumentHelp("The clinic's root, for an order that names roots.", valueName: "file.pub")
  )
  var root: String?

  @Option(help: ArgumentHelp("Where to write the order.", valueName: "file.order"))
  var output: String

  func run() throws {
    var known = DraftKnown(pump: try self.receipt.identity()?.id, local: Chance.now())
    if let root {
      let keys = try naming(root) { try PublicKeys(bytes: try Files.read(root)) }
      guard keys.kind == .root else {
        throw Failure(.badInput, "\(root): these are keys of a person, expected those of a root")
      }
      known.root = keys.signing
    }
    let receipt = try receipt.read()
    let draft: OrderDraft
    do {
      draft = try OrderDraft(bytes: try Files.read(file), receipt: receipt, known: known)
    } catch let error as ScenarioError { throw Failure(.badInput, "\(file): \(error.description)") }
    let statement = try naming(file) { try OrderStatement(draft.order, beside: receipt) }
    guard let bytes = draft.order.array else { throw Failure(.badInput, "\(file): no such order") }
    try Files.write(bytes, to: output)
    guard output != "-" else { return }
    var text = statement.text()
    for rounding in draft.roundings where rounding.deviation.mass.femtograms != 0 {
      text +=
        "Rounded: \(rounding.path): \(rounding.asked.text) became \(rounding.rate.text), which "
        + "gives \(rounding.given.text)\n"
    }
    try Streams.standardOutput(Array(text.utf8))
  }
}

/// `cisterna order show`.
struct OrderShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "What the bytes of an order say, beside what the pump says is in force.",
    discussion: """
      Findings come first, then the 24 h totals before and after, then every field of the bytes.

        cisterna order show up.order --receipt last.receipt --pump my.pump
      """
  )

  @Argument(help: ArgumentHelp("The order.", valueName: "file.order"))
  var file: String

  @OptionGroup var receipt: ReceiptOptions

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let receipt = try receipt.read()
    let statement = try naming(file) {
      try OrderStatement(try Order(reading: try Files.read(file)), beside: receipt)
    }
    try Streams.standardOutput(json ? statement.json() : Array(statement.text().utf8))
  }
}

/// The person who signs, and the signature.
struct SignOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Your key file.", valueName: "file.key"))
  var key: String

  @Option(help: ArgumentHelp("Your certificates.", valueName: "file.cert"))
  var cert: String

  @Option(
    help: ArgumentHelp("The clinic's public keys, to check certificates.", valueName: "file.pub")
  )
  var root: String?

  @Option(help: ArgumentHelp("Certificates of who has signed before.", valueName: "file.cert"))
  var other: [String] = []

  @Option(
    help: ArgumentHelp("The figure to be typed where a finding is that heavy.", valueName: "figure")
  )
  var figure: String?

  @OptionGroup var passphrase: PassphraseOptions

  func rootKey() throws -> Bytes32? {
    guard let root else { return nil }
    return try naming(root) { try PublicKeys(bytes: try Files.read(root)).signing }
  }

  /// Shows an order, asks for what has to be typed, and signs it.
  func sign(
    _ file: String,
    _ receipt: ReceiptOptions,
    output: String?,
    wanted: Int
  ) throws {
    let verified = try receipt.read()
    let order = try naming(file) { try Order(reading: try Files.read(file)) }
    guard order.signatureCount == wanted else {
      let expected = wanted == 0 ? "none: use order cosign" : "one: use order sign first"
      throw Failure(
        .badInput,
        "\(file): given \(order.signatureCount) signatures, expected \(expected)"
      )
    }
    let statement = try naming(file) { try OrderStatement(order, beside: verified) }
    Streams.standardError(statement.text())
    let rootKey = try rootKey()
    try Files.checkPrivate(key)
    let keyFile = try naming(key) { try KeyFile(bytes: try Files.read(key)) }
    let person = try naming(cert) {
      guard let signing = try CertificateFile(bytes: try Files.read(cert)).signing else {
        throw SigningError(.role, "given no certificate of a signing key")
      }
      return try SigningPerson(keyFile.keys, signing, root: rootKey, at: Chance.now())
    }
    var others: [Certificate] = []
    for path in other {
      others += try naming(path) { try CertificateFile(bytes: try Files.read(path)).certificates }
    }
    let signing = try naming(file) { try OrderSigning(statement, by: person, others: others) }
    Streams.standardError("\n\(keyFile.keys.name), \(person.role). \(signing.standing)\n")
    var typed = figure
    if typed == nil, statement.confirmation != nil, Streams.isInputTerminal {
      Streams.standardError((statement.confirmation?.question ?? "") + ": ")
      typed = readLine(strippingNewline: true)
    }
    guard statement.isConfirmed(by: typed) else {
      throw Failure(.refused, "\(file): \(statement.mismatch(typed)) (--figure)")
    }
    let secrets = try naming(key) {
      try keyFile.open(try passphrase.passphrase("Passphrase of \(keyFile.keys.name): "))
    }
    let bytes = try naming(file) { try signing.sign(with: secrets, typed: typed) }
    try Files.write(bytes, to: output ?? file)
    Streams.standardError("Signed: \(output ?? file)\n")
  }
}

/// `cisterna order sign`.
struct OrderSign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign the bytes of an order.",
    discussion: """
      Shows what the bytes say first. Where a finding is heavy, or there is no receipt, the 24 h total \
      must be typed, as at the terminal or with --figure "60 ug". The signed order replaces the file unless --output is given.

        cisterna order sign up.order --receipt last.receipt --pump my.pump --key ada.key --cert ada.cert
      """
  )

  @Argument(help: ArgumentHelp("The order.", valueName: "file.order"))
  var file: String

  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var options: SignOptions

  @Option(help: ArgumentHelp("Where to write the signed order.", valueName: "file.order"))
  var output: String?

  func run() throws { try options.sign(file, receipt, output: output, wanted: 0) }
}

/// `cisterna order cosign`.
struct OrderCosign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cosign",
    abstract: "Sign the same bytes as the second person.",
    discussion: """
      The hash of the order does not change with a signature. --other checks the first one.

        cisterna order cosign up.order --receipt last.receipt --pump my.pump \
      --key bo.key --cert bo.cert --other ada.cert
      """
  )

  @Argument(help: ArgumentHelp("The order with one signature.", valueName: "file.order"))
  var file: String

  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var options: SignOptions

  @Option(help: ArgumentHelp("Where to write the signed order.", valueName: "file.order"))
  var output: String?

  func run() throws { try options.sign(file, receipt, output: output, wanted: 1) }
}

/// `cisterna order verify`.
struct OrderVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check signatures and certificates of an order against a root.",
    discussion: """
      Says who signed. Whether the pump takes the order also rests on what is in force and on the way.

        cisterna order verify up.order --cert ada.cert --cert bo.cert --root clinic.pub
      """
  )

  @Argument(help: ArgumentHelp("The order.", valueName: "file.order"))
  var file: String

  @Option(help: ArgumentHelp("Certificates of who signed.", valueName: "file.cert"))
  var cert: [String] = []

  @Option(help: ArgumentHelp("The clinic's public keys.", valueName: "file.pub"))
  var root: String

  @Option(help: ArgumentHelp("The newest list of revoked keys.", valueName: "file"))
  var revoked: String?

  func run() throws {
    let order = try naming(file) { try Order(reading: try Files.read(file)) }
    let root = try naming(self.root) { try PublicKeys(bytes: try Files.read(self.root)).signing }
    var certificates: [Certificate] = []
    for path in cert {
      certificates += try naming(path) {
        try CertificateFile(bytes: try Files.read(path)).certificates
      }
    }
    var list: Revocation?
    if let revoked {
      list = Revocation(bytes: try Files.read(revoked))
      guard list != nil else { throw Failure(.badInput, "\(revoked): no list of revoked keys") }
    }
    let found = try naming(file) {
      try OrderVerification(
        order,
        certificates,
        root: root,
        revocation: list,
        at: Chance.now()
      )
    }
    let rows = found.signers.map { certificate in
      (
        "\(certificate.role)",
        "key \(Hex.spoken(Bytes16(of: certificate.key, Chance.crypto))), person "
          + Hex.spoken(certificate.name)
      )
    }
    try KeyShow.print([("signatures", "\(rows.count), good")] + rows, json: false)
  }
}
