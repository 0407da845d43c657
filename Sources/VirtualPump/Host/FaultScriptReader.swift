import JSONText
import PumpCore
import Quantities

extension ScriptedFault {
  /// Reads a script: one JSON object a line, `#` begins a remark.
  ///
  /// - Throws: the first line that is none, with its number.
  public static func script(_ bytes: [UInt8]) throws(FaultScriptError) -> [ScriptedFault] {
    var faults: [ScriptedFault] = []
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
      guard let first = text.first, first != UInt8(ascii: "#") else { continue }
      do {
        faults.append(try fault(JSONCursor(root: try JSONValue(parsing: Array(text)))))
      } catch {
        throw FaultScriptError(line: number, what: "\(error)")
      }
    }
    return faults.sorted { $0.at < $1.at }
  }

  private static func fault(_ cursor: JSONCursor) throws -> ScriptedFault {
    let object = try cursor.object([
      "at", "fault", "for", "count", "copies", "level", "permille", "ppm",
    ])
    func span(_ name: String) throws -> TimeSpan {
      try TimeSpan(text: object.required(name, expected: "a time such as \"2 h\"").string())
    }
    func count(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
      try object.required(name, expected: "a number").integer(in: range)
    }
    let name = try object.required("fault", expected: "the name of a fault")
    let fault: WorldFault
    switch try name.string() {
    case "stall": fault = .stall(try span("for"))
    case "wear": fault = .wear(slipEvery: Int64(try count("count", 0...1_000_000)))
    case "extraStrokes": fault = .extraStrokes(try count("count", 1...1_000))
    case "powerLoss": fault = .powerLoss(try span("for"))
    case "tornWrite": fault = .tornWrite(try span("for"))
    case "corruptProgram": fault = .corruptProgram(copies: try count("copies", 1...2))
    case "drain": fault = .drain(permille: Int64(try count("permille", 1...1_000)))
    case "clockStep": fault = .clockStep
    case "clockDrift":
      fault = .clockDrift(partsPerMillion: Int64(try count("ppm", -10_000...10_000)))
    case "battery":
      let level = try object.required("level", expected: "a level of the battery")
      switch try level.string() {
      case "replacement": fault = .battery(.replacement)
      case "endOfService": fault = .battery(.endOfService)
      default: throw level.mismatch(expected: "\"replacement\" or \"endOfService\"")
      }
    default:
      throw name.mismatch(
        expected: "stall, wear, extraStrokes, powerLoss, tornWrite, corruptProgram, drain, "
          + "clockStep, clockDrift or battery"
      )
    }
    return ScriptedFault(at: .commissioning + (try span("at")), fault)
  }
}

/// A line of a script of faults that cannot be read.
public struct FaultScriptError: Error, Equatable, Sendable, CustomStringConvertible {
  public let line: Int
  public let what: String
  public var description: String { "line \(line): \(what)" }
}
