import Foundation
import Ledger
import OrderText
import PumpLink
import Quantities
import Therapy

/// Whether what the ledger says is what happened in the world (docs/simulate.md, What is checked).
struct SimulationChecks {
  let world: SimulationWorld
  let ledger: String

  init(_ world: SimulationWorld, _ ledger: String) { (self.world, self.ledger) = (world, ledger) }

  func run(_ report: inout SimulationReport) async throws {
    let store = try SQLiteLedger(path: ledger)
    let fold = try await SimulationFold(store)
    try store.close()
    report.events = fold.count
    let tally = world.tally
    report.wrong += tally.faults
    orders(fold, tally, &report)
    for (patient, pumps) in tally.pumps.sorted(by: { $0.key < $1.key }) {
      guard let record = fold.patients[patient] else {
        report.wrong.append("\(patient): a pump, and no record")
        continue
      }
      for pump in pumps { books(patient, record, pump, &report) }
    }
    acts(fold, tally, &report)
    for (id, patient) in fold.patients.sorted(by: { $0.key < $1.key }) {
      let broken = patient.record.unread.count + patient.record.irregular.count
      report.checked["records folded", default: 0] += 1
      if broken > 0 {
        report.wrong.append("\(id): \(broken) events that contradict the others or cannot be read")
      }
    }
    for look in report.looks { report.wrong += look.wrong.map { "day \(look.day): \($0)" } }
  }

  // MARK: Orders

  /// Each order of the world once, with the pump's own word; and no other.
  private func orders(
    _ fold: SimulationFold,
    _ tally: SimulationTally,
    _ report: inout SimulationReport
  ) {
    var seen: [String: SimulationTally.OrderSeen] = [:]
    for order in tally.orders {
      if seen[order.order] != nil { report.wrong.append("the order \(order.order) was made twice") }
      seen[order.order] = order
    }
    var found: [String: Int] = [:]
    for (id, patient) in fold.patients {
      let pumps = tally.pumps[id] ?? []
      let known = Set(patient.record.orders.map(\.draft.order.text) + pumps.map(\.tableOrder))
      for life in patient.record.orders {
        if let basis = life.draft.basis?.text, !known.contains(basis) {
          report.wrong.append(
            "\(id): an order rests on \(basis), which a pump took and the ledger does not have"
          )
        }
        let order = life.draft.order.text
        found[order, default: 0] += 1
        guard let told = seen[order] else {
          report.wrong.append("\(id): the order \(order) is in the ledger and nobody made it")
          continue
        }
        let state = Self.state(life)
        if state != told.outcome {
          report.wrong.append(
            "\(id): the order \(order) is \(state), the world saw \(told.outcome)"
          )
        }
        receipt(of: life, id, pumps, &report)
      }
    }
    for (order, told) in seen.sorted(by: { $0.key < $1.key }) {
      report.checked["orders", default: 0] += 1
      if found[order] != 1 {
        report.wrong.append(
          "\(told.patient): the order \(order) is in the ledger \(found[order] ?? 0) times"
        )
      }
    }
  }

  private static func state(_ life: OrderLife) -> String {
    life.standing(at: Instant(milliseconds: 0), wait: .zero).rawValue
  }

  /// The receipt is signed by a pump of this patient, and of these very bytes.
  private func receipt(
    of life: OrderLife,
    _ id: String,
    _ pumps: [SimulatedPump],
    _ report: inout SimulationReport
  ) {
    guard let answer = life.answer else { return }
    report.checked["receipts", default: 0] += 1
    let bytes = Data(base64Encoded: answer.receipt.text).map { Array($0) } ?? []
    let verified = pumps.lazy.compactMap { try? VerifiedReceipt(bytes: bytes, of: $0.known) }.first
    guard let verified else {
      report.wrong.append("\(id): a receipt of \(answer.order.text) that no pump of theirs signed")
      return
    }
    let draft = Data(base64Encoded: life.draft.bytes.text).map { Array($0) } ?? []
    guard let hash = Order(bytes: draft)?.hash(SimulatedPump.crypto), verified.receipt.hash == hash
    else {
      report.wrong.append("\(id): the receipt of \(answer.order.text) is of other bytes")
      return
    }
  }

  // MARK: Volumes

