import Foundation
import HTTPCall
import OrderText
import PumpLink
import Signer

/// Orders: drafted in the clinic, signed with people's own keys, brought by relay, answered by the pump.
extension SimulatedLife {
  /// Drafts, signs, and waits for the pump's own word.
  ///
  /// - Parameters:
  ///   - draft: as for `cisterna order new`.
  ///   - way: `bedside` or `remote`.
  ///   - reason: why.
  ///   - signers: in their order; the first one drafts.
  ///   - drafted: told of the order's hash before anybody signs.
  /// - Returns: the order, how it stands, and the pump's reason where it refused.
  /// - Throws: where anybody refuses it before the pump is asked, or no word of the pump comes.
  @discardableResult
  func order(
    _ draft: Fields,
    _ way: String,
    _ reason: String,
    by signers: [String],
    drafted: ((String) async throws -> Void)? = nil
  ) async throws -> (order: String, standing: String, reason: String) {
    try await heard()
    var draft = draft
    draft["validFor"] = "4 d"
    try await act(signers[0], "orders", ["order": draft, "way": way, "reason": reason])
    let summary = FieldText.object(try await read("", as: signers[0]))
    let waiting = summary["orders"] as? [Fields] ?? []
    guard let order = waiting.last?["order"] as? String else {
      throw SimulationFault("no order waits after one was drafted")
    }
    try await drafted?(order)
    for name in signers { try await sign(order, by: name) }
    let standing = try await standing(of: order)
    let refusal = standing == "refused" ? try await refusal(of: order) : ""
    if !refusal.isEmpty { tell("refused by the pump: \(refusal.prefix { $0 != ":" })", refusal) }
    let id = id
    world.change { $0.orders.append(.init(patient: id, order: order, outcome: standing)) }
    tell("order \(draft["do"] ?? "") \(way): \(standing)", reason)
    return (order, standing, refusal)
  }

  /// The same, of an order that nothing speaks against: anything but that it was applied is a fault of the run.
  func orderApplied(
    _ draft: Fields,
    _ way: String,
    _ reason: String,
    by signers: [String],
    drafted: ((String) async throws -> Void)? = nil
  ) async throws {
    let (order, standing, refusal) = try await order(
      draft,
      way,
      reason,
      by: signers,
      drafted: drafted
    )
    guard standing == "applied" else {
      throw SimulationFault("\(reason), order \(order): \(standing) \(refusal), expected applied")
    }
  }

