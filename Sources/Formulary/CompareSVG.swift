/// SVG as it is written: words escaped, numbers to a tenth of a unit.
struct CompareSVG {
  private(set) var text = ""

  mutating func raw(_ markup: String) { text += markup }

  mutating func words(_ words: String, x: Double, y: Double, style: String) {
    text += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(style)\">"
    text += "\(Self.escaped(words))</text>\n"
  }

  mutating func line(_ data: String, style: String) {
    guard !data.isEmpty else { return }
    text += "<path d=\"\(data)\" class=\"\(style)\"/>\n"
  }

  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let tenths = Int64((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  static func escaped(_ words: String) -> String {
    var escaped = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
      }
    }
    return escaped
  }
}

/// Values from 0 upward, with ticks at round ones.
struct CompareAxis {
  /// A little above the greatest value.
  let top: Double
  let ticks: [(value: Double, label: String)]

  init(greatest: Double) {
    let reach = greatest > 0 ? greatest * 1.08 : 1
    top = reach
    var power = 1.0
    while power > reach / 4 { power /= 10 }
    while power * 10 <= reach / 4 { power *= 10 }
    let step =
      [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= reach / 4 * 0.999 } ?? 10 * power
    var ticks: [(value: Double, label: String)] = []
    var index: Int64 = 0
    while Double(index) * step <= reach {
      ticks.append((Double(index) * step, Self.label(index, step: step)))
      index += 1
    }
    self.ticks = ticks
  }

  /// A multiple of a step with as many decimals as the step needs.
  private static func label(_ index: Int64, step: Double) -> String {
    var divisor: Int64 = 1
    var scaled = step
    while divisor < 1_000_000_000, abs(scaled - scaled.rounded()) > 1e-6 * max(scaled, 1e-6) {
      scaled *= 10
      divisor *= 10
    }
    let value = Rational(index * Int64(min(scaled.rounded(), 1e15)), over: divisor)
    return value.text(exactDecimals: 9)
  }
}

extension ComparePicture {
  /// Colors for a light and for a dark page, and larger letters on a narrow one.
  static let style = """
    svg{color-scheme:light dark;width:100%;height:auto;\
    --bg:#fff;--ink:#18212b;--soft:#55616e;--grid:#dfe4e9;--shade:#98a4b1;\
    --before:#6b4a00;--after:#0b6e8f;--alert:#b3261e;\
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
    font-variant-numeric:tabular-nums}
    @media (prefers-color-scheme:dark){svg{--bg:#12171d;--ink:#e7ecf1;--soft:#a3afbb;\
    --grid:#29323b;--shade:#6b7784;--before:#e0b15a;--after:#54b9dc;--alert:#ff8a80}}
    text{fill:var(--ink);font-size:16px;paint-order:stroke;stroke:var(--bg);stroke-width:3px;\
    stroke-linejoin:round}
    .bg{fill:var(--bg)}
    .h1{font-size:24px;font-weight:650}
    .total{font-size:26px;font-weight:650}
    .alert{font-size:20px;font-weight:650;fill:var(--alert)}
    .h{font-size:17px;font-weight:650}
    .sub,.tick{fill:var(--soft)}
    .mid{text-anchor:middle}.end{text-anchor:end}
    path{fill:none;stroke-linejoin:round;stroke-linecap:butt}
    .grid{stroke:var(--grid);stroke-width:1}.base{stroke:var(--shade);stroke-width:1}
    .before{stroke:var(--before);stroke-width:3;stroke-dasharray:9 6}
    .after{stroke:var(--after);stroke-width:3}
    @media (max-width:640px){text{font-size:29px;stroke-width:5px}.h1{font-size:36px}\
    .total{font-size:37px}.alert{font-size:31px}.h{font-size:31px}.sub{font-size:29px}\
    .before,.after{stroke-width:5}.tick{font-size:27px}.minor{display:none}}
    """
}
