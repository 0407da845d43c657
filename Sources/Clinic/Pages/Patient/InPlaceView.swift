import Formulary
import Quantities
import Therapy

/// The pump and the catheter in a patient: what is not known is told as not known.
struct InPlaceView {
  let record: PatientRecord

  private static let unknown: Markup = "\(tag: "not known", .warn)"

  var markup: Markup {
    guard let adopted = record.adopted else { return Piece.paragraph("Nothing is recorded yet.") }
    let pump = adopted.pump
    let catheter = record.catheter
    var rows: [(String, Markup)] = [
      ("Indication", "\(NameWords.capital(adopted.indication.words))"),
      (
        "Pump",
        pump.isCatalogued ? "\(pump.model)" : "\(pump.model) \(tag: "not in the catalogue", .warn)"
      ),
      ("Reservoir", "\(figure: pump.capacity.ml)"), ("Serial number", "\(pump.serial)"),
      ("Implanted", pump.implantedOn.map { "\($0.words)" } ?? Self.unknown),
      ("Replace by", pump.replaceBy.map { "\($0.words)" } ?? Self.unknown),
      ("Catheter, length", catheter?.implantedLength.map { "\(figure: $0.text)" } ?? Self.unknown),
      ("Catheter, volume", catheter?.volume.map { "\(figure: $0.ml)" } ?? Self.unknown),
      ("Tip at", catheter?.tip.map { "\($0)" } ?? Self.unknown),
    ]
    if case .linked(let link) = record.link {
      rows.append(("Pump's id", .made("<code>\(link.pump.text)</code>")))
    }
    return Piece.facts(rows)
  }
}
