import Formulary
import JSONText
import PumpCore
import PumpScenario
import Quantities
import Therapy

/// The program in force beside another one, by the planner's own comparison.
struct ProgramComparison {
  let result: CompareResult

  /// - Parameters:
  ///   - record: the patient's; what is in the reservoir and in force is taken from it.
  ///   - program: what shall be in force.
  ///   - fluid: with what in the reservoir; nothing where that stays.
  /// - Throws: where the program cannot be read, with the place in it.
  init?(
    _ record: PatientRecord,
    _ program: ProgramJSON,
    with fluid: Fluid? = nil
  ) throws(ScenarioError) {
    guard let pump = record.pump, let reservoir = record.reservoir, let before = record.program
    else { return nil }
    func side(_ program: ProgramJSON, _ fluid: Fluid) throws(ScenarioError) -> CompareSide {
      try CompareSide(bytes: Self.scenario(pump, record.catheter, reservoir.volume, fluid, program))
    }
    result = try CompareResult(
      before: try side(before.program, reservoir.fluid),
      after: try side(program, fluid ?? reservoir.fluid),
      filledAt: reservoir.filledAt.day.text
    )
  }

  private static func scenario(
    _ pump: PumpInPlace,
    _ catheter: CatheterInPlace?,
    _ volume: Volume,
    _ fluid: Fluid,
    _ program: ProgramJSON
  ) throws(ScenarioError) -> [UInt8] {
    let model = PumpConstants(of: pump).model
    let parsed: JSONValue
    do { parsed = try JSONValue(parsing: Array(program.text.utf8)) } catch {
      throw ScenarioError(path: "$.program", message: "malformed JSON: \(error.message)")
    }
    func text(_ name: String, _ value: String) -> JSONMember {
      JSONMember(name: name, value: .string(value))
    }
    let place = JSONValue.object([
      text("length", (catheter?.implantedLength ?? Length(micrometres: 800_000)).text),
      text("volumePerCm", (catheter?.volumePerLength ?? model.catheterVolume).text),
    ])
    let drugs = fluid.drugs.map {
      JSONValue.object([text("drug", $0.name), text("concentration", $0.concentration.text)])
    }
    var writer = JSONWriter(capacity: 1_024)
    writer.value(
      .object([
        JSONMember(
          name: "pump",
          value: .object([
            text("capacity", pump.capacity.text), text("minimumRate", model.minimumRate.text),
            text("maximumRate", model.maximumRate.text), text("tubing", model.tubing.text),
            JSONMember(name: "catheter", value: place),
          ])
        ),
        JSONMember(
          name: "fill",
          value: .object([
            text("volume", volume.text), JSONMember(name: "drugs", value: .array(drugs)),
          ])
        ), JSONMember(name: "program", value: parsed),
      ])
    )
    return writer.bytes
  }

  // MARK: On the page

  var isRefused: Bool { !result.refused.isEmpty }

  var markup: Markup { totals + findings + table + dates }

  /// What a day gives before and after: the largest thing on the page.
  private var totals: Markup {
    var text = Markup.none
    for drug in result.drugNames {
      guard let row = result.row("total24h", drug: drug) ?? result.row("dose24h", drug: drug)
      else { continue }
      text += Self.total(row, drug)
    }
    return text
  }

  private static func total(_ row: CompareRow, _ drug: String) -> Markup {
    do {
      let (number, unit) = PatientPage.parts(try row.text(row.after))
      return Piece.big(
        number,
        "\(unit) of \(drug) in 24 h, now \(try row.text(row.before)): \(bold: try row.changeText())"
      )
    } catch { return .none }
  }

  private var findings: Markup {
    var text = Markup.none
    for finding in result.refused {
      text += Piece.note(.bad, "REFUSED", Self.words(finding))
    }
    for finding in result.warnings {
      text += Piece.note(.warn, "CAUTION", Self.words(finding))
    }
    return text
  }

  private static func words(_ finding: CompareFinding) -> Markup {
    var text: Markup = "\(finding.message)"
    if let planned = finding.planned, let limit = finding.limit {
      text += " Planned \(figure: planned), limit \(figure: limit)."
    }
    return text + " \(soft: finding.source)"
  }

  private var table: Markup {
    let changed = result.rows.filter { $0.before != $0.after }
    let same = result.rows.filter { $0.before == $0.after }
    return
      (changed.isEmpty
      ? Piece.paragraph("Nothing changes.")
      : Self.table("In force and new, side by side", changed))
      + (same.isEmpty
        ? .none : Piece.details("What stays the same", Self.table("What stays the same", same)))
  }

  private static func table(_ caption: String, _ rows: [CompareRow]) -> Markup {
    var table = PageTable(caption, ["What", "#In force", "#New", "Change"])
    for row in rows {
      do {
        table.add(
          [
            "\(NameWords.capital(row.title))", "\(try row.text(row.before))",
            "\(try row.text(row.after))", "\(figure: try row.changeText())",
          ],
          isChanged: row.before != row.after
        )
      } catch { continue }
    }
    return table.markup
  }

  private var dates: Markup {
    guard !result.refillDates.isEmpty else { return .none }
    var table = PageTable(
      "Refill, counted from the last fill",
      isCaptionHidden: false,
      ["When", "In force", "New"]
    )
    for date in result.refillDates {
      table.add(
        [
          "\(NameWords.capital(date.title))", "\(Self.day(date.before))", "\(Self.day(date.after))",
        ],
        isChanged: date.before != date.after
      )
    }
    return table.markup + Piece.soft("\(tag: "predicted") from the last fill alone.")
  }

  private static func day(_ text: String?) -> String {
    text.flatMap { Day(String($0.prefix(10))) }?.words ?? text ?? "never: nothing flows"
  }
}
