import Foundation
import Testing
import Therapy

@testable import Clinic

/// From one clinic to another, with the document alone.
@Suite(.timeLimit(.minutes(2)))
struct ArrivalRouteTests {
  /// What a patient of one clinic takes along.
  private func document() async throws -> String {
    let walk = try await PathwayWalk.to(.beside, try await Ward())
    try await walk.give("transfer")
    let answer = await walk.ward.get(walk.path("transfer"))
    #expect(answer.status == 200)
    return answer.text
  }

  private func arrive(
    _ ward: Ward,
    _ document: String,
    as role: AccountRole = .nurse
  ) async -> WebResponse {
    let body = #"{"from":"Clinic at the harbor","document":\#(document),"confirmed":true}"#
    return await ward.post("/api/v1/patients/arrive", body, as: role, key: "arrive-key-1")
  }

  @Test
  func `another clinic takes the document in; all is told until it is checked`() async throws {
    let other = try await Ward()
    let answer = await arrive(other, try await document())
    #expect(answer.status == 200, "\(answer.text)")
    let walk = PathwayWalk(ward: other, patient: ClinicCare.patientID(of: "arrive-key-1"))
    let record = try await walk.record()
    #expect(record.stage == .therapy && record.irregular.isEmpty)
    #expect(record.reservoir?.standing == .recalled && !record.isLinked)
    let open = try #require(record.pathway.arrival?.open)
    #expect(open.contains(.pump) && open.contains(.program) && open.contains(.underWay))
    #expect(record.pathway.complications.map(\.opened.kind) == [.lostEffect])
    for path in ["", "/pathway/evaluation", "/pathway/complications"] {
      let page = try await PageOrderTests.ask(
        other,
        .get,
        "/patients/\(walk.patient.text)\(path)"
      )
      #expect(page.status == 200 && page.text.contains("UNVERIFIED"), "\(path)")
      #expect(page.text.contains("Clinic at the harbor"), "\(path)")
    }
    let today = try await PageOrderTests.ask(other, .get, "/")
    #expect(today.text.contains("Told by the clinic before, not yet checked"))
    for part in open {
      try await walk.give(
        "arrival-check",
        #"{"part":"\#(part.rawValue)","agrees":true,"note":"seen here"}"#,
        as: .nurse
      )
    }
    let after = try await PageOrderTests.ask(other, .get, "/patients/\(walk.patient.text)")
    #expect(after.status == 200 && !after.text.contains("UNVERIFIED"))
    let again = try await walk.send(
      "arrival-check",
      #"{"part":"pump","agrees":true,"note":"seen here"}"#
    )
    #expect(again.status == 409 && again.code == "twice")
  }

  @Test
  func `a document that is none is refused, and nobody is in care then (SR-041)`() async throws {
    let (ward, good) = (try await Ward(), try await document())
    let bad: [(String, String, Int)] = [
      ("no object", "[]", 422), ("nothing in it", "{}", 422),
      ("another form", good.replacing("\"form\":1,", with: "\"form\":2,"), 422),
      ("of tomorrow", good.replacing(/"writtenAt":\d+/, with: "\"writtenAt\":99999999999999"), 422),
    ]
    for (name, document, status) in bad {
      let answer = await arrive(ward, document)
      #expect(answer.status == status, "\(name): \(answer.status) \(answer.text)")
    }
    #expect(await arrive(ward, good, as: .administrator).status == 403)
    let patients = await ward.get("/api/v1/patients")
    #expect(!patients.text.contains(ClinicCare.patientID(of: "arrive-key-1").text))
  }
}
