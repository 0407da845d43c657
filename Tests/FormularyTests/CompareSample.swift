import JSONText

@testable import Formulary

/// Files for comparisons, and changes to them.
enum CompareSample {
  /// A file with one drug; `more` are further members of the program, as in `,"bridge":{…}`.
  static func file(
    _ basal: String,
    more: String = "",
    drugs: String = #"{"drug":"baclofen","concentration":"500 ug/mL"}"#,
    limits: String? = nil
  ) -> String {
    let drug = drugs.split(separator: "\"").dropFirst(3).first ?? "baclofen"
    let limits =
      limits ?? """
        {"maxRate":"24 mL/d","maxVolumePer24h":"6 mL","maxDosePer24h":{"\(drug)":"9 mg"}}
        """
    return """
      {"pump":{"capacity":"40 mL","minimumRate":"0.006 mL/d","maximumRate":"24 mL/d",
      "tubing":"0.14 mL","catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}},
      "fill":{"volume":"20 mL","drugs":[\(drugs)]},
      "program":{"basal":\(basal),"limits":\(limits),
      "safeRate":"0.01 mL/d","restartGap":"24 h","lowReservoir":"2 mL"\(more)}}
      """
  }

  static func constant(_ rate: String) -> String { "{\"mode\":\"constant\",\"rate\":\"\(rate)\"}" }

  static func side(_ text: String) throws -> CompareSide {
    try CompareSide(bytes: Array(text.utf8))
  }

  static func result(_ before: String, _ after: String) throws -> CompareResult {
    try CompareResult(before: try side(before), after: try side(after))
  }
}

extension JSONValue {
  /// The members of an object; none of anything else.
  var members: [JSONMember] {
    if case .object(let members) = self { return members }
    return []
  }

  subscript(_ name: String) -> JSONValue? {
    members.first { $0.name == name }?.value
  }

  /// An object with a member set anew.
  func with(_ name: String, _ value: JSONValue) -> JSONValue {
    .object(members.filter { $0.name != name } + [JSONMember(name: name, value: value)])
  }

  /// An object without some members.
  func without(_ names: [String]) -> JSONValue {
    .object(members.filter { !names.contains($0.name) })
  }

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}

extension String {
  /// What stands before and after the first place of a text.
  func split(around text: String) -> (before: String, after: String)? {
    let (bytes, pattern) = (Array(utf8), Array(text.utf8))
    guard bytes.count >= pattern.count else { return nil }
    for start in 0...(bytes.count - pattern.count)
    where bytes[start..<start + pattern.count].elementsEqual(pattern) {
      return (
        String(decoding: bytes[..<start], as: UTF8.self),
        String(decoding: bytes[(start + pattern.count)...], as: UTF8.self)
      )
    }
    return nil
  }
}
