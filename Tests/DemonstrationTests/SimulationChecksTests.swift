import Foundation
import Quantities
import Testing
import Therapy
import VirtualPump

@testable import Demonstration

/// Each check of a simulation sees the fault that it is for, and nothing where there is none.
struct SimulationChecksTests {
  private static func order() throws -> OrderID {
    try #require(OrderID(String(repeating: "5", count: 64)))
  }

  @Test
  func `a ledger that tells what happened is good`() async throws {
    #expect(try await CheckedWorld().wrong() == [])
  }

  /// What may be wrong with one order.
  enum Fault: CaseIterable, Sendable {
    case none, unseen, unheard, twice, outcome, otherBytes, otherPump, basis

    /// What the checks say of it; nothing where nothing is wrong.
    var words: String? {
      switch self {
      case .none: nil
      case .unseen: "is in the ledger and nobody made it"
      case .unheard: "is in the ledger 0 times"
      case .twice: "was made twice"
      case .outcome: "the world saw refused"
      case .otherBytes: "is of other bytes"
      case .otherPump: "that no pump of theirs signed"
      case .basis: "which a pump took and the ledger does not have"
      }
    }
  }

  /// A draft with other bytes, or one that rests on an order of nobody.
  private static func changed(_ event: TherapyEvent, _ fault: Fault) throws -> TherapyEvent {
    guard case .orderDrafted(let draft) = event else { return event }
    var bytes = draft.bytes
    if fault == .otherBytes {
      var all = Array(try #require(Data(base64Encoded: bytes.text)))
      all[40] ^= 1
      bytes = try #require(Base64Text(Data(all).base64EncodedString()))
    }
    return .orderDrafted(
      OrderDraft(
        order: draft.order,
        act: draft.act,
        way: draft.way,
        sequence: draft.sequence,
        basis: fault == .basis ? try order() : nil,
        notAfterAt: draft.notAfterAt,
        bytes: bytes,
        reason: draft.reason
      )
    )
  }

  @Test(arguments: Fault.allCases)
  func `an order of the ledger with the pump's receipt is good, and its fault in any part is found`(
    fault: Fault
  ) async throws {
    var taken: (order: [UInt8], receipt: [UInt8]) = ([], [])
    var checked = try await CheckedWorld { pump, world in
      taken = try pump.takeUnknownOrder(world)
    }
    // The last byte of a receipt is of its signature.
    if fault == .otherPump { taken.receipt[taken.receipt.count - 1] ^= 1 }
    let (name, events) = try CheckedWorld.answered(taken.order, taken.receipt)
    if fault != .unheard {
      checked.events[CheckedWorld.patient]? += try events.map { try Self.changed($0, fault) }
    }
    let seen = SimulationTally.OrderSeen(
      patient: CheckedWorld.patient,
      order: name,
      outcome: fault == .outcome ? "refused" : "applied"
    )
    checked.world.change { tally in
      tally.recorded[CheckedWorld.patient]?["orderDrafted"] = fault == .unheard ? 0 : 1
      if fault != .unseen { tally.orders = fault == .twice ? [seen, seen] : [seen] }
    }
    let wrong = try await checked.wrong()
    if let words = fault.words {
      #expect(wrong.contains { $0.contains(words) }, "\(wrong)")
    } else {
      #expect(wrong == [])
    }
  }

  @Test
  func `a motor that moves uncounted is found`() async throws {
    let wrong = try await CheckedWorld { pump, _ in pump.held.driveUncounted(40) }.wrong()
    #expect(wrong.contains { $0.contains("strokes moved") }, "\(wrong)")
  }

  @Test
  func `fluid that ran out beside the pump is found`() async throws {
    let wrong = try await CheckedWorld { pump, _ in
      pump.held.with {
        $0.add([ScriptedFault(at: $0.now, .leak(Volume(nanolitres: 3_000_000)))])
      }
      // It happens when the pump goes on.
      _ = pump.held.with { $0.now }
    }.wrong()
    #expect(wrong.contains { $0.contains("filled in") && $0.contains("gone") }, "\(wrong)")
  }

  @Test
  func `a fill twice, a day that says too much, and a status that is not the orders' are found`()
    async throws
  {
    var twice = try await CheckedWorld()
    let all = try #require(twice.events[CheckedWorld.patient])
    twice.events[CheckedWorld.patient] = all + [all[1]]
    let filled = try await twice.wrong()
    #expect(filled.contains { $0.contains("36000000 nL filled in") }, "\(filled)")
    #expect(filled.contains { $0.contains("fillRecorded 1 times done, 2 kept") }, "\(filled)")

    var program = try await CheckedWorld()
    program.events[CheckedWorld.patient] = all.map { event in
      guard case .programRecorded(let value) = event else { return event }
      return .programRecorded(
        ProgramRecorded(
          program: ProgramJSON(value.program.text.replacing("200 ug/d", with: "220 ug/d")),
          programmedAt: value.programmedAt,
          reason: value.reason
        )
      )
    }
    let asked = try await program.wrong()
    #expect(asked.contains { $0.contains("the ledger's orders ask for") }, "\(asked)")
    #expect(asked.contains { $0.contains("the days say") }, "\(asked)")

    var silent = try await CheckedWorld()
    silent.events[CheckedWorld.patient] = all.filter {
      if case .statusHeard = $0 { false } else { true }
    }
    #expect(try await silent.wrong().contains { $0.contains("it was never heard") })
  }

  @Test
  func `an act that is not kept, one of nobody, one of a stranger, and a pump without a record`()
    async throws
  {
    let lost = try await CheckedWorld()
    lost.world.change { $0.recorded[CheckedWorld.patient]?["noteWritten"] = 1 }
    #expect(
      try await lost.wrong() == ["\(CheckedWorld.patient): noteWritten 1 times done, 0 kept"]
    )

    var more = try await CheckedWorld()
    let note = TherapyEvent.noteWritten(Note(text: "by nobody"))
    more.events[CheckedWorld.patient]?.append(note)
    #expect(
      try await more.wrong() == ["\(CheckedWorld.patient): noteWritten 0 times done, 1 kept"]
    )

    var stranger = try await CheckedWorld()
    stranger.events["p-stranger"] = Array((stranger.events[CheckedWorld.patient] ?? []).prefix(1))
    #expect(try await stranger.wrong() == ["p-stranger: adopted 0 times done, 1 kept"])

    var gone = try await CheckedWorld()
    gone.events = [:]
    #expect(try await gone.wrong().contains("\(CheckedWorld.patient): a pump, and no record"))
  }

  @Test
  func
    `a record that contradicts itself, a course that broke off, and Today that differs are told`()
    async throws
  {
    var broken = try await CheckedWorld()
    broken.events[CheckedWorld.patient]?.append(
      .orderLapsed(OrderLapsed(order: try Self.order()))
    )
    #expect(
      try await broken.wrong().contains { $0.contains("1 events that contradict the others") }
    )
    let faulty = try await CheckedWorld()
    faulty.world.change { $0.faults.append("patient 1: it broke off") }
    #expect(try await faulty.wrong() == ["patient 1: it broke off"])
    var report = SimulationReport(faulty.world, wall: 1)
    report.timeFailed(at: Simulation.start + 3 * SimulationTime.day, "the disk is full")
    #expect(!report.isGood)
    #expect(report.wrong == ["time ended on day 3 of 20: the disk is full"])
  }
}
