import Formulary
import Quantities
import Therapy

/// The pump and the catheter in a patient: what is not known is told as not known.
struct InPlaceView {
  let record: PatientRecord

  static let unknown: Markup = "\(tag: "not known", .warn)"

  /// Both, with what links the pump.
  var markup: Markup { Piece.facts(pumpRows + catheterRows + linkRows) }

  var pump: Markup { Piece.facts(pumpRows) }
  var catheter: Markup { Piece.facts(catheterRows) }

  private var pumpRows: [(String, Markup)] {
    guard let adopted = record.adopted else { return [("Pump", Self.unknown)] }
    let pump = adopted.pump
    return [
      ("Indication", "\(NameWords.capital(adopted.indication.words))"),
      (
        "Pump",
        pump.isCatalogued ? "\(pump.model)" : "\(pump.model) \(tag: "not in the catalogue", .warn)"
      ),
      ("Reservoir", "\(figure: pump.capacity.ml)"), ("Serial number", "\(pump.serial)"),
      ("Implanted", pump.implantedOn.map { "\($0.words)" } ?? Self.unknown),
      ("Replace by", pump.replaceBy.map { "\($0.words)" } ?? Self.unknown),
    ]
  }

  private var catheterRows: [(String, Markup)] {
    let catheter = record.catheter
    return [
      ("Catheter, length", catheter?.implantedLength.map { "\(figure: $0.text)" } ?? Self.unknown),
      ("Catheter, volume", catheter?.volume.map { "\(figure: $0.ml)" } ?? Self.unknown),
      ("Tip at", catheter?.tip.map { "\($0)" } ?? Self.unknown),
    ]
  }

  private var linkRows: [(String, Markup)] {
    guard case .linked(let link) = record.link else { return [] }
    return [("Pump's id", .made("<code>\(link.pump.text)</code>"))]
  }
}
