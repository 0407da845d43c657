import PumpTesting

/// A slip of someone who types a quantity.
struct EntrySlip {
  enum Kind: String, CaseIterable {
    case tenfold, thousandfold, hourForDay, hourForMinute, dropped, doubled, swapped
  }

  let kind: Kind
  /// What stands there instead.
  let text: String

  /// Every slip that one quantity invites; each text once, and none that says the same.
  static func all(_ right: String) -> [EntrySlip] {
    let parts = right.split(separator: " ").map(String.init)
    let (number, unit) = (parts[0], parts[1])
    var slips = [
      EntrySlip(kind: .tenfold, text: "\(moved(number, right: true)) \(unit)"),
      EntrySlip(kind: .tenfold, text: "\(moved(number, right: false)) \(unit)"),
    ]
    for (meant, typed) in [("ug", "mg"), ("mg", "ug")] where unit.hasPrefix(meant) {
      slips.append(EntrySlip(kind: .thousandfold, text: "\(number) \(typed)\(unit.dropFirst(2))"))
    }
    if unit.hasSuffix("/d") {
      slips.append(EntrySlip(kind: .hourForDay, text: "\(number) \(unit.dropLast())h"))
    }
    for (meant, typed) in [("h", "min"), ("min", "h")] where unit == meant {
      slips.append(EntrySlip(kind: .hourForMinute, text: "\(number) \(typed)"))
    }
    slips += digits(number).map { EntrySlip(kind: $0.kind, text: "\($0.text) \(unit)") }
    var seen = [value(right)]
    return slips.filter { slip in
      let value = value(slip.text)
      defer { seen.append(value) }
      return !seen.contains(value)
    }
    .map { slip in
      // A zero too many or too few is a slip by ten as well.
      let ratio = value(slip.text) / value(right)
      let isTen = ratio == Share(10) || ratio * Share(10) == Share(1)
      return isTen ? EntrySlip(kind: .tenfold, text: slip.text) : slip
    }
  }

  /// In stored units; hours a day are times 24.
  private static func value(_ text: String) -> Share {
    let isHourly = text.hasSuffix("/h")
    let daily = isHourly ? "\(text.dropLast())d" : text
    return Given(daily).stored * Share(isHourly ? 24 : 1)
  }

  private static func digits(_ number: String) -> [(kind: Kind, text: String)] {
    let places = Array(number)
    var slips: [(kind: Kind, text: String)] = []
    for index in places.indices where places[index] != "." {
      var dropped = places
      dropped.remove(at: index)
      slips.append((.dropped, String(dropped)))
      var doubled = places
      doubled.insert(places[index], at: index)
      slips.append((.doubled, String(doubled)))
      guard index + 1 < places.count, places[index + 1] != "." else { continue }
      var swapped = places
      swapped.swapAt(index, index + 1)
      slips.append((.swapped, String(swapped)))
    }
    return slips.filter { slip in
      // What is left is a number other than none.
      let isNumber = slip.text.first?.isNumber == true && slip.text.last?.isNumber == true
      return isNumber && slip.text.contains { "123456789".contains($0) }
    }
  }

  /// The decimal point one place on.
  private static func moved(_ number: String, right isRight: Bool) -> String {
    let parts = number.split(separator: ".").map(String.init)
    var (whole, fraction) = (parts[0], parts.count > 1 ? parts[1] : "")
    if isRight {
      whole += fraction.isEmpty ? "0" : String(fraction.removeFirst())
    } else {
      fraction = String(whole.removeLast()) + fraction
    }
    while whole.count > 1, whole.first == "0" { whole.removeFirst() }
    return (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
  }
}

/// A right request with the places at which someone types a quantity: `<60 ug/d>` in its text.
struct EntryForm {
  /// What is asked, for the report.
  let name: String
  /// With each quantity in `<` and `>`.
  let template: String

  var right: String { template.filter { $0 != "<" && $0 != ">" } }

  /// Every request with one slip in it: where it is, what was typed, and the text.
  var wrong: [(slip: EntrySlip, right: String, request: String)] {
    let parts = template.split(separator: "<", omittingEmptySubsequences: false).map(String.init)
    var wrong: [(slip: EntrySlip, right: String, request: String)] = []
    for index in parts.indices.dropFirst() {
      let pieces = parts[index].split(separator: ">", maxSplits: 1).map(String.init)
      for slip in EntrySlip.all(pieces[0]) {
        var changed = parts
        changed[index] = slip.text + pieces[1]
        let request = changed.joined().filter { $0 != "<" && $0 != ">" }
        wrong.append((slip, pieces[0], request))
      }
    }
    return wrong
  }
}