  private func books(
    _ id: String,
    _ patient: SimulationFold.Patient,
    _ pump: SimulatedPump,
    _ report: inout SimulationReport
  ) {
    let books = SimulationBooks(patient.events, of: pump.name, made: pump.made)
    let now = pump.account
    report.checked["pumps", default: 0] += 1
    func wrong(_ text: String) {
      report.wrong.append("\(id), pump \(pump.name.prefix(8)): \(text)")
    }
    if now.strokes * Self.stroke != now.delivered {
      wrong("\(now.strokes) strokes moved, \(now.delivered) nL were counted")
    }
    let isEmptied = patient.record.pathway.explanted != nil
    let left = isEmptied ? 0 : now.syringe
    let gone = books.filled - books.drawn - left
    if abs(gone - now.delivered) > Self.stroke * Int64(books.fills + 1) {
      wrong(
        "\(books.filled) nL filled in, \(books.drawn) drawn out, \(left) left: \(gone) gone, "
          + "\(now.delivered) delivered"
      )
    }
    if abs(now.demand - now.delivered) > 2 * Self.stroke {
      wrong("\(now.demand) nL asked for, \(now.delivered) delivered")
    }
    if let last = books.statuses.last {
      let asked = books.asked(until: last.pumpMilliseconds)
      if abs(asked - Double(last.demand.nanolitres)) > books.slack(until: last.pumpMilliseconds) {
        wrong(
          "the ledger's orders ask for \(Int64(asked)) nL, the pump says \(last.demand.nanolitres)"
        )
      }
      report.checked["days of therapy", default: 0] += Int(last.pumpMilliseconds / 86_400_000)
    } else {
      wrong("it was never heard")
    }
    days(books, pump, wrong)
    // What waited may have taken effect since the clinic asked last.
    let hasWaited =
      books.answers.last?.outcome == .pending && books.answers.last?.order.text == now.inForce
    if let answer = books.answers.last, let inForce = answer.inForce?.text, inForce != now.inForce,
      !hasWaited
    {
      wrong("the ledger's last receipt says \(inForce) is in force, the pump \(now.inForce)")
    }
    report.receive(now, books)
  }

  private static let stroke: Int64 = 250

  /// The record's days are what was asked for up to their midnights.
  private func days(
    _ books: SimulationBooks,
    _ pump: SimulatedPump,
    _ wrong: (String) -> Void
  ) {
    var total: Int64 = 0
    for day in books.days {
      total += day.delivered.nanolitres
      let midnight = day.day.start.milliseconds + SimulationTime.day - pump.made
      let asked = books.asked(until: midnight)
      // A dose at midnight is told on the next day.
      let slack = books.slack(until: midnight) + SimulationBooks.doseVolume
      guard abs(Double(total) - asked) > slack else { continue }
      return wrong("up to \(day.day.text) the days say \(total) nL, the orders \(Int64(asked))")
    }
  }

  // MARK: Acts

  /// What the server records by itself: what pumps say, and what follows from it.
  private static let ownKinds: Set<String> = [
    "statusHeard", "dailyTotal", "doseRequested", "orderSent", "orderAnswered", "programApplied",
    "orderSigned", "orderQueued", "alarmRaised", "alarmCleared", "pumpHalted", "pumpResumed",
    "orderTurnedAway", "orderLapsed",
  ]

  /// Each act of the world is in the ledger as often as it was done.
  private func acts(
    _ fold: SimulationFold,
    _ tally: SimulationTally,
    _ report: inout SimulationReport
  ) {
    // Also those of whom the world knows nothing: nobody but it wrote anything.
    for id in Set(tally.recorded.keys).union(fold.patients.keys).sorted() {
      let kinds = tally.recorded[id] ?? [:]
      var stored = fold.patients[id]?.kinds ?? [:]
      // A refill's fill comes with the pump's receipt.
      stored["fillRecorded"] = fold.patients[id]?.events.count { event, _ in
        if case .fillRecorded(let fill) = event { fill.standing != .receipt } else { false }
      }
      for kind in Set(kinds.keys).union(stored.keys).sorted() where !Self.ownKinds.contains(kind) {
        let (done, kept) = (kinds[kind] ?? 0, stored[kind] ?? 0)
        report.checked["acts", default: 0] += done
        if done != kept { report.wrong.append("\(id): \(kind) \(done) times done, \(kept) kept") }
      }
    }
  }
}
