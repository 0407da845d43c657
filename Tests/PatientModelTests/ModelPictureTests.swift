import Foundation
#if canImport(FoundationXML)
import FoundationXML
#endif
import PatientModel
import Pharmacology
import Testing

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
}

/// The same drug by mouth.
struct OralComparisonTests {
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
