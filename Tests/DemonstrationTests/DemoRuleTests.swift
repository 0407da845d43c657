import Foundation
import JSONText
import Quantities
import Testing
import Therapy

@testable import Demonstration

struct DemoRuleTests {
  static let json = DemoResponses.json

  @Test
  func `every patient with a pump that speaks has the usual dose of their first program`() throws {
    let rule = try DemoRule(Array(Self.json.utf8))
    let (_, patients) = try Demonstration.patients()
    let linked = patients.filter(\.isLinked)
    #expect(Set(rule.usual.keys) == Set(linked.map(\.id)))
    for patient in linked {
      let usual = try #require(rule.usual[patient.id])
      let own = try #require(patient.drugs.first)
      #expect(usual.drug.name == own.name)
      // The program's own total of a day, from its steps.
      let daily = try Self.dayOf(patient.program)
      #expect(usual.dose == daily, "\(patient.id): \(usual.dose.text), its program \(daily.text)")
      // Whoever has a score in the papers has a curve that moves one of them.
      let scales = Set(usual.drug.curves.map(\.scale.rawValue))
      #expect(!scales.isDisjoint(with: patient.scores.map(\.scale)), "\(patient.id)")
    }
  }

  private static func dayOf(_ program: String) throws -> DailyDose {
    let root = try JSONCursor(root: try JSONValue(parsing: Array(program.utf8))).anyObject()
    let basal = try root.required("basal").anyObject()
    func dose(_ cursor: JSONCursor) throws -> Int64 {
      let text =
        if case .object = cursor.value { try cursor.anyObject().required("dose").string() } else {
          try cursor.string()
        }
      return try DailyDose(text: text).mass.femtograms
    }
    guard let steps = basal.optional("steps") else {
      return DailyDose(mass: Mass(femtograms: try dose(try basal.required("rate"))))
    }
    let all = try steps.array().map { cursor in
      let step = try cursor.anyObject()
      let at = try step.required("at").string().split(separator: ":").compactMap { Int64($0) }
      return (minute: at[0] * 60 + at[1], rate: try dose(try step.required("rate")))
    }
    var total: Int64 = 0
    for (place, step) in all.enumerated() {
      let end = place + 1 < all.count ? all[place + 1].minute : 1_440
      total += step.rate * (end - step.minute) / 1_440
    }
    return DailyDose(mass: Mass(femtograms: total))
  }

  @Test(arguments: [
    ("\"drug\": \"hydromorphone\"", "\"drug\": \"oxymorphone\"", "a drug of the patient model"),
    ("{\"percent\": 50, \"change\": 14}", "{\"percent\": 90, \"change\": 14}", "rising percent"),
    ("\"usual\": \"412 ug/d\"", "\"usual\": \"0 ug/d\"", "a dose above 0"),
    (
      "\"drug\": \"ziconotide\", \"usual\"", "\"drug\": \"zicon\", \"usual\"", "a drug of this file"
    ),
    ("\"severity\": \"mild\"", "\"severity\": \"bad\"", "mild, moderate or severe"),
    ("\"scale\": \"penn\"", "\"scale\": \"pen\"", "nrs, modifiedAshworth or penn"),
  ])
  func `a rule that is none is told with its path`(right: String, wrong: String, words: String) {
    #expect(Self.json.contains(right))
    let given = Self.json.replacingOccurrences(of: right, with: wrong)
    let error = #expect(throws: (any Error).self) { _ = try DemoRule(Array(given.utf8)) }
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
  }

  @Test
  func `the note says that it is invented, and each number has its meaning`() throws {
    let root = try JSONCursor(root: try JSONValue(parsing: Array(Self.json.utf8))).anyObject()
    #expect(try root.required("note").string().hasPrefix("INVENTED FOR TEACHING"))
    let means = try root.required("means").anyObject()
    for name in [
      "reportAfter", "examineEvery", "effect", "curve", "change", "scatter", "tooLittle", "tooMuch",
      "usual",
    ] { #expect(means.optional(name) != nil, "\(name)") }
  }
}
