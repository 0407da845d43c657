import Foundation
import Testing
import Therapy

@testable import Clinic

/// docs/therapy.md names places; each is there.
struct TherapyMapTests {
  private static let text: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "docs/therapy.md"), encoding: .utf8)) ?? ""
  }()

  /// What stands between backticks.
  private static let terms: [String] = text.split(separator: "`", omittingEmptySubsequences: false)
    .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }

  @Test
  func `each place that the map of the therapy names is a page of the server`() async throws {
    let clinic = try await PatientWorld()
    let pages = PageRoutes(clinic.care, clinic.accounts, SessionBook()).routes
    let routes = (pages + clinic.access.routes).filter { $0.method == .get }
      .map(\.template.description)
    let places = Self.terms.filter { $0.hasPrefix("/") }
    #expect(places.count > 60)
    for place in Set(places).sorted() { #expect(routes.contains(place), "\(place)") }
  }

  @Test
  func `each condition that the therapy is considered for stands in the map, and no other`() {
    let rows = Self.text.components(separatedBy: "## What is hoped for")[0]
      .split(separator: "\n").filter { $0.hasPrefix("|") && $0.contains("`") }
    let words = rows.compactMap { row in
      row.split(separator: "`").dropFirst().first.map(String.init)
    }
    let named = words.filter { Condition(rawValue: $0) != nil }
    #expect(Set(named) == Set(Condition.allCases.map(\.rawValue)))
    #expect(named.count == Condition.allCases.count)
  }
}
