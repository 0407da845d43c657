package import Pharmacology
import PumpScenario
import Quantities

/// A run of the model as one picture: the canal over time, chosen places, the effect, the pump.
///
/// The SVG needs nothing but itself. It follows the reader's light or dark setting, and says in words
/// what its colors say.
package struct ModelPicture: Sendable {
  /// The run that was drawn.
  package let result: ModelResult
  let input: ModelCase
  /// The canal at each time of output, from S2 upwards, ug/mL: the means of bands of cells.
  let bands: [[Double]]
  let time: PictureAxis

  static let left = 74.0
  static let right = 850.0
  static let width = 960.0
  static let bandCount = 60
  static let columnsMax = 160

  /// Runs a case and keeps what the picture needs.
  package init(of input: ModelCase) {
    self.input = input
    var bands: [[Double]] = []
    let perBand = input.cells / Self.bandCount
    result = ModelResult(of: input) { run in
      bands.append(
        (0..<Self.bandCount).map { band in
          let cells = run.state.fluid[(band * perBand)..<((band + 1) * perBand)]
          return cells.reduce(0, +) / Double(perBand)
        }
      )
    }
    self.bands = bands
    let end = PumpTime(milliseconds: Int64(input.end * 3_600_000))
    time = .overTime(until: end, from: Self.left, to: Self.right)
  }

  /// The SVG document.
  package func svg() -> String {
    var body = SVGText()
    var top = 92.0
    for panel in [canalPanel(), placesPanel(), effectPanel(), pumpPanel()] {
      body.open("g", [("transform", "translate(0 \(SVGText.number(top)))")])
      body.text(panel.title, x: Self.left, y: 16, style: "h")
      body.textSpan(after: panel.title, panel.unit, x: Self.left, y: 16)
      body.open("g", [("transform", "translate(0 28)")])
      body.append(panel.content)
      body.close("g")
      body.close("g")
      top += panel.height + 28 + 24
    }
    timeAxis(over: 120, bottom: top - 20, in: &body)
    let height = top + 46
    var svg = SVGText()
    svg.open(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 \(SVGText.number(Self.width)) \(SVGText.number(height))"),
        ("role", "img"), ("aria-labelledby", "title desc"),
      ]
    )
    svg.element("title", id: "title", "Cisterna patient model: \(headline)")
    svg.element("desc", id: "desc", description)
    svg.raw("<style>\(Self.style)</style>\n")
    svg.rect(x: 0, y: 0, width: Self.width, height: height, style: "bg")
    svg.text(headline, x: 24, y: 36, style: "h1")
    svg.text(
      "A prediction by a model whose numbers are mostly assumed. Not a clinical tool.",
      x: 24,
      y: 60,
      style: "sub"
    )
    svg.append(body)
    svg.close("svg")
    return svg.text
  }

  // MARK: - Words

  private var headline: String {
    let hours = CaseNumber.text(input.end)
    let span = input.end >= 72 ? "\(CaseNumber.text(input.end / 24)) d" : "\(hours) h"
    return "\(input.drug.name), tip at \(level(at: input.catheter.tip)), \(span)"
  }

  /// The place in cm, with the nearest level of this canal where it is within 1 cm.
  private func level(at place: Double) -> String {
    let length = input.geometry.length
    let nearest = SpinalLevel.all.min {
      ($0.place(in: length) - place).magnitude < ($1.place(in: length) - place).magnitude
    }
    let words = "\(CaseNumber.text(place)) cm"
    guard let nearest, (nearest.place(in: length) - place).magnitude <= 1 else { return words }
    return "\(nearest.name) (\(words))"
  }

  private var description: String {
    var text = "\(headline). In the fluid: "
    text += input.places.indices.map { index in
      let peak = result.peak(of: result.fluid[index])
      return "at \(level(at: input.places[index])) at most \(Self.short(peak.value)) ug/mL "
        + "at \(CaseNumber.text(peak.time)) h"
    }.joined(separator: "; ")
    let blood = result.peak(of: result.plasma)
    return text + ". In plasma at most \(Self.short(blood.value)) ug/mL."
  }

  /// Three digits.
  static func short(_ value: Double) -> String {
    // Below it there is no drug, and three digits of it could not be found either.
    guard value > 1e-300, value.isFinite else { return value > 0 && !value.isFinite ? "–" : "0" }
    var scale = 1.0
    var exponent = 0
    while value * scale < 100 {
      scale *= 10
      exponent += 1
    }
    while value * scale >= 1_000 {
      scale /= 10
      exponent -= 1
    }
    let digits = (value * scale).rounded()
    if exponent > 6 { return "\(CaseNumber.text(digits / 100))e-\(exponent - 2)" }
    return CaseNumber.text(exponent > 0 ? digits / scale : (value * scale).rounded() / scale)
  }

  private func timeAxis(over top: Double, bottom: Double, in body: inout SVGText) {
    for tick in time.ticks {
      let x = time.place(of: tick.value)
      body.text(tick.label, x: x, y: bottom + 20, style: "tick mid")
    }
    body.text(time.unit, x: Self.right + 24, y: bottom + 20, style: "unit")
  }
}

/// One panel of the picture.
struct ModelPanel {
  var title: String
  var unit: String
  var height: Double
  var content = SVGText()
}
