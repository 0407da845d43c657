import JSONText
public import OrderText
import PumpCore
public import PumpLink
import PumpScenario

/// What one person's signer has at hand.
public struct SignerDesk: Sendable {
  public let key: KeyFile
  public let certificate: Certificate
  /// Pumps whose keys were taken down in person.
  public let pumps: [KnownPump]
  /// Of others who sign the same orders.
  public let others: [Certificate]
  /// The clinic's root; nothing where it is not known here.
  public let root: Bytes32?
  /// Where signed orders are given back; nothing where they are saved only.
  public let clinic: ClinicAddress?

  public init(
    key: KeyFile,
    certificate: Certificate,
    pumps: [KnownPump],
    others: [Certificate],
    root: Bytes32?,
    clinic: ClinicAddress? = nil
  ) {
    self.key = key
    self.certificate = certificate
    self.pumps = pumps
    self.others = others
    self.root = root
    self.clinic = clinic
  }
}

/// The pages of the signer: a request in, an answer out.
///
/// They are served to the person's own machine alone. Whoever else reaches the port (a page on the
/// web that has its name point here, another user of the machine) lacks the token in the address.
struct SignerPage: Sendable {
  let desk: SignerDesk
  let port: Int
  /// In every address: nobody can guess it.
  let token: String
  /// In every form, so that no other page can send one.
  let formToken: String
  let gate: PassphraseGate
  let now: @Sendable () -> LocalTime
  let views: PageViews

  /// Who may ask at all.
  private var entry: PageEntry {
    PageEntry(program: "signer", port: port, token: token, formToken: formToken)
  }

  func answer(_ request: PageRequest) async -> PageResponse {
    if let refusal = entry.refusal(of: request) { return failure(refusal.status, refusal.line) }
    let path = request.path.dropFirst(token.utf8.count + 1)
    switch (request.method, path) {
    case (.get, "/style.css"):
      var response = PageResponse(200, html: PageStyle.css)
      response.contentType = "text/css; charset=utf-8"
      return response
    case (.get, "/"), (.get, ""):
      let form = PageForm(urlEncoded: request.query.utf8)
      if form["order"] == nil { return PageResponse(200, html: views.open(self, nil)) }
      return show(form)
    case (.post, "/show"): return show(request)
    case (.post, "/sign"):
      return request.contentType.lowercased().hasPrefix("application/json")
        ? await signJSON(request) : await sign(request)
    case (.post, "/file"): return file(request)
    default: return failure(404, "There is no such page.")
    }
  }

  func failure(_ status: Int, _ line: String) -> PageResponse {
    PageResponse(status, html: views.failure(line))
  }

  private func form(_ request: PageRequest) -> PageForm? {
    guard let form = PageForm(request.body, contentType: request.contentType),
      entry.isOwn(form)
    else { return nil }
    return form
  }

  // MARK: Showing

  private func show(_ request: PageRequest) -> PageResponse {
    guard let form = form(request) else { return failure(403, "A form of another page.") }
    return show(form)
  }

  private func show(_ form: PageForm) -> PageResponse {
    do throws(SigningError) {
      if let request = try request(try Self.bytes("order", form)) {
        return PageResponse(200, html: views.request(self, request, fault: nil))
      }
      let work = try work(form)
      return PageResponse(200, html: views.statement(self, work, fault: nil))
    } catch {
      return PageResponse(422, html: views.open(self, error.description))
    }
  }

  /// An order on the desk, and what may be done with it here.
  struct Work: Sendable {
    let orderBytes: [UInt8]
    let receiptBytes: [UInt8]?
    let statement: OrderStatement
    /// Why this person cannot sign it, or how.
    let signing: Result<OrderSigning, SigningError>
  }

  /// A request on the desk, likewise.
  struct RequestWork: Sendable {
    let bytes: [UInt8]
    let statement: RequestStatement
    let signing: Result<RequestSigning, SigningError>
  }

