import Foundation

/// An event as a line of an export: JSON that people and other programs read.
///
/// The payload stands last and byte for byte, so that a line gives back the very event. A line that
/// is not the one that would be written for its event is refused, so no byte of it is free.
enum EventLine {
  private static let marker = Array(",\"payload\":".utf8)

  /// The members before the payload, in the order in which they are written.
  private struct Envelope: Codable {
    let position: Int64
    let stream: String
    let version: Int64
    let id: String
    let time: Int64
    let who: String
    let onBehalfOf: String?
    let what: String
    let form: Int32
    let why: String?
    let previous: String
    let hash: String
  }

  /// Without a line break.
  static func bytes(of event: LedgerEvent) -> [UInt8] {
    let draft = event.draft
    var line: [UInt8] = []
    line.reserveCapacity(draft.payload.count + 512)
    line += "{\"position\":\(event.position),\"stream\":".utf8
    quote(event.stream, into: &line)
    line += ",\"version\":\(event.version),\"id\":".utf8
    quote(draft.id, into: &line)
    line += ",\"time\":\(draft.time),\"who\":".utf8
    quote(draft.who, into: &line)
    if let behalf = draft.onBehalfOf {
      line += ",\"onBehalfOf\":".utf8
      quote(behalf, into: &line)
    }
    line += ",\"what\":".utf8
    quote(draft.what, into: &line)
    line += ",\"form\":\(draft.form)".utf8
    if let why = draft.why {
      line += ",\"why\":".utf8
      quote(why, into: &line)
    }
    line += ",\"previous\":\"\(event.previous)\",\"hash\":\"\(event.hash)\"".utf8
    line += marker
    line += draft.payload
    line.append(UInt8(ascii: "}"))
    return line
  }

  /// Nothing where the bytes are not just the line of an event.
  ///
  /// Every quote inside of a text is escaped, so the first marker is the real one.
  static func event(_ line: [UInt8]) -> LedgerEvent? {
    guard line.last == UInt8(ascii: "}"),
      let start = line.firstRange(of: marker),
      let envelope = try? JSONDecoder().decode(
        Envelope.self,
        from: Data(line[..<start.lowerBound] + [UInt8(ascii: "}")])
      ),
      let previous = LedgerHash(hexadecimal: envelope.previous),
      let hash = LedgerHash(hexadecimal: envelope.hash)
    else { return nil }
    let event = LedgerEvent(
      position: envelope.position,
      stream: envelope.stream,
      version: envelope.version,
      draft: EventDraft(
        id: envelope.id,
        time: envelope.time,
        who: envelope.who,
        onBehalfOf: envelope.onBehalfOf,
        what: envelope.what,
        form: envelope.form,
        why: envelope.why,
        payload: Array(line[start.upperBound...].dropLast())
      ),
      previous: previous,
      hash: hash
    )
    return bytes(of: event) == line ? event : nil
  }

  private static func quote(_ text: String, into line: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        line.append(UInt8(ascii: "\\"))
        line.append(byte)
      case 0..<0x20:
        line += "\\u00".utf8
        line.append(digits[Int(byte >> 4)])
        line.append(digits[Int(byte & 15)])
      default:
        line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }
}

/// The first and the last line of an export.
enum ExportFrame {
  static let first = Array("{\"cisternaLedger\":1}".utf8)

  /// Says how much there was, so that a cut export is not taken for a whole one.
  static func last(_ check: ChainCheck) -> [UInt8] {
    let anchor = check.anchor(on: "")
    let text = """
      {"events":\(anchor.position),"streams":\(anchor.streams),"root":"\(anchor.root)"}
      """
    return Array(text.utf8)
  }
}
