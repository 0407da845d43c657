import Foundation
import Pharmacology

// Writes docs/evidence.md: each published observation beside what the defaults give.
let rows = Observations.all()
let inside = rows.filter(\.isInside).count
let unfitted = rows.filter { $0.role != .fitted }

func shown(_ value: Double?) -> String {
  value.map { String(format: "%.4g", $0) } ?? "does not come about"
}

func bounds(_ range: ClosedRange<Double>) -> String {
  "\(String(format: "%g", range.lowerBound))–\(String(format: "%g", range.upperBound))"
}

var page = """
  # The patient model against published observations

  Written by `make evidence`, which runs every row; nothing is tuned for it. **\(inside) of \(rows.count) \
  rows lie inside the published interval; of the \(unfitted.count) that were not fitted, \
  \(unfitted.filter(\.isInside).count).** A row marked *fitted* was in view when defaults were chosen, so \
  that it says little for the model even where it lies inside. Read [model.md](model.md) for what the \
  model leaves out. It is not a clinical tool.

  | | Observation | Source | Published | Interval | Unit | Model | Inside | Standing |
  |---|---|---|---|---|---|---|---|---|

  """
for row in rows {
  page += "| \(row.id) | \(row.words) | \(row.source) | \(row.published) | \(bounds(row.interval)) "
  page += "| \(row.unit) | \(shown(row.model)) | \(row.isInside ? "yes" : "**no**") "
  page += "| \(row.role.rawValue) |\n"
}
page += """

  ## What the misses say
  - **V23**: linear kinetics with a half-life of a few hours reach their effect in hours, not in one or two days.
    Slow adaptation, or depth of tissue, is missing from the model.
  - **V25 and V28 contradict each other**: no one dispersion gives both the steep gradient in the cord of pigs and
    the 4:1 of lumbar to cisternal fluid in humans. If the pig's gradient holds in humans, the model overstates
    spread about ten times in dispersion.
  - **V25** stands at the edge: how the pig's experiment is rebuilt moves it across. An earlier calculation of the same row
    with the same dispersion gave 11.5, outside.
  - **V11, V12**: the peak 7 cm above the needle comes too early, so that the model mixes too fast near the site.
  - How an experiment is rebuilt (place of the needle, volume, the hours of a half-life) is a choice where the source's
    summary does not say; `Tools/evidence` has each choice.

  ## How the drugs' numbers are known

  | Drug | Published | Fitted by hand | Source |
  |---|---|---|---|

  """
for defaults in DrugDefaults.all {
  func names(_ evidence: DrugEvidence) -> String {
    let found = DrugParameter.allCases.filter { defaults.evidence(for: $0) == evidence }
    return found.isEmpty ? "none" : found.map { "`\($0.name)`" }.joined(separator: ", ")
  }
  let source =
    defaults.isPlaceholder ? "none: a placeholder, compared with nothing" : defaults.source
  page += "| \(defaults.drug.name) | \(names(.published)) | \(names(.fitted)) "
  page += "| \(source.isEmpty ? "none" : source) |\n"
}
page += """

  All other numbers are assumptions. `EC50` of bupivacaine is arbitrary. Published numbers were read in abstracts and
  labels, not in the full papers; the 4:1 of V1 and 30 mL/h of V6 are recalled from a label that could not be read again.

  """

let path = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "docs/evidence.md"
try Data(page.utf8).write(to: URL(filePath: path))
print("\(path): \(inside) of \(rows.count) rows inside the published interval")

// The same rows for the clinic's page; a test compares the two.
if CommandLine.arguments.count > 2 {
  func literal(_ text: String) -> String { "#\"\(text)\"#" }
  var source = """
    // Written by `make evidence`, with docs/evidence.md.
    // swift-format-ignore-file

    extension EvidenceRow {
      static let all: [EvidenceRow] = [

    """
  for row in rows {
    let texts = [
      ("id", row.id), ("words", row.words), ("source", row.source), ("published", row.published),
      ("interval", bounds(row.interval)), ("unit", row.unit), ("model", shown(row.model)),
    ]
    let members = texts.map { "\($0.0): \(literal($0.1))" }
    source += "    EvidenceRow(\(members.joined(separator: ", ")), "
    source += "isInside: \(row.isInside), standing: \(literal(row.role.rawValue))),\n"
  }
  source += "  ]\n}\n"
  try Data(source.utf8).write(to: URL(filePath: CommandLine.arguments[2]))
  print("\(CommandLine.arguments[2]): the same rows")
}