  /// The request of a form or a program; nothing where the bytes are anything else.
  private func request(_ bytes: [UInt8]?) throws(SigningError) -> RequestWork? {
    guard let bytes, Request.isLabel(of: bytes) else { return nil }
    guard let request = Request(bytes: bytes) else {
      throw SigningError(
        .malformed,
        "given \(bytes.count) bytes that are not the one encoding of a request: nothing is shown or signed"
      )
    }
    let statement = try RequestStatement(request)
    let signing: Result<RequestSigning, SigningError>
    do throws(SigningError) {
      let person = try SigningPerson(desk.key.keys, desk.certificate, root: desk.root, at: now())
      signing = .success(try RequestSigning(statement, by: person))
    } catch { signing = .failure(error) }
    return RequestWork(bytes: bytes, statement: statement, signing: signing)
  }

  private func work(_ form: PageForm) throws(SigningError) -> Work {
    guard let order = try Self.bytes("order", form) else {
      throw SigningError(.malformed, "given no order, expected a file or its text")
    }
    return try work(order, receipt: try Self.bytes("receipt", form))
  }

  private func work(_ bytes: [UInt8], receipt: [UInt8]?) throws(SigningError) -> Work {
    let order = try Order(reading: bytes)
    var verified: VerifiedReceipt?
    if let receipt {
      guard let pump = desk.pumps.first(where: { $0.id == order.pump }) else {
        throw SigningError(
          .otherPump,
          "given an order for pump \(Hex.text(order.pump)), whose key this signer does not have: "
            + "start it with --pump"
        )
      }
      verified = try VerifiedReceipt(bytes: receipt, of: pump)
    }
    let statement = try OrderStatement(order, beside: verified)
    let signing: Result<OrderSigning, SigningError>
    do throws(SigningError) {
      let person = try SigningPerson(desk.key.keys, desk.certificate, root: desk.root, at: now())
      signing = .success(try OrderSigning(statement, by: person, others: desk.others))
    } catch { signing = .failure(error) }
    return Work(
      orderBytes: bytes,
      receiptBytes: receipt,
      statement: statement,
      signing: signing
    )
  }

  /// A file that was uploaded, or the text of one.
  private static func bytes(_ name: String, _ form: PageForm) throws(SigningError) -> [UInt8]? {
    if let file = form[bytes: "\(name)File"] { return file }
    guard let text = form[name], text.contains(where: { !$0.isWhitespace }) else { return nil }
    guard let bytes = Base64URL.bytes(text) else {
      throw SigningError(
        .malformed,
        "the text of the \(name) is not base64url as the system writes it"
      )
    }
    return bytes
  }

  // MARK: Signing

  private func sign(_ request: PageRequest) async -> PageResponse {
    guard let form = form(request) else { return failure(403, "A form of another page.") }
    let passphrase = form[bytes: "passphrase"] ?? []
    do throws(SigningError) {
      if let request = try self.request(try Self.bytes("order", form)) {
        switch await sign(request, passphrase: passphrase) {
        case .signed(let bytes):
          return PageResponse(200, html: views.signed(self, request, bytes))
        case .refused(let error):
          return PageResponse(422, html: views.request(self, request, fault: error.description))
        case .wait(let seconds):
          var response = PageResponse(
            429,
            html: views.request(self, request, fault: Self.waiting(seconds))
          )
          response.retryAfter = seconds
          return response
        }
      }
      let work = try work(form)
      switch await sign(work, passphrase: passphrase, form["figure"]) {
      case .signed(let bytes):
        return PageResponse(200, html: views.signed(self, work, bytes))
      case .refused(let error):
        return PageResponse(422, html: views.statement(self, work, fault: error.description))
      case .wait(let seconds):
        var response = PageResponse(
          429,
          html: views.statement(self, work, fault: Self.waiting(seconds))
        )
        response.retryAfter = seconds
        return response
      }
    } catch { return PageResponse(422, html: views.open(self, error.description)) }
  }

  private static func waiting(_ seconds: Int) -> String {
    "too many wrong passphrases: wait \(seconds) s, then try again"
  }

  private enum SignOutcome: Sendable {
    case signed([UInt8])
    case refused(SigningError)
    case wait(Int)
  }

