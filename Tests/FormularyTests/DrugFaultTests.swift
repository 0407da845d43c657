import Foundation
import PumpScenario
import Testing

@testable import Formulary

/// Each kind of fault in the files is caught when they are read, with file, path and reason.
struct DrugFaultTests {
  /// The first fault of the formulary after a change of one file; nothing where it is taken.
  static func fault(_ file: String, _ line: String, _ instead: String) throws -> String? {
    var changed = false
    let files = DrugText.files.map { entry -> (name: String, text: String) in
      guard entry.name == file, let range = entry.text.range(of: line) else { return entry }
      changed = true
      return (entry.name, entry.text.replacingCharacters(in: range, with: instead))
    }
    try #require(changed, "\(file) has no \(line)")
    do {
      _ = try DrugLibrary(files: files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "a planted fault is caught",
    arguments: [
      // A field that nobody knows, and one that is missing.
      (
        "morphine", "\"kind\":", "\"kinds\":", "$.kinds: given an unknown field, expected \"kind\"?"
      ),
      ("morphine", "\"unit\": \"mg\",", "", "$.unit: given nothing"),
      ("morphine", "\"restartGap\": {", "\"restartGap\": {\"sauce\": 1,", "$.restartGap.sauce"),
      ("morphine", "\"reason\":", "\"note\":", "$.safeRate.reason: given nothing"),
      // A number without source or confidence, or with another word for it.
      (
        "policy", "\"confidence\": \"medium\",\n    \"note\": \"in which", "\"note\": \"in which",
        "$.remoteDelay.confidence: given nothing"
      ),
      ("policy", "\"source\": ", "\"from\": ", "$.remoteStep.from: given an unknown field"),
      (
        "morphine", "\"source\": \"recalled, unverified\",", "",
        "$.stability[0].source: given nothing"
      ),
      (
        "policy", "\"confidence\": \"low\"", "\"confidence\": \"certain\"",
        ".confidence: given \"certain\""
      ),
      (
        "morphine", "\"source\": \"recalled, unverified\"", "\"source\": \"\"",
        ".source: given \"\""
      ),
      // Units: none, of the wrong kind, in the wrong case, not known; negative, nothing, too fine.
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"20\"", "ceiling.value: given \"20\""),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": 20", "given the number 20"),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"20 mg/d\"", "this is a dose per time"),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"20 mg/ml\"", "case matters"),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"20 mg/day\"", "unknown unit"),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"-20 mg/mL\"", "cannot be negative"),
      ("morphine", "\"value\": \"20 mg/mL\"", "\"value\": \"0 mg/mL\"", "ceiling.value: given"),
      ("morphine", "\"value\": \"15 mg/d\"", "\"value\": \"0.1 fg/d\"", "not a whole number"),
      // Ranges: inverted, half, beside a value; values that do not ascend.
      (
        "morphine", "\"from\": \"0.2 mg/d\"", "\"from\": \"2 mg/d\"",
        ".to: given the text \"1 mg/d\""
      ),
      ("morphine", "\"from\": \"0.2 mg/d\", ", "", ".start[0].from: given nothing"),
      ("morphine", "\"from\": \"0.2 mg/d\"", "\"value\": \"0.2 mg/d\"", "a range beside a value"),
      ("morphine", "[\"10 mg/mL\", \"25 mg/mL\"]", "[\"25 mg/mL\", \"10 mg/mL\"]", ".values[1]"),
      ("morphine", "[\"10 mg/mL\", \"25 mg/mL\"]", "[]", ".values: given no value"),
      // Percentages and ratios.
      ("policy", "\"value\": \"10 %\"", "\"value\": \"10\"", "a percentage such as \"10 %\""),
      ("policy", "\"value\": \"10 %\"", "\"value\": \"101 %\"", "at most \"100 %\""),
      ("policy", "\"value\": \"10 %\"", "\"value\": \"-10 %\"", "a percentage"),
      ("policy", "\"value\": \"10 %\"", "\"value\": \"1.2.3 %\"", "a percentage"),
      ("morphine", "\"value\": \"30 %\"", "\"value\": \"0 %\"", "a step of nothing"),
      ("conversion", "\"value\": \"300:1\"", "\"value\": \"300\"", "a ratio such as \"300:1\""),
      ("conversion", "\"value\": \"300:1\"", "\"value\": \"0:1\"", "a ratio"),
      ("conversion", "\"value\": \"300:1\"", "\"value\": \"300:1:2\"", "a ratio"),
      // Words.
      ("morphine", "[\"naive\"]", "[\"native\"]", ".populations[0]"),
      ("morphine", "[\"naive\"]", "[\"naive\", \"naive\"]", "each word once"),
      ("morphine", "[\"naive\"]", "[]", "given no word"),
      ("morphine", "\"risk\": \"high\"", "\"risk\": \"dire\"", "$.overdose.risk"),
      ("morphine", "\"class\": \"opioid\"", "\"class\": \"opiate\"", "$.class"),
    ]
  )
  func planted(file: String, line: String, instead: String, finding: String) throws {
    let fault = try #require(try Self.fault(file, line, instead))
    #expect(fault.hasPrefix("\(file).json $"), "\(fault)")
    #expect(fault.contains(finding), "\(fault)")
  }

  @Test(
    "facts that contradict each other are caught",
    arguments: [
      ("morphine", "\"drug\": \"morphine\"", "\"drug\": \"heroin\"", "expected \"morphine\""),
      ("morphine", "\"to\": \"10 mg/d\"", "\"to\": \"100 mg/d\"", "at most the maximum dose"),
      (
        "baclofen", "\"purpose\": \"reservoir\"", "\"purpose\": \"screening\"",
        "none for the reservoir"
      ),
      (
        "baclofen", "\"settings\": [\"refill\"],\n      \"increase\": {\n        \"from\": \"10",
        "\"settings\": [\"clinic\"],\n      \"increase\": {\n        \"from\": \"10",
        "no limit for spasticity, spinal, refill"
      ),
      (
        "ziconotide", "\"standing\": \"advice\"", "\"standing\": \"rule\"", ".titration[1].standing"
      ),
      (
        "ziconotide", "\"indications\": [\"cancer\", \"nonCancer\"],\n      \"increase\"",
        "\"indications\": [\"cancer\"],\n      \"increase\"", "no limit for nonCancer, clinic"
      ),
      ("baclofen", "[\"clinic\", \"refill\"]", "[\"clinic\", \"remote\"]", "given \"remote\""),
      (
        "morphine", "\"indications\": [\"nonCancer\"]", "\"indications\": [\"spasticity\"]",
        "$.titration[0].indications: given spasticity"
      ),
      ("baclofen", "\"value\": \"75 ug\"", "\"value\": \"45 ug\"", "more than the step before"),
      ("baclofen", "\"value\": \"75 ug\"", "\"value\": \"80 ug\"", "a volume that holds 80 ug"),
      ("baclofen", "\"value\": \"1.5 mL\"", "\"value\": \"15 mL\"", "$.screening.steps[1].volume"),
      (
        "baclofen", "\"wait\": {\n          \"value\": \"24 h\",",
        "\"wait\": {\n          \"value\": 24,",
        ".wait.value: given the number 24"
      ),
      ("mixtures", "[\"morphine\", \"clonidine\"]", "[\"morphine\", \"clonidin\"]", "has a file"),
      (
        "mixtures", "[\"morphine\", \"clonidine\"]", "[\"morphine\", \"morphine\"]",
        "each drug once"
      ),
      ("mixtures", "[\"morphine\", \"clonidine\"]", "[\"morphine\"]", "at least two"),
      (
        "mixtures", "[\"morphine\", \"clonidine\"]", "[\"baclofen\", \"morphine\"]",
        "each mixture once"
      ),
      ("conversion", "\"value\": \"300:1\"", "\"value\": \"100:1\"", "one ratio"),
      (
        "conversion", "{\"drug\": \"codeine\", \"route\": \"oral\"}",
        "{\"drug\": \"morphine\", \"route\": \"oral\"}", "the same as \"from\""
      ),
      (
        "conversion", "{\"drug\": \"codeine\", \"route\": \"oral\"}",
        "{\"drug\": \"tramadol\", \"route\": \"oral\"}", "this conversion again"
      ),
      (
        "conversion", "{\"drug\": \"codeine\", \"route\": \"oral\"}",
        "{\"drug\": \"codeine\", \"route\": \"intrathecal\"}", "a drug that has a file"
      ),
      (
        "conversion", "{\"drug\": \"codeine\", \"route\": \"oral\"}",
        "{\"drug\": \"codeine\", \"route\": \"nasal\"}", ".from.route"
      ),
      ("conversion", "\"value\": \"1:12\"", "\"used\": false, \"value\": \"1:12\"", "no ratio"),
    ]
  )
  func contradiction(file: String, line: String, instead: String, finding: String) throws {
    let fault = try #require(try Self.fault(file, line, instead))
    #expect(fault.hasPrefix("\(file).json $"), "\(fault)")
    #expect(fault.contains(finding), "\(fault)")
  }

  @Test
  func `a file that is missing, twice or no JSON is caught`() {
    func fault(_ files: [(name: String, text: String)]) -> String {
      do {
        _ = try DrugLibrary(files: files)
        return "none"
      } catch {
        return error.description
      }
    }
    let files = DrugText.files
    #expect(fault(files) == "none")
    #expect(fault(files + [files[0]]).hasPrefix("baclofen: given this file twice"))
    #expect(fault(files.filter { $0.name != "policy" }).hasPrefix("policy.json: given nothing"))
    let broken = files.map { $0.name == "policy" ? ($0.name, "{") : $0 }
    #expect(fault(broken).hasPrefix("policy.json $: "))
    let without = files.filter { $0.name != "sufentanil" }
    #expect(fault(without).hasPrefix("mixtures.json $.discouraged[0].with[3]: "))
  }
}
