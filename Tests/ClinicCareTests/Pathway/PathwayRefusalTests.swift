import Foundation
import Ledger
import Testing
import Therapy

@testable import Clinic

/// What the pathway must not take, asked over the API: each refusal has its reason, changes nothing in the
/// patient's stream, and stands in the audit.
@Suite(.timeLimit(.minutes(3)))
struct PathwayRefusalTests {
  /// A clinic with a patient at each place.
  struct Clinic {
    let ward: Ward
    let walks: [PathwayWalk.Start: PathwayWalk]

    init(_ starts: [PathwayWalk.Start] = PathwayWalk.Start.allCases) async throws {
      ward = try await Ward()
      var walks: [PathwayWalk.Start: PathwayWalk] = [:]
      for start in starts { walks[start] = try await PathwayWalk.to(start, ward) }
      self.walks = walks
    }

    func walk(_ start: PathwayWalk.Start) throws -> PathwayWalk { try #require(walks[start]) }

    /// The refusals that the audit of today holds.
    func refusals() async throws -> [LedgerEvent] {
      let stream = AuditBook.stream(at: ward.clock.security())
      var all: [LedgerEvent] = []
      while case let next = try await ward.ledger.read(
        stream: stream,
        after: all.last?.version ?? 0,
        limit: 1_000
      ), !next.isEmpty { all += next }
      return all.filter { $0.draft.what == "audit.refused" }
    }

    /// Gives it, and looks at what must be true of every refusal.
    func isRefused(
      _ name: String,
      _ walk: PathwayWalk,
      _ act: String,
      _ body: String,
      as role: AccountRole = .physician,
      version: Int? = nil,
      code: String,
      field: String? = nil
    ) async throws {
      let (before, told) = (try await walk.record().position, try await refusals().count)
      let answer = try await walk.send(act, body, as: role, version: version)
      #expect(answer.status >= 400 && answer.status < 500, "\(name): \(answer.text)")
      #expect(answer.code == code, "\(name): \(answer.text)")
      if let field {
        #expect(answer.text.contains("\"field\":\"\(field)\""), "\(name): \(answer.text)")
      }
      #expect(answer.text.contains("\"message\":"), "\(name) says nothing")
      #expect(try await walk.record().position == before, "\(name) changed the record")
      let now = try await refusals()
      #expect(now.count == told + 1, "\(name) is not in the audit")
      let entry = String(decoding: now.last?.draft.payload ?? [], as: UTF8.self)
      #expect(entry.contains(walk.path(act)), "\(name): \(entry)")
      #expect(entry.contains("\"code\":\"\(code)\""), "\(name): \(entry)")
    }
  }

  @Test
  func
    `what must not be taken is refused over the API with its reason, changes nothing, and is in the audit (SR-041, SR-044)`()
    async throws
  {
    let clinic = try await Clinic()
    let rows = RefusedCall.all
    #expect(Set(rows.map(\.name)).count == rows.count)
    for row in rows {
      let walk = try clinic.walk(row.start)
      let body = row.body(walk)
      try await clinic.isRefused(
        row.name,
        walk,
        row.act,
        row.isConfirmed ? PathwayWalk.confirmed(body) : body,
        as: row.role,
        code: row.code,
        field: row.field
      )
    }
    print("refused over the API for what is in them: \(rows.count)")
    #expect(rows.count >= 100)
  }

  @Test
  func `each act is refused at every stage that it is not of (SR-041)`() async throws {
    let clinic = try await Clinic([.evaluated, .dosed, .checked, .adopted, .ended])
    var count = 0
    for act in PathwayActs.all {
      for (start, walk) in clinic.walks {
        guard try await !act.stages.contains(walk.stage) else { continue }
        let role: AccountRole = act.roles.contains(.physician) ? .physician : .nurse
        try await clinic.isRefused(
          "\(act.name) at \(start)",
          walk,
          act.name,
          PathwayWalk.confirmed(walk.bodies.good(act.name)),
          as: role,
          code: "stage"
        )
        count += 1
      }
    }
    print("refused over the API for their stage: \(count)")
    #expect(count >= 80)
  }

  @Test
  func `each act is refused for every role that the table of roles does not name (SR-100)`()
    async throws
  {
    let clinic = try await Clinic([.adopted])
    let walk = try clinic.walk(.adopted)
    #expect(Set(PathwayActs.all.map(\.name)) == Set(PathwayRoles.table.keys))
    var count = 0
    for (act, roles) in PathwayRoles.table.sorted(by: { $0.key < $1.key }) {
      for role in AccountRole.allCases where !roles.contains(role) {
        // The route says so before it reads anything, and the record's own rule would say so too.
        for body in [walk.bodies.good(act), "[]"] {
          let answer = try await walk.send(act, body, as: role)
          #expect(answer.status == 403, "\(act) by \(role): \(answer.text)")
          count += 1
        }
      }
    }
    let before = try await walk.record().position
    #expect(try await clinic.refusals().count == count)
    #expect(try await walk.record().position == before)
    print("refused over the API for their role: \(count)")
    #expect(count == 2 * 299)
  }

  @Test
  func `no act is refused for the role of those whom the table of roles names`() async throws {
    let clinic = try await Clinic([.adopted])
    let walk = try clinic.walk(.adopted)
    for (act, roles) in PathwayRoles.table {
      for role in roles {
        // What is no body at all is looked at after who sends it.
        let answer = try await walk.send(act, "[]", as: role)
        #expect(answer.status == 422, "\(act) by \(role): \(answer.text)")
      }
    }
  }

  @Test
  func `an act that rests on the record is refused on an older one, and on none (H-76)`()
    async throws
  {
    let clinic = try await Clinic([.evaluated, .trial, .checked, .adopted])
    var count = 0
    for act in PathwayActs.all where act.needsVersion {
      for (_, walk) in clinic.walks where try await act.stages.contains(walk.stage) {
        let body = PathwayWalk.confirmed(walk.bodies.good(act.name))
        let position = try await walk.record().position
        try await clinic.isRefused(
          "\(act.name) on an older record",
          walk,
          act.name,
          body,
          version: position - 1,
          code: "conflict"
        )
        let without = await clinic.ward.post(walk.path(act.name), body)
        #expect(without.status == 428, "\(act.name): \(without.text)")
        #expect(try await walk.record().position == position)
        count += 2
      }
    }
    print("refused over the API on an older record: \(count)")
    #expect(count >= 20)
  }
}
