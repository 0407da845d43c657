import JSONText
import Pharmacology
import Quantities
import Therapy

/// How the demonstration's patients answer to the dose: `Examples/clinic/response.json`, invented for
/// teaching; what each number means stands in the file.
struct DemoRule: Equatable, Sendable {
  struct Point: Equatable, Sendable {
    /// Of the effect of the usual dose.
    let percent: Int
    /// Of a score, in tenths.
    let change: Int
  }

  struct Curve: Equatable, Sendable {
    let scale: ScoreScale
    let scatterTenths: Int
    let points: [Point]
  }

  /// What is felt beyond a bound.
  struct Sign: Equatable, Sendable {
    let percent: Int
    let what: String
    let severity: SideEffectSeverity
  }

  struct Drug: Equatable, Sendable {
    let name: String
    /// Its numbers in the patient model.
    let parameters: Pharmacology.Drug
    let curves: [Curve]
    /// From the mildest to the worst.
    let tooLittle: [Sign]
    let tooMuch: [Sign]
  }

  struct Usual: Equatable, Sendable {
    let drug: Drug
    let dose: DailyDose
  }

  /// After the beginning of the demonstration; a quarter of a day lies between two reports.
  let reportAfter: TimeSpan
  /// A modified Ashworth score is taken with one report in so many.
  let examineEvery: Int
  /// By patient.
  let usual: [String: Usual]

  /// Reads the file.
  ///
  /// - Throws: where it does not have the form, with the path.
  init(_ bytes: [UInt8]) throws {
    let root = try JSONCursor(root: try JSONValue(parsing: bytes)).object([
      "note", "means", "reportAfter", "examineEvery", "drugs", "patients",
    ])
    reportAfter = try TimeSpan(text: root.required("reportAfter").string())
    examineEvery = try root.required("examineEvery").integer(in: 1...365)
    let drugs = try root.required("drugs").array().map(Self.drug)
    var usual: [String: Usual] = [:]
    for cursor in try root.required("patients").array() {
      let object = try cursor.object(["patient", "drug", "usual"])
      let name = try object.required("drug")
      let given = try name.string()
      guard let drug = drugs.first(where: { $0.name == given }) else {
        throw name.mismatch(expected: "a drug of this file")
      }
      let dose = try object.required("usual")
      let daily = try DailyDose(text: dose.string())
      guard daily.mass.femtograms >= 4 else { throw dose.mismatch(expected: "a dose above 0") }
      usual[try object.required("patient").string()] = Usual(drug: drug, dose: daily)
    }
    self.usual = usual
  }

  private static func drug(_ cursor: JSONCursor) throws -> Drug {
    let object = try cursor.object(["drug", "curves", "tooLittle", "tooMuch"])
    let name = try object.required("drug")
    guard let defaults = DrugDefaults.named(try name.string()) else {
      let known = DrugDefaults.names.joined(separator: ", ")
      throw name.mismatch(expected: "a drug of the patient model: \(known)")
    }
    return Drug(
      name: defaults.drug.name,
      parameters: defaults.drug,
      curves: try object.required("curves").array().map(curve),
      tooLittle: try object.required("tooLittle").array().map(sign),
      tooMuch: try object.required("tooMuch").array().map(sign)
    )
  }

  private static func curve(_ cursor: JSONCursor) throws -> Curve {
    let object = try cursor.object(["scale", "scatter", "points"])
    let name = try object.required("scale")
    guard let scale = ScoreScale(rawValue: try name.string()) else {
      throw name.mismatch(expected: "nrs, modifiedAshworth or penn")
    }
    let field = try object.required("points")
    let points = try field.array().map { cursor in
      let point = try cursor.object(["percent", "change"])
      return Point(
        percent: try point.required("percent").integer(in: 0...1_000),
        change: try point.required("change").integer(in: -100...100)
      )
    }
    let isRising = zip(points, points.dropFirst()).allSatisfy { $0.percent < $1.percent }
    guard !points.isEmpty, isRising else {
      throw field.mismatch(expected: "points by rising percent, at least one")
    }
    return Curve(
      scale: scale,
      scatterTenths: try object.required("scatter").integer(in: 0...20),
      points: points
    )
  }

  private static func sign(_ cursor: JSONCursor) throws -> Sign {
    let object = try cursor.object(["percent", "what", "severity"])
    let word = try object.required("severity")
    guard let severity = SideEffectSeverity(rawValue: try word.string()) else {
      throw word.mismatch(expected: "mild, moderate or severe")
    }
    return Sign(
      percent: try object.required("percent").integer(in: 0...1_000),
      what: try object.required("what").string(),
      severity: severity
    )
  }
}

extension DemoRule.Curve {
  /// How many tenths a score is changed by an effect, on the straight lines between the points.
  ///
  /// - Parameter effect: in thousandths of the effect of the usual dose.
  /// - Returns: below nothing where the score gets better.
  func tenths(at effect: Int) -> Int {
    guard let next = points.firstIndex(where: { $0.percent * 10 >= effect }) else {
      return points[points.count - 1].change
    }
    guard next > 0 else { return points[0].change }
    let (low, high) = (points[next - 1], points[next])
    let part = (effect - low.percent * 10) * (high.change - low.change)
    let width = (high.percent - low.percent) * 10
    // To the nearest, so that a small change is not always told as none.
    return low.change + (part >= 0 ? part + width / 2 : part - width / 2) / width
  }
}
