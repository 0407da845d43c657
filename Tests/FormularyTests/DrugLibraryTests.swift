import Foundation
import JSONText
import PumpScenario
import Quantities
import Testing

@testable import Formulary

/// The facts of the formulary as they are shipped.
struct DrugLibraryTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let library = DrugLibrary.standard

  @Test
  func `what is in the binary is what stands in the files`() throws {
    let folder = Self.root.appending(path: "Sources/Formulary/Data")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    #expect(DrugText.files.map(\.name) == names, "run scripts/embed-formulary.sh")
    for file in DrugText.files {
      let text = try String(
        contentsOf: folder.appending(path: "\(file.name).json"),
        encoding: .utf8
      )
      #expect(file.text + "\n" == text, "\(file.name): run scripts/embed-formulary.sh")
    }
  }

  @Test
  func `every drug of the reference is there`() {
    #expect(
      library.drugs.map(\.name) == [
        "baclofen", "bupivacaine", "clonidine", "fentanyl", "hydromorphone", "morphine",
        "ropivacaine", "sufentanil", "ziconotide",
      ]
    )
    #expect(library.drug("Morphine") == nil)
  }

  /// Walks through a file and yields each object that has a source or holds a quantity.
  private static func facts(_ value: JSONValue) -> [[JSONMember]] {
    switch value {
    case .object(let members):
      let names = members.map(\.name)
      let isFact = names.contains { ["value", "values", "from", "source"].contains($0) }
      // A conversion has a "from" of its own, which is an object.
      let isForm = members.contains { member in
        if case .object = member.value { member.name == "from" } else { false }
      }
      return (isFact && !isForm ? [members] : []) + members.flatMap { facts($0.value) }
    case .array(let elements): return elements.flatMap { facts($0) }
    case .null, .bool, .number, .string: return []
    }
  }

  @Test
  func `each number has a source and a confidence, and one that was recalled says so`() throws {
    var count = 0
    for file in DrugText.files {
      for members in Self.facts(try JSONValue(parsing: Array(file.text.utf8))) {
        count += 1
        func text(_ name: String) -> String? {
          guard case .string(let text)? = members.first(where: { $0.name == name })?.value else {
            return nil
          }
          return text
        }
        let source = try #require(text("source"), "\(file.name): \(members)")
        #expect(["high", "medium", "low"].contains(text("confidence")), "\(file.name)")
        let isDocument =
          source.contains("://") || source.contains("PMID") || source.contains("JPSM")
          || source.contains("unverified") || source.contains("Cisterna")
        #expect(isDocument, "\(file.name): \(source)")
      }
    }
    #expect(count > 150)
  }

  @Test
  func `nothing recalled or weak counts as verified (SR-041)`() throws {
    let morphine = try #require(library.drug("morphine"))
    #expect(morphine.doses.maximum?.isVerified == false)
    #expect(morphine.concentrationCeiling?.isVerified == false)
    #expect(morphine.doses.caution?.isVerified == true)
    #expect(library.drug("ziconotide")?.doses.maximum?.isVerified == true)
    // A source that is there and weak: one center, low confidence.
    let clonidine = try #require(library.drug("clonidine"))
    #expect(clonidine.doses.usual.first?.dose.source.contains("aneskey") == true)
    #expect(clonidine.doses.usual.first?.dose.isVerified == false)
  }

  @Test(
    arguments: [
      ("morphine", 20_000_000, 15_000_000_000_000, false),
      ("hydromorphone", 15_000_000, 10_000_000_000_000, false),
      ("fentanyl", 10_000_000, 1_000_000_000_000, false),
      ("sufentanil", 5_000_000, 500_000_000_000, false),
      ("bupivacaine", 30_000_000, 20_000_000_000_000, false),
      ("clonidine", 1_000_000, 600_000_000_000, false),
      ("ziconotide", 100_000, 19_200_000_000, true),
    ] as [(String, Int64, Int64, Bool)]
  )
  func `other calculators find the limits of a drug and their standing (SR-040, SR-041)`(
    drug: String,
    nanogramsPerMillilitre: Int64,
    femtogramsPerDay: Int64,
    isVerified: Bool
  ) throws {
    let concentration = try #require(DrugLimits.maximumConcentration(of: drug))
    #expect(concentration.limit.nanogramsPerMillilitre == nanogramsPerMillilitre)
    #expect(!concentration.isVerified)
    let dose = try #require(DrugLimits.maximumDailyDose(of: drug))
    #expect(dose.limit.mass.femtograms == femtogramsPerDay)
    #expect(dose.isVerified == isVerified)
  }

  @Test
  func `where nothing is known there is no limit`() {
    #expect(DrugLimits.maximumDailyDose(of: "baclofen") == nil)
    #expect(DrugLimits.maximumDailyDose(of: "ropivacaine") == nil)
    #expect(DrugLimits.maximumConcentration(of: "ropivacaine") == nil)
    #expect(DrugLimits.maximumConcentration(of: "saline") == nil)
    #expect(DrugLimits.cautionDailyDose(of: "baclofen")?.limit.text == "1 mg/d")
  }

  @Test
  func `care is asked for above a dose, not at it`() throws {
    for (femtograms, count) in [(1_000_000_000_000, 0), (1_000_000_000_001, 1)] {
      var result = PlanResult()
      result.careAbove(Rational(femtograms), of: "baclofen", what: "baclofen")
      #expect(result.warnings.count == count)
      #expect(result.refused.isEmpty)
    }
  }

  @Test
  func `a drug whose loss can kill keeps flowing and is refilled early`() {
    for drug in library.drugs {
      let isDangerous = drug.withdrawal.risk == .high
      #expect(isDangerous == ["baclofen", "clonidine"].contains(drug.name), "\(drug.name)")
      #expect((drug.safeRate.rateClass == .continue) == isDangerous, "\(drug.name)")
      #expect((drug.safeRate.share.value > .zero) == isDangerous, "\(drug.name)")
      #expect(drug.lowReservoir.value.text == (isDangerous ? "4 mL" : "2 mL"), "\(drug.name)")
    }
  }

  @Test
  func `the opioids carry what is known of granuloma and of overdose (H-29)`() {
    for drug in library.drugs where drug.drugClass == .opioid {
      #expect(drug.overdose.risk == .high, "\(drug.name)")
      #expect(drug.granuloma.isEmpty == (drug.name == "sufentanil"), "\(drug.name)")
    }
  }

  @Test
  func `mixtures are found in any order, and only whole`() {
    let mixtures = library.mixtures
    let three = ["clonidine", "morphine", "bupivacaine"]
    #expect(mixtures.combination(of: three)?.stability.value.text == "90 d")
    #expect(mixtures.combination(of: ["baclofen", "morphine"])?.stability.value.text == "30 d")
    #expect(mixtures.combination(of: ["morphine", "bupivacaine"]) == nil)
    #expect(mixtures.combination(of: ["morphine"]) == nil)
    #expect(mixtures.discouraged(in: ["fentanyl", "ziconotide"]).count == 1)
    #expect(mixtures.discouraged(in: ["clonidine", "ziconotide"]).isEmpty)
    #expect(mixtures.discouraged(in: ["fentanyl", "morphine"]).isEmpty)
  }

  @Test
  func `stability is told by the state of the fill`() throws {
    let ziconotide = try #require(library.drug("ziconotide"))
    let days = ziconotide.stability.map { "\($0.condition) \($0.limit.value.text)" }
    #expect(days == ["firstFill 14 d", "undiluted 84 d", "diluted 40 d"])
    #expect(library.drug("baclofen")?.stability.first?.limit.value.text == "180 d")
  }

  @Test
  func `no ratio is ever turned round, and no way is longer than three`() throws {
    let conversions = library.conversions
    for conversion in conversions.conversions {
      let back = conversions.way(from: conversion.to, to: conversion.from)
      // The one case that was reported from the spine back to the mouth has its own ratio.
      let isReported =
        conversion.to.text == "oral morphine" || conversion.from.text == "oral morphine"
      if !isReported { #expect(back == nil, "\(conversion.to.text)") }
    }
    for drug in library.drugs {
      for form in conversions.sources(of: drug.name) {
        let target = ConvertRatios.Form(drug: drug.name, route: .intrathecal)
        let way = try #require(conversions.way(from: form, to: target))
        #expect((1...3).contains(way.count))
        #expect(way.last?.to == target)
        #expect(way.dropLast().allSatisfy { $0.to != target })
      }
    }
    let morphine = ConvertRatios.Form(drug: "morphine", route: .intrathecal)
    let oral = ConvertRatios.Form(drug: "morphine", route: .oral)
    let back = try #require(conversions.way(from: morphine, to: oral)?.first)
    #expect(back.used.map(\.value.text) == ["1:12"])
    let forth = try #require(conversions.way(from: oral, to: morphine)?.first)
    #expect(forth.used.map(\.value.text) == ["300:1", "100:1"])
  }
}

