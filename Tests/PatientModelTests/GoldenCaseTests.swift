import Foundation
import JSONText
import PatientModel
import Pharmacology
import Testing

/// The golden cases of the model: an independent calculation by another program.
struct GoldenCaseTests {
  /// The golden file: cases, each an input and what it must give.
  static let file: Data = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/model/model.json")
    return (try? Data(contentsOf: path)) ?? Data()
  }()

  static func golden(_ name: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: file) as? [String: Any]
    let cases = try #require(object?["cases"] as? [[String: Any]])
    return try #require(cases.first { $0["id"] as? String == name })
  }

  static let names = (1...12).map { $0 < 10 ? "P0\($0)" : "P\($0)" }

  static func run(_ name: String, cells: Int) throws -> (output: Figures, result: ModelResult) {
    let item = try golden(name)
    let input = try JSONSerialization.data(withJSONObject: try #require(item["input"]))
    let model = try ModelCase(bytes: Array(input), cells: cells)
    let result = ModelResult(of: model)
    return (try Figures(json: Data(result.json(of: model))), result)
  }

  static func expected(_ name: String) throws -> Figures {
    Figures(object: try #require(try golden(name)["output"] as? [String: Any]))
  }

  @Test func `all golden cases are here`() throws {
    let object = try JSONSerialization.jsonObject(with: Self.file) as? [String: Any]
    let cases = try #require(object?["cases"] as? [[String: Any]])
    #expect(cases.compactMap { $0["id"] as? String } == Self.names)
  }

  @Test(arguments: names, [240, 480])
  func `a golden case agrees within its tolerances`(name: String, cells: Int) throws {
    let (found, result) = try Self.run(name, cells: cells)
    let golden = try Self.expected(name)
    #expect(Set(found.series.keys) == Set(golden.series.keys))
    for (series, values) in golden.series where series != "t" {
      let own = try #require(found.series[series])
      #expect(own.count == values.count, "\(series)")
      let greatest = values.map(\.magnitude).max() ?? 0
      let isEffect = series.hasPrefix("window") && series.hasSuffix(".effect")
      for (index, pair) in zip(own, values).enumerated() {
        let error = (pair.0 - pair.1).magnitude
        if isEffect {
          #expect(error <= 2e-3, "\(series)[\(index)]")
        } else {
          #expect(error <= 2e-3 * greatest, "\(series)[\(index)]")
          if pair.1.magnitude > 1e-3 * greatest {
            #expect(error <= 5e-3 * pair.1.magnitude, "\(series)[\(index)]")
          }
        }
      }
    }
    #expect(found.series["t"] == golden.series["t"])
    for (key, value) in golden.integrals {
      let own = try #require(found.integrals[key])
      #expect((own - value).magnitude <= 1e-3 * value, "AUC \(key)")
    }
    for (key, value) in golden.peaks {
      let own = try #require(found.peaks[key])
      #expect((own.value - value.value).magnitude <= 2e-3 * value.value, "peak \(key)")
      // At the same time, or at another one of which the value differs by less than the tolerance.
      if own.time != value.time {
        let index = try #require(golden.series["t"]?.firstIndex(of: own.time))
        let there = try #require(golden.series[key]?[index])
        #expect((there - value.value).magnitude < 2e-3 * value.value, "peak \(key)")
      }
    }
    #expect(result.massBalance.relativeError <= 1e-9)
    // The golden file has ten digits.
    let infused = try #require(golden.balance["infusedIT"])
    #expect((result.massBalance.infused - infused).magnitude <= 1e-9 * max(infused, 1e-12))
    let greatest = max(result.extremes.greatest, 1e-300)
    #expect(result.extremes.lowest >= -1e-9 * greatest)
  }

  @Test(arguments: names)
  func `what leaves the tip agrees to 1e-9 h`(name: String) throws {
    let found = try Self.run(name, cells: 120).output.catheter
    let golden = try Self.expected(name).catheter
    #expect(found.count == golden.count)
    for (own, segment) in zip(found, golden) {
      #expect(own.count == 4)
      // Times whose inputs were printed with ten digits.
      #expect((own[0] - segment[0]).magnitude <= max(1e-9, 2e-9 * segment[0]), "\(own)")
      #expect((own[1] - segment[1]).magnitude <= max(1e-9, 2e-9 * segment[1]), "\(own)")
      #expect((own[2] - segment[2]).magnitude <= 1e-9 * segment[2])
      #expect(own[3] == segment[3])
    }
  }

  @Test(arguments: names)
  func `every sum of where the drug is agrees`(name: String) throws {
    let found = try Self.run(name, cells: 480).output.balance
    let golden = try Self.expected(name).balance
    let whole = try #require(golden["totalIn"])
    #expect(Set(found.keys) == Set(golden.keys))
    for (key, value) in golden where key != "relativeError" {
      let own = try #require(found[key])
      #expect((own - value).magnitude <= 2e-3 * value.magnitude + 1e-9 * whole, "\(key)")
    }
  }
}

/// A result in numbers by name.
struct Figures {
  var series: [String: [Double]] = [:]
  var integrals: [String: Double] = [:]
  var peaks: [String: (value: Double, time: Double)] = [:]
  var balance: [String: Double] = [:]
  var catheter: [[Double]] = []

  init(json: Data) throws {
    let parsed = try JSONSerialization.jsonObject(with: json)
    self.init(object: try #require(parsed as? [String: Any]))
  }

  init(object: [String: Any]) {
    for (name, value) in object {
      switch name {
      case "AUC": integrals = Self.numbers(value)
      case "peak": collectPeaks(value, prefix: "")
      case "massBalance": balance = Self.numbers(value)
      case "catheter": catheter = value as? [[Double]] ?? []
      case "window":
        for (index, window) in (value as? [[String: Any]] ?? []).enumerated() {
          for (key, list) in window { series["window[\(index)].\(key)"] = list as? [Double] }
        }
      default:
        if let list = value as? [Double] { series[name] = list }
        for (place, list) in value as? [String: [Double]] ?? [:] {
          series["\(name).\(place)"] = list
        }
      }
    }
  }

  private static func numbers(_ value: Any) -> [String: Double] {
    var found: [String: Double] = [:]
    for (key, value) in value as? [String: Any] ?? [:] {
      if let number = value as? Double { found[key] = number }
      for (place, number) in value as? [String: Double] ?? [:] { found["\(key).\(place)"] = number }
    }
    return found
  }

  private mutating func collectPeaks(_ value: Any, prefix: String) {
    for (key, value) in value as? [String: Any] ?? [:] {
      guard let object = value as? [String: Any] else { continue }
      if let peak = object["value"] as? Double, let time = object["time"] as? Double {
        peaks[prefix + key] = (peak, time)
      } else {
        collectPeaks(object, prefix: "\(key).")
      }
    }
  }
}
