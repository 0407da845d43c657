import JSONText
import PumpCore
public import Quantities

extension ScriptedFault {
  /// Reads a script: one JSON object a line, `#` begins a remark.
  ///
  /// - Parameters:
  ///   - bytes: the lines.
  ///   - now: what `"at": "now"` means; where it is nothing, such lines are left out.
  ///   - before: how many lines came before these, for messages.
  /// - Returns: the faults, in order of time.
  /// - Throws: the first line that is none, with its number.
  public static func script(
    _ bytes: [UInt8],
    now: PumpTime? = nil,
    after before: Int = 0
  ) throws(FaultScriptError) -> [ScriptedFault] {
    var faults: [ScriptedFault] = []
    var number = before
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
      guard let first = text.first, first != UInt8(ascii: "#") else { continue }
      do {
        let cursor = JSONCursor(root: try JSONValue(parsing: Array(text)))
        if let fault = try fault(cursor, now) { faults.append(fault) }
      } catch {
        throw FaultScriptError(line: number, what: "\(error)")
      }
    }
    return faults.sorted { $0.at < $1.at }
  }

  private static func fault(_ cursor: JSONCursor, _ now: PumpTime?) throws -> ScriptedFault? {
    let object = try cursor.object([
      "at", "fault", "for", "count", "copies", "level", "permille", "ppm", "volume",
    ])
    let fault = try what(object)
    let at = try object.required("at", expected: "a time such as \"2 h\", or \"now\"").string()
    if at == "now" { return now.map { ScriptedFault(at: $0, fault) } }
    return ScriptedFault(at: .commissioning + (try TimeSpan(text: at)), fault)
  }

  private static func what(_ object: JSONObject) throws -> WorldFault {
    func span(_ name: String) throws -> TimeSpan {
      try TimeSpan(text: object.required(name, expected: "a time such as \"2 h\"").string())
    }
    func count(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
      try object.required(name, expected: "a number").integer(in: range)
    }
    let name = try object.required("fault", expected: "the name of a fault")
    switch try name.string() {
    case "stall": return .stall(try span("for"))
    case "wear": return .wear(slipEvery: Int64(try count("count", 0...1_000_000)))
    case "extraStrokes": return .extraStrokes(try count("count", 1...1_000))
    case "powerLoss": return .powerLoss(try span("for"))
    case "tornWrite": return .tornWrite(try span("for"))
    case "corruptProgram": return .corruptProgram(copies: try count("copies", 1...2))
    case "drain": return .drain(permille: Int64(try count("permille", 1...1_000)))
    case "clockStep": return .clockStep
    case "clockDrift":
      return .clockDrift(partsPerMillion: Int64(try count("ppm", -10_000...10_000)))
    case "leak":
      let volume = try object.required("volume", expected: "a volume such as \"2 mL\"")
      guard let leaked = try? Volume(text: volume.string()), leaked > Volume(nanolitres: 0) else {
        throw volume.mismatch(expected: "a volume above 0, such as \"2 mL\"")
      }
      return .leak(leaked)
    case "catheterOff": return .catheterOff(try span("for"))
    case "battery":
      let level = try object.required("level", expected: "a level of the battery")
      switch try level.string() {
      case "replacement": return .battery(.replacement)
      case "endOfService": return .battery(.endOfService)
      default: throw level.mismatch(expected: "\"replacement\" or \"endOfService\"")
      }
    default:
      throw name.mismatch(
        expected: "stall, wear, extraStrokes, powerLoss, tornWrite, corruptProgram, drain, "
          + "clockStep, clockDrift, leak, catheterOff or battery"
      )
    }
  }
}

/// A line of a script of faults that cannot be read.
public struct FaultScriptError: Error, Equatable, Sendable, CustomStringConvertible {
  public let line: Int
  public let what: String
  public var description: String { "line \(line): \(what)" }
}
