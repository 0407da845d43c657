import Clinic
import Foundation
import HTTPCall
import OrderText
import PumpCore
import PumpLink
import Signer

/// Somebody who works in the simulated clinic: a session with its server, and their own keys.
actor SimulationPerson {
  nonisolated let person: DemoPerson
  /// What they sign with; nothing where they sign nothing.
  nonisolated let held: DemoKeys.Held?
  private let web: SimulationWeb
  private let codeSecret: [UInt8]
  private var session: (cookie: String, token: String)?
  private var signingIn: Task<Void, any Error>?
  private var lastStep: Int64 = 0

  init(_ person: DemoPerson, _ held: DemoKeys.Held?, _ web: SimulationWeb, codeSecret: [UInt8]) {
    (self.person, self.held, self.web, self.codeSecret) = (person, held, web, codeSecret)
  }

  /// Asks the API, and signs in first where there is no session.
  ///
  /// - Parameters:
  ///   - method: to read or to write.
  ///   - path: of the API.
  ///   - body: its JSON.
  ///   - key: of a write.
  ///   - version: of the record that it was decided on, where that matters.
  /// - Returns: the answer, whatever it says.
  /// - Throws: where none comes, or the server does not know the person.
  func send(
    _ method: HTTPCall.Method,
    _ path: String,
    _ body: [UInt8] = [],
    key: String? = nil,
    version: Int? = nil
  ) async throws -> HTTPAnswer {
    for _ in 0..<3 {
      let session = try await signedIn()
      var headers = [("cookie", session.cookie)]
      if let key { headers += [("idempotency-key", key), ("x-csrf", session.token)] }
      if let version { headers.append(("if-match", "\"\(version)\"")) }
      let answer = try await web.send(method, path, body, headers: headers)
      guard answer.status == 401 else { return answer }
      if self.session?.cookie == session.cookie { self.session = nil }
    }
    throw SimulationFault("\(person.name) is not signed in, however often they sign in")
  }

  private func signedIn() async throws -> (cookie: String, token: String) {
    while true {
      if let session { return session }
      if let signingIn {
        try await signingIn.value
        continue
      }
      let task = Task { try await signIn() }
      signingIn = task
      defer { signingIn = nil }
      try await task.value
    }
  }

  private func signIn() async throws {
    func step() -> Int64 { OneTimeCode.step(at: Int64(Date().timeIntervalSince1970 * 1_000)) }
    // Each code opens one session.
    while step() <= lastStep { try await Task.sleep(for: .milliseconds(200)) }
    lastStep = step()
    let answer = try await web.send(
      .post,
      "/api/v1/session",
      FieldText.bytes([
        "name": person.name, "password": person.password,
        "code": OneTimeCode.code(codeSecret, step: lastStep),
      ])
    )
    guard (200...201).contains(answer.status), let cookie = answer.text("set-cookie"),
      let token = FieldText.object(answer.body)["formToken"] as? String
    else {
      throw SimulationFault("\(person.name) cannot sign in: \(answer.status)")
    }
    session = (String(cookie.prefix { $0 != ";" }), token)
  }

  /// Signs what an order's bytes say, read as the signer reads them beside the pump's receipt.
  ///
  /// - Parameters:
  ///   - bytes: of the order, with the signatures that it has.
  ///   - receipt: the pump's newest, as the clinic gave it.
  ///   - pump: whose it must be.
  ///   - others: certificates of those who may have signed.
  ///   - root: the clinic's.
  ///   - now: by the clock on the wall, which is simulated.
  /// - Returns: the same bytes with one signature more.
  /// - Throws: where the bytes, the receipt or the person's key do not hold.
  nonisolated func sign(
    _ bytes: [UInt8],
    beside receipt: [UInt8]?,
    of pump: KnownPump,
    others: [Certificate],
    root: Bytes32,
    at now: Int64
  ) throws -> [UInt8] {
    guard let held, let certificate = held.certificates.signing else {
      throw SimulationFault("\(person.name) signs nothing")
    }
    let verified = try receipt.map { try VerifiedReceipt(bytes: $0, of: pump) }
    let statement = try OrderStatement(try Order(reading: bytes), beside: verified)
    let signing = try OrderSigning(
      statement,
      by: try SigningPerson(
        held.file.keys,
        certificate,
        root: root,
        at: LocalTime(milliseconds: now)
      ),
      others: others.filter { $0.key != certificate.key }
    )
    // Whoever signs reads it and types the figure that it asks for.
    return try signing.sign(with: held.secrets, typed: statement.confirmation?.figure)
  }
}
