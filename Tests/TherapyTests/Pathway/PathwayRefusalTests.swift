import Testing
import Therapy

/// Commands from implant to end that must not be taken.
struct PathwayRefusalTests {
  private static let rows =
    PathwayRow.checks + PathwayRow.implants + PathwayRow.recovery + PathwayRow.visits
    + PathwayRow.ends

  @Test
  func `from implant to end, what must not be taken is refused with code and field (SR-041)`()
    throws
  {
    #expect(Self.rows.count >= 90)
    var starts: [PathwayRow.Start: Journey] = [:]
    for start in PathwayRow.Start.allCases { starts[start] = try start.journey() }
    for row in Self.rows {
      let journey = try #require(starts[row.start])
      let before = journey.record.position
      let refusal = journey.refusal(
        .pathway(row.command(journey)),
        by: row.author,
        confirmed: row.isConfirmed
      )
      #expect(refusal?.code == row.code, "\(row.name): \(String(describing: refusal))")
      #expect(refusal?.field == row.field, "\(row.name): \(String(describing: refusal))")
      #expect(refusal?.remedy.isEmpty == false, "\(row.name)")
      #expect(refusal?.code != .confirm || refusal?.questions.isEmpty == false, "\(row.name)")
      #expect(journey.record.position == before)
    }
    print("refused commands from implant to end: \(Self.rows.count)")
  }

  @Test
  func `each is refused for every role that it does not name (SR-100)`() throws {
    var starts: [PathwayRow.Start: Journey] = [:]
    var cases = 0
    for row in Self.rows where row.code != .stage {
      if starts[row.start] == nil { starts[row.start] = try row.start.journey() }
      let journey = try #require(starts[row.start])
      let command = TherapyCommand.pathway(row.command(journey))
      for author in Sample.everyone where !command.roles.contains(author.role) {
        #expect(journey.refusal(command, by: author)?.code == .role, "\(row.name)")
        cases += 1
      }
      #expect(command.roles.isDisjoint(with: [.auditor, .server, .patient]), "\(row.name)")
    }
    print("refused for their role: \(cases)")
  }
}
