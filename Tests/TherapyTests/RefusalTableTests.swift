import Quantities
import Testing
import Therapy

/// Commands that must not be taken, each with the code it is refused with.
struct RefusalTableTests {
  @Test
  func `what must not be taken is refused with its code, its field and what to do (SR-041)`()
    throws
  {
    let rows = RefusalRow.places + RefusalRow.orders + RefusalRow.observations
    #expect(rows.count >= 80)
    for row in rows {
      let journey =
        row.isNew ? Journey() : try Journey.adopted(linked: row.isLinked)
      let refusal = journey.refusal(row.command, by: row.author, confirmed: row.isConfirmed)
      #expect(refusal?.code == row.code, "\(row.name): \(String(describing: refusal))")
      #expect(refusal?.field == row.field, "\(row.name)")
      #expect(refusal?.remedy.isEmpty == false, "\(row.name)")
    }
    print("refused commands: \(rows.count)")
  }

  @Test
  func `a question is answered by yes and kept, a limit is not (SR-041, SR-044)`() throws {
    var journey = try Journey.adopted()
    let slip = RefusalRow.program(Sample.program(dose: "3000 ug/d"))
    let refusal = try #require(journey.refusal(slip, confirmed: false))
    #expect(refusal.questions.contains { $0.contains("10 times more, as where a point") })
    try journey.give(slip)
    guard case .confirmed(let kept) = journey.events.last else {
      Issue.record("no word of the confirmation")
      return
    }
    #expect(kept.questions == refusal.questions)
    #expect(journey.refusal(RefusalRow.fill(40), confirmed: true)?.code == .limit)
  }

  @Test
  func `each command is refused for every role that it does not name (SR-100)`() throws {
    let rows = RefusalRow.places + RefusalRow.orders + RefusalRow.observations
    for row in rows {
      let journey = try Journey.adopted(linked: row.isLinked)
      for author in Sample.everyone where !row.command.roles.contains(author.role) {
        #expect(journey.refusal(row.command, by: author)?.code == .role, "\(row.name)")
      }
      #expect(!row.command.roles.contains(.auditor))
    }
  }
}
