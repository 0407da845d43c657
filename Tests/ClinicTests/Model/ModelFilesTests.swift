import Foundation
import Testing

@testable import Clinic

/// The model as files of the server, and what its pages say of it.
struct ModelFilesTests {
  @Test
  func `the model is served as wasm, and asked for again only where it changed`() async throws {
    let world = try await PageWorld()
    let answer = try await world.get("/static/model.wasm")
    #expect(answer.status == 200)
    #expect(answer[header: "content-type"] == "application/wasm")
    #expect(Array(answer.bytes.prefix(4)) == [0, 0x61, 0x73, 0x6D])
    #expect(answer.bytes.count > 50_000)
    #expect(answer[header: "etag"] != nil)
  }

  @Test
  func `one script alone may compile wasm, and no page may`() async throws {
    let world = try await PageWorld()
    let id = try await world.adopt()
    let paths = [
      "/", "/model", "/patients/\(id)/program", "/static/clinic.js", "/static/model.wasm",
      "/static/model.js",
    ]
    for path in paths {
      let answer = try await world.get(path)
      #expect(answer.status == 200, "\(path)")
      let policies = answer.headers.filter { $0.name == "content-security-policy" }
      #expect(policies.count == 1, "\(path)")
      let policy = policies.first?.value ?? ""
      #expect(policy.contains("wasm-unsafe-eval") == (path == "/static/model.js"), "\(path)")
      #expect(!policy.contains("'unsafe-"), "\(path)")
    }
  }

  @Test
  func `the page's evidence is that of docs/evidence.md, row by row`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/evidence.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| V") }.map { line in
      line.dropFirst().dropLast().split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    let shown = EvidenceRow.all.map { row in
      [
        row.id, row.words, row.source, row.published, row.interval, row.unit, row.model,
        row.isInside ? "yes" : "**no**", row.standing,
      ]
    }
    #expect(rows.count > 20)
    #expect(shown == rows)
    let inside = EvidenceRow.all.filter(\.isInside).count
    #expect(page.contains("**\(inside) of \(rows.count)"))
    #expect(EvidenceTable.summary.html.contains("\(inside) of \(rows.count) rows"))
  }

  @Test
  func `the page of the model says what it is not, and shows the evidence`() async throws {
    let world = try await PageWorld()
    for path in ["/model", "/model?drug=morphine&tip=T6&dose=2&dose.unit=mg%2Fd&pattern=four"] {
      let page = try await world.get(path, as: .pharmacist).page
      #expect(page.contains("MODEL, NOT A MEASUREMENT"))
      #expect(page.contains("not a clinical tool"))
      #expect(page.contains("V28"))
      #expect(page.contains("every number is a placeholder"))
    }
    let kept = try await world.get("/model?drug=morphine&tip=T6").page
    #expect(kept.contains("value=\"morphine\" selected"))
    #expect(kept.contains("value=\"T6\" selected"))
  }
}