/// Asks a calculator as the command line would.
enum DrugAsk {
  static func plan(_ name: PlanName, _ json: String) throws -> PlanResult {
    try Planner.plan(name, PlanRequest(bytes: Array(json.utf8)))
  }

  /// Path, what was given and what was expected; nothing where the request is taken.
  static func fault(_ name: PlanName, _ json: String) -> String? {
    do {
      _ = try plan(name, json)
      return nil
    } catch {
      return "\(error)"
    }
  }
}

extension PlanResult {
  /// The stored units of a quantity among the results.
  func stored(_ name: String) -> Int64? {
    guard case .quantity(let quantity)? = self[name] else { return nil }
    return quantity.storedUnits
  }

  /// A member of an object among the results.
  func member(_ name: String, _ member: String) -> PlanValue? {
    guard case .object(let members)? = self[name] else { return nil }
    return members.first { $0.name == member }?.value
  }

  var refusedCodes: Set<FindingCode> { Set(refused.map(\.code)) }

  var warnedCodes: Set<FindingCode> { Set(warnings.map(\.code)) }
}

extension PlanValue {
  var storedUnits: Int64? {
    guard case .quantity(let quantity) = self else { return nil }
    return quantity.storedUnits
  }
}

/// Exact arithmetic of the tests, by other means than those of the product: a wide product and one
/// division, the rounding decided on twice the remainder.
enum DrugArithmetic {
  static func halfEven(_ numerator: Int128, _ denominator: Int128) -> Int64 {
    var quotient = numerator / denominator
    let twice = (numerator - quotient * denominator) * 2
    if twice > denominator || (twice == denominator && quotient % 2 != 0) { quotient += 1 }
    return Int64(quotient)
  }
}