  private func sign(_ work: Work, passphrase: [UInt8], _ figure: String?) async -> SignOutcome {
    let signing: OrderSigning
    switch work.signing {
    case .failure(let error): return .refused(error)
    case .success(let able): signing = able
    }
    guard work.statement.isConfirmed(by: figure) else {
      return .refused(
        SigningError(.confirmation, work.statement.mismatch(figure))
      )
    }
    return await withSecrets(passphrase) { secrets throws(SigningError) in
      try signing.sign(with: secrets, typed: figure)
    }
  }

  private func sign(_ work: RequestWork, passphrase: [UInt8]) async -> SignOutcome {
    switch work.signing {
    case .failure(let error): .refused(error)
    case .success(let signing):
      await withSecrets(passphrase) { secrets throws(SigningError) in
        try signing.sign(with: secrets)
      }
    }
  }

  /// Opens the key for the one signature.
  private func withSecrets(
    _ passphrase: [UInt8],
    _ sign: @Sendable (SecretKeys) throws(SigningError) -> [UInt8]
  ) async -> SignOutcome {
    if case .wait(let seconds) = await gate.enter() { return .wait(seconds) }
    let key = desk.key
    let opened = await Offloading.run { () -> Result<SecretKeys, SigningError> in
      do throws(SigningError) { return .success(try key.open(passphrase)) } catch {
        return .failure(error)
      }
    }
    do throws(SigningError) {
      let secrets = try opened.get()
      await gate.leave(right: true)
      return .signed(try sign(secrets))
    } catch {
      if error.kind == .passphrase { await gate.leave(right: false) }
      return .refused(error)
    }
  }

  /// For programs of the same person: `order`, `receipt`, `passphrase`, `figure` in, `order` out.
  private func signJSON(_ request: PageRequest) async -> PageResponse {
    func answer(_ status: Int, _ name: String, _ text: String) -> PageResponse {
      var writer = JSONWriter()
      writer.beginObject()
      writer.member(name, text)
      writer.endObject()
      writer.newline()
      return PageResponse(status, json: writer.bytes)
    }
    do throws(SigningError) {
      let form = try Self.jsonForm(request.body)
      guard let order = form.order, let passphrase = form.passphrase else {
        throw SigningError(.malformed, "expected \"order\" and \"passphrase\"")
      }
      let outcome =
        if let request = try self.request(order) {
          await sign(request, passphrase: Array(passphrase.utf8))
        } else {
          await sign(
            try work(order, receipt: form.receipt),
            passphrase: Array(passphrase.utf8),
            form.figure
          )
        }
      switch outcome {
      case .signed(let bytes): return answer(200, "order", Base64URL.text(bytes))
      case .refused(let error): return answer(422, "error", error.description)
      case .wait(let seconds):
        var response = answer(429, "error", "too many wrong passphrases: wait \(seconds) s")
        response.retryAfter = seconds
        return response
      }
    } catch { return answer(422, "error", error.description) }
  }

  private static func jsonForm(
    _ body: [UInt8]
  ) throws(SigningError) -> (
    order: [UInt8]?, receipt: [UInt8]?, passphrase: String?, figure: String?
  ) {
    do {
      let root = JSONCursor(root: try JSONValue(parsing: body))
      let object = try root.object(["order", "receipt", "passphrase", "figure"])
      func bytes(_ name: String) throws -> [UInt8]? {
        guard let text = try object.optional(name)?.string() else { return nil }
        guard let bytes = Base64URL.bytes(text) else {
          throw SigningError(.malformed, "$.\(name): expected base64url")
        }
        return bytes
      }
      return (
        try bytes("order"), try bytes("receipt"), try object.optional("passphrase")?.string(),
        try object.optional("figure")?.string()
      )
    } catch { throw SigningError(.malformed, "\(error)") }
  }

  /// A signed order as a file to save.
  private func file(_ request: PageRequest) -> PageResponse {
    guard let form = form(request), let text = form["order"], let bytes = Base64URL.bytes(text)
    else { return failure(403, "A form of another page.") }
    if Request(bytes: bytes) != nil { return PageResponse(file: bytes, named: "signed.request") }
    guard let order = Order(bytes: bytes) else { return failure(403, "A form of another page.") }
    return PageResponse(file: bytes, named: "\(order.content.kind)-\(order.sequence).order")
  }
}
