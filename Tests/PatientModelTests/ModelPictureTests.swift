import Foundation
#if canImport(FoundationXML)
import FoundationXML
#endif
import Pharmacology
import Testing

@testable import PatientModel

/// The picture of a run.
struct ModelPictureTests {
  @Test func `a picture is well-formed XML that shows tip, levels, places and effect`() throws {
    let input = try ModelCase(bytes: StudyTests.bytes, cells: 120)
    let picture = ModelPicture(of: input)
    let svg = picture.svg()
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    for words in [">tip<", ">T10<", ">FM<", "Effect", "Out of the tip", "Not a clinical tool"] {
      #expect(svg.contains(words), "\(words)")
    }
    #expect(picture.result.fluid == ModelResult(of: input).fluid)
  }

  @Test func `a run in which nothing is given is drawn too`() throws {
    let text = """
      {"drug":"baclofen","catheter":{"tip":26},"pump":{"conc":[[0,1]],"base":[[0,0]]},"tEnd":2,\
      "outEvery":1}
      """
    let svg = ModelPicture(of: try ModelCase(bytes: Array(text.utf8), cells: 120)).svg()
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test(arguments: [
    (0.0, "0"), (-1.0, "0"), (.nan, "0"), (.leastNonzeroMagnitude, "0"), (.infinity, "–"),
    (1234.0, "1230"),
    (0.01234, "0.0123"), (1.5e-12, "1.5e-12"),
  ])
  func `three digits of any number`(value: Double, text: String) {
    #expect(ModelPicture.short(value) == text)
  }
}

/// The same drug by mouth.
struct OralComparisonTests {
  /// The figures of one comparison, by their names; those of a side with its name before them.
  static func figures(_ json: String, dose: Double, every: Double) throws -> [String: Double] {
    let input = try ModelCase(bytes: Array(json.utf8), cells: 120)
    let bytes = Data(OralComparison(input, dose: dose, every: every).json())
    let found = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    var figures: [String: Double] = [:]
    for (name, value) in found {
      if let number = value as? Double { figures[name] = number }
      for (inner, value) in value as? [String: Any] ?? [:] {
        if let number = value as? Double { figures["\(name).\(inner)"] = number }
      }
    }
    return figures
  }

  static func json(outEvery: String, extra: String = "") -> String {
    """
    {"drug":"morphine","catheter":{"tip":26},"pump":{"conc":[[0,1000]],"base":[[0,0.01]]},\
    "tEnd":96,"outEvery":\(outEvery)\(extra)}
    """
  }

  @Test func `the figures do not depend on how often the case shows itself`() throws {
    // Every 8 h all samples would stand at one phase of the doses, where plasma does not seem to swing.
    let coarse = try Self.figures(Self.json(outEvery: "8"), dose: 30_000, every: 8)
    let fine = try Self.figures(Self.json(outEvery: "0.125"), dose: 30_000, every: 8)
    #expect(try #require(coarse["oral.plasmaPeakToTrough"]) > 2)
    for (name, value) in fine where !name.contains("mass") {
      let other = try #require(coarse[name])
      #expect((other - value).magnitude <= 0.05 * value.magnitude, "\(name): \(other), \(value)")
    }
  }

  @Test func `what stands in the fluid at the start counts to neither side`() throws {
    let bell = ",\"initialCSF\":{\"mass\":5000,\"mean\":26,\"sd\":2}"
    let with = try Self.figures(Self.json(outEvery: "1", extra: bell), dose: 30_000, every: 4)
    let without = try Self.figures(Self.json(outEvery: "1"), dose: 30_000, every: 4)
    #expect(with == without)
  }

  @Test func `the dose ratio gives the same effect concentration by both ways`() throws {
    let text = """
      {"drug":"baclofen","catheter":{"tip":26},"pump":{"conc":[[0,1000]],"base":[[0,0.01]]},\
      "tEnd":240,"outEvery":1}
      """
    let input = try ModelCase(bytes: Array(text.utf8), cells: 120)
    func figures(dose: Double) throws -> [String: Any] {
      let json = Data(OralComparison(input, dose: dose, every: 8).json())
      return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    }
    let first = try figures(dose: 20_000)
    let name = "oralToIntrathecalDoseForEqualEffectConc"
    let ratio = try #require(first[name] as? Double)
    // 240 ug/d by the pump: the same by mouth, three times a day, needs 80 ug times the ratio.
    let second = try figures(dose: 80 * ratio)
    func site(_ side: Any?) throws -> Double {
      try #require((side as? [String: Any])?["effectConc_ug_per_mL"] as? Double)
    }
    let (pump, oral) = (try site(second["intrathecal"]), try site(second["oral"]))
    #expect((pump - oral).magnitude <= 1e-9 * pump)
    #expect(ratio > 100)
  }
}