  /// Waits until the server has heard the pump within two days of its own clock.
  ///
  /// What is drafted rests on that.
  private func heard() async throws {
    guard let pump else { return }
    for _ in 0..<400 {
      let status = FieldText.object(try await read("/live"))["status"] as? Fields
      if let told = (status?["pumpMilliseconds"] as? NSNumber)?.int64Value,
        now - pump.made - told < 2 * SimulationTime.day
      {
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw SimulationFault("the server does not hear the pump of \(id)")
  }

  private func sign(_ order: String, by name: String) async throws {
    guard let pump else { throw SimulationFault("an order without a pump") }
    let shown = FieldText.object(try await read("/orders/\(order)", as: name))
    guard let bytes = (shown["bytes"] as? String).flatMap(Self.bytes) else {
      throw SimulationFault("the order \(order) has no bytes")
    }
    let person = try world.person(name)
    let signed = try person.sign(
      bytes,
      beside: (shown["receipt"] as? String).flatMap(Self.bytes),
      of: pump.known,
      others: world.certificates,
      root: world.keys.rootFile.signing,
      at: now
    )
    let text = Data(signed).base64EncodedString().replacing("+", with: "-")
      .replacing("/", with: "_").replacing("=", with: "")
    let answer = try await world.web.send(
      .post,
      "/signed",
      Array("order=\(text)".utf8),
      type: "application/x-www-form-urlencoded",
      headers: [("origin", Simulation.signerOrigin)]
    )
    guard [200, 303].contains(answer.status) else {
      throw SimulationFault(
        "the order signed by \(name) is not taken: \(answer.status) "
          + String(decoding: answer.body.prefix(400), as: UTF8.self)
      )
    }
  }

  /// Base64url without padding.
  static func bytes(_ text: String) -> [UInt8]? {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: padded).map { Array($0) }
  }

  private func refusal(of order: String) async throws -> String {
    let shown = FieldText.object(try await read("/orders/\(order)"))
    let answer = (shown["order"] as? Fields)?["answer"] as? Fields
    return answer?["reason"] as? String ?? ""
  }

  private static let underWay: Set<String> = [
    "drafted", "signed", "queued", "sent", "unknown", "toSign",
  ]

  /// Waits, by the wall's clock, until an order stands otherwise.
  ///
  /// - Parameters:
  ///   - order: its hash.
  ///   - but: besides those that are under way.
  /// - Returns: how it stands.
  /// - Throws: where it stays as it was, or a receipt is not the pump's own word.
  func standing(of order: String, but: Set<String> = []) async throws -> String {
    var pause = 20
    for _ in 0..<400 {
      try await Task.sleep(for: .milliseconds(pause))
      pause = min(250, pause + 20)
      let shown = FieldText.object(try await read("/orders/\(order)"))
      guard let standing = shown["standing"] as? String else { continue }
      if Self.underWay.contains(standing) || but.contains(standing) { continue }
      guard
        standing == "withdrawn" || standing == "lapsed" || shown["isVouchedFor"] as? Bool == true
      else { throw SimulationFault("the receipt of \(order) is not the pump's own word") }
      return standing
    }
    throw SimulationFault("no word of the pump on the order \(order)")
  }

  /// Another dose at the bedside, with one prescriber's signature.
  func setAtBedside(_ dose: Int, _ reason: String) async throws {
    try visit(by: "ada")
    try await orderApplied(
      ["do": "program", "program": regimen.program(dose)],
      "bedside",
      reason,
      by: ["ada"]
    )
    (self.dose, doseInPerson) = (dose, dose)
    try await planRefill(at: nil)
  }

  /// From afar: one signature takes away, two add; the patient may stop what waits.
  func adjustFromAfar() async throws {
    switch chance.among(0...9) {
    case 0...3:
      let less = max(regimen.doses.lowerBound / 2, dose * 95 / 100)
      guard less < dose else { return }
      let (_, standing, refusal) = try await order(
        ["do": "program", "program": regimen.program(less)],
        "remote",
        "a step down",
        by: ["ben"]
      )
      guard standing == "applied" else {
        return try mustBeExpected(standing, refusal, of: less, "a step down")
      }
      dose = less
    case 4: try await askTooMuch()
    default: try await raiseFromAfar()
    }
  }

  /// From afar, and more than a step of the envelope: the pump refuses.
  private func askTooMuch() async throws {
    let (_, standing, refusal) = try await order(
      ["do": "program", "program": regimen.program(dose * 118 / 100)],
      "remote",
      "more than the envelope holds",
      by: ["ada", "ben"]
    )
    guard standing == "refused", refusal.hasPrefix("envelope (step)") else {
      throw SimulationFault(
        "an increase by 18 % from afar: \(standing) \(refusal), expected refused: envelope (step)"
      )
    }
  }

  /// A small step from afar that the pump did not take: the world has to know the reason too.
  private func mustBeExpected(
    _ standing: String,
    _ refusal: String,
    of asked: Int,
    _ what: String
  ) throws {
    let expected = RemoteBounds(
      asked: asked,
      inPerson: doseInPerson,
      visited: now - visitedAt,
      reservoir: pump?.account.reservoir ?? 0
    )
    guard standing == "refused", expected.mayRefuse(refusal) else {
      throw SimulationFault("\(what) to \(asked) ug/d: \(standing) \(refusal), of \(expected)")
    }
  }

  private func raiseFromAfar() async throws {
    let more = min(regimen.doses.upperBound, dose * 106 / 100)
    guard more > dose else { return }
    let (raised, standing, refusal) = try await order(
      ["do": "program", "program": regimen.program(more)],
      "remote",
      "a step up",
      by: ["ada", "ben"]
    )
    guard standing == "pending" else {
      return try mustBeExpected(standing, refusal, of: more, "a step up")
    }
    let isCancelled = chance.happens(250)
    if isCancelled {
      try await sleep(until: now + SimulationTime.hour / 2)
      guard let hash = Hex.bytes32(raised), let pump,
        try pump.ask(.cancelPending(hash), nonce: chance.bytes(16))
      else { throw SimulationFault("the patient could not cancel \(raised)") }
      tell("patient cancels an increase")
    }
    // The clinic asks its pumps every two days here, and hears of it then.
    try await sleep(until: now + 49 * SimulationTime.hour)
    let ended = try await self.standing(of: raised, but: ["pending"])
    guard ended == (isCancelled ? "cancelled" : "applied") else {
      throw SimulationFault(
        "an increase that was \(isCancelled ? "cancelled" : "let be"): \(ended)"
      )
    }
    world.change { tally in
      for place in tally.orders.indices where tally.orders[place].order == raised {
        tally.orders[place].outcome = ended
      }
    }
    tell("increase from afar: \(ended)")
    guard ended == "applied" else { return }
    dose = more
    try await planRefill(at: nil)
    try await act(
      "noor",
      "pathway/call",
      [
        "order": raised, "calledAt": now, "isReached": true,
        "note": "Feels as before; no side effect.",
      ]
    )
  }
}
