import Formulary
import Foundation
import Ledger
import OrderText
import PumpCore
import PumpLink
import Quantities
import Relay
import SimulatedClock
import Therapy
import VirtualPump

@testable import Demonstration

/// A world of one patient whose pump ran for ten days, and a ledger that tells it as it was; each test puts one
/// fault into either.
struct CheckedWorld {
  static let patient = "p-checked"
  private static let days: Int64 = 10
  /// 200 µg/d of 2000 µg/mL.
  private static let perDay: Int64 = 100_000

  let folder: URL
  let world: SimulationWorld
  let pump: SimulatedPump
  /// What the ledger is to hold, by stream.
  var events: [String: [TherapyEvent]] = [:]
  private let known: SimulatedPump.Account

  /// - Parameter before: done to the pump before its last look.
  /// - Throws: where a part cannot be made.
  init(before: (SimulatedPump, SimulationWorld) throws -> Void = { _, _ in }) async throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "simulation-checks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let clock = try SimulatedClockWriter(
      path: folder.appending(path: "clock").path,
      wall: 1_000,
      start: Simulation.start,
      speed: 0
    )
    let draw: @Sendable (Int) -> [UInt8] = { count in
      (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
    }
    let time = SimulationTime(
      clock,
      start: Simulation.start,
      days: 20,
      awake: 1,
      between: { _ in }
    )
    world = SimulationWorld(
      Simulation.Options(
        patients: 1,
        days: 20,
        seed: 1,
        folder: folder.path,
        port: 1,
        program: "/bin/false"
      ),
      time,
      SimulationWeb(port: 1),
      try DemoKeys(from: LocalTime(milliseconds: Simulation.start), chance: draw),
      [:],
      // Nobody is there: the pump is read beside the clinic.
      try RelayClinic(url: "http://127.0.0.1:1", token: String(repeating: "t", count: 40)),
      draw: draw
    )
    let regimen = SimulatedRegimen(
      condition: "multipleSclerosis",
      isSpastic: true,
      isCancer: false,
      drug: "baclofen",
      ladder: [2_000],
      doses: 90...400,
      takesDoses: false,
      born: "1960-01-01"
    )
    let program = FieldText.text(regimen.program(200))
    var chance = SimulationChance(seed: 1, stream: 1)
    pump = try SimulatedPump(
      world,
      &chance,
      fill: "{\"volume\": \"18 mL\", \"drugs\": \(regimen.drugs)}",
      program: program,
      path: "0.316 mL"
    )
    _ = await time.sleep(until: Simulation.start + Self.days * SimulationTime.day)
    try before(pump, world)
    pump.end()
    known = pump.account
    events[Self.patient] = try Self.told(pump, known, program)
    let pump = pump
    world.change { tally in
      tally.pumps[Self.patient] = [pump]
      tally.recorded[Self.patient] = [
        "adopted": 1, "fillRecorded": 1, "programRecorded": 1, "pumpLinked": 1,
      ]
    }
  }

  /// The pump's first ten days, as the ledger has them.
  private static func told(
    _ pump: SimulatedPump,
    _ account: SimulatedPump.Account,
    _ program: String
  ) throws -> [TherapyEvent] {
    let start = Instant(milliseconds: Simulation.start)
    let now = start + days * .day
    guard let id = PumpID(pump.name), let born = Day("1960-01-01"),
      let key = KeyText(Hexadecimal.text(pump.contact.signingKey.array)),
      let strength = try? Concentration(text: "2000 ug/mL")
    else { throw SimulationFault("no pump of that name") }
    let totals = (0..<days).map { number in
      TherapyEvent.dailyTotal(
        DailyTotal(
          day: (start + number * .day).day,
          delivered: Volume(nanolitres: perDay),
          ordered: Volume(nanolitres: perDay),
          patientDoses: Volume(nanolitres: 0),
          granted: 0,
          refused: 0
        )
      )
    }
    return [
      .adopted(
        Adopted(
          identity: Identity(
            givenName: "Patient",
            familyName: "Simulated",
            born: born,
            recordNumber: "SIM-1",
            language: "en"
          ),
          indication: .spasticity,
          pump: PumpInPlace(
            model: "Cisterna virtual pump",
            isCatalogued: true,
            capacity: Volume(nanolitres: 40_000_000),
            serial: "S1-1"
          )
        )
      ),
      .fillRecorded(
        FillRecorded(
          volume: Volume(nanolitres: 18_000_000),
          fluid: Fluid(drugs: [Fluid.Drug(name: "baclofen", concentration: strength)]),
          filledAt: start,
          lots: ["L-1"],
          standing: .byHand
        )
      ),
      .programRecorded(
        ProgramRecorded(program: ProgramJSON(program), programmedAt: start, reason: "papers")
      ), .pumpLinked(PumpLinked(pump: id, receiptKey: key)),
    ] + totals + [
      .statusHeard(
        StatusHeard(
          heardAt: now,
          pumpMilliseconds: days * SimulationTime.day,
          state: .running,
          reservoir: Volume(nanolitres: account.reservoir),
          rate: FlowRate(nanolitresPerDay: perDay),
          delivered: Volume(nanolitres: account.delivered),
          demand: Volume(nanolitres: account.demand),
          alarms: []
        )
      )
    ]
  }

  /// An order that the pump took, drafted and answered in the ledger.
  ///
  /// - Parameters:
  ///   - order: its bytes, signed; its hash is what the receipt is of.
  ///   - receipt: the pump's.
  /// - Returns: both events, and the order's name.
  /// - Throws: where the bytes are none of an order.
  static func answered(
    _ order: [UInt8],
    _ receipt: [UInt8]
  ) throws -> (order: String, events: [TherapyEvent]) {
    guard let hash = Order(bytes: order)?.hash(SimulatedPump.crypto),
      let id = OrderID(Hexadecimal.text(hash.array)),
      let bytes = Base64Text(Data(order).base64EncodedString()),
      let answer = Base64Text(Data(receipt).base64EncodedString())
    else { throw SimulationFault("no order in these bytes") }
    return (
      id.text,
      [
        .orderDrafted(
          OrderDraft(
            order: id,
            act: .envelope,
            way: .bedside,
            sequence: 99,
            notAfterAt: Instant(milliseconds: Simulation.start + 20 * SimulationTime.day),
            bytes: bytes,
            reason: "tried"
          )
        ),
        .orderAnswered(
          OrderAnswer(
            order: id,
            outcome: .applied,
            pumpMilliseconds: days * SimulationTime.day,
            inForce: id,
            receipt: answer
          )
        ),
      ]
    )
  }

  /// Writes the ledger and lets the checks read it.
  func wrong() async throws -> [String] {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "ledger.sqlite").path
    let store = try SQLiteLedger(path: path)
    let encoder = JSONEncoder()
    for (name, all) in events.sorted(by: { $0.key < $1.key }) {
      let drafts = try all.enumerated().map { place, event in
        EventDraft(
          id: "\(name)-\(place)",
          time: Simulation.start,
          who: "ada",
          what: event.kindName,
          payload: Array(try encoder.encode(event))
        )
      }
      _ = try await store.append(drafts, to: "patient/\(name)", expecting: .exactly(0))
    }
    try store.close()
    var report = SimulationReport(world, wall: 1)
    try await SimulationChecks(world, path).run(&report)
    return report.wrong
  }
}
