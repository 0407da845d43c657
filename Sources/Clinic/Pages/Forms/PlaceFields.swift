import Formulary
import PumpCatalog
import Quantities
import Therapy

/// The fields of who a patient is and what is in place, for adopting and for putting right.
enum PlaceFields {
  static func group(
    _ legend: String,
    _ state: FormState,
    _ fields: [Field],
    _ more: Markup = .none
  ) -> Markup {
    .made(
      "<fieldset><legend>\(HTML.escaped(legend))</legend>\n"
        + fields.map { $0.markup(state).html }.joined() + more.html + "</fieldset>\n"
    )
  }

  static func identity(_ now: Identity? = nil) -> [Field] {
    [
      Field(
        "identity.givenName",
        "Given name",
        value: now?.givenName ?? "",
        complete: "off"
      ),
      Field(
        "identity.familyName",
        "Family name",
        value: now?.familyName ?? "",
        complete: "off"
      ),
      Field("identity.born", "Date of birth", .date, value: now?.born.text ?? ""),
      Field(
        "identity.recordNumber",
        "Record number of the clinic",
        value: now?.recordNumber ?? "",
        complete: "off"
      ),
      Field(
        "identity.sex",
        "Sex",
        .choice([("", "not known")] + Sex.allCases.map { ($0.rawValue, $0.rawValue) }),
        value: now?.sex?.rawValue ?? "",
        isRequired: false
      ),
      Field(
        "identity.language",
        "Language",
        value: now?.language ?? "en",
        hint: "As in en, es, de-CH."
      ),
    ]
  }

  static func contact(_ now: ContactDetails? = nil) -> [Field] {
    [
      Field(
        "contact.phone",
        "Telephone",
        value: now?.phone ?? "",
        isRequired: false,
        complete: "off"
      ),
      Field(
        "contact.companion",
        "Who is called where nobody answers",
        value: now?.companion ?? "",
        isRequired: false
      ),
      Field(
        "contact.email",
        "E-mail",
        value: now?.email ?? "",
        isRequired: false,
        complete: "off"
      ),
      Field(
        "contact.address",
        "Address",
        value: now?.address ?? "",
        isRequired: false,
        complete: "off"
      ),
    ]
  }

  static func pump(_ now: PumpInPlace? = nil) -> [Field] {
    let models = PumpCatalog.models.map { ($0.name, $0.title) }
    let isOther = now.map { !$0.isCatalogued } ?? false
    return [
      Field(
        "pump.model",
        "Model",
        .choice([("", "choose one")] + models + [("other", "another, as below")]),
        value: isOther ? "other" : now?.model ?? ""
      ),
      Field(
        "pump.other",
        "Another model",
        value: isOther ? now?.model ?? "" : "",
        hint: "As its card says.",
        isRequired: false
      ),
      Field("pump.capacity", "Reservoir", .quantity(["mL"]), value: now?.capacity.ml ?? ""),
      Field("pump.serial", "Serial number", value: now?.serial ?? "", complete: "off"),
      Field(
        "pump.implantedOn",
        "Implanted on",
        .date,
        value: now?.implantedOn?.text ?? "",
        isRequired: false
      ),
      Field(
        "pump.replaceBy",
        "Replace by",
        .date,
        value: now?.replaceBy?.text ?? "",
        isRequired: false
      ),
    ]
  }

  static func catheter(_ now: CatheterInPlace? = nil) -> [Field] {
    [
      Field(
        "catheter.implantedLength",
        "Implanted length",
        .quantity(["cm"]),
        value: now?.implantedLength?.text ?? "",
        isRequired: false
      ),
      Field(
        "catheter.trimmedLength",
        "Cut off",
        .quantity(["cm"]),
        value: now?.trimmedLength?.text ?? "",
        isRequired: false
      ),
      Field(
        "catheter.volumePerLength",
        "Volume per length",
        .quantity(["mL/cm"]),
        value: now?.volumePerLength?.text ?? "",
        isRequired: false
      ),
      Field(
        "catheter.volume",
        "Volume, as a paper tells it",
        .quantity(["mL"]),
        value: now?.volume?.ml ?? "",
        isRequired: false
      ),
      Field(
        "catheter.tip",
        "Tip at",
        value: now?.tip ?? "",
        hint: "As in T10.",
        isRequired: false
      ),
    ]
  }

  /// What is in the reservoir, without the further drugs of a mixture.
  static func fill(isRequired: Bool) -> [Field] {
    FluidFields.fields("fill", isRequired: isRequired) + [
      Field("fill.volume", "Volume after the fill", .quantity(["mL"]), isRequired: isRequired),
      Field("fill.filledAt", "Filled at", .moment, isRequired: isRequired),
      Field("fill.lot", "Lot", isRequired: false, complete: "off"),
      Field(
        "fill.standing",
        "Whose word",
        .choice([("recalled", "from papers"), ("byHand", "of whoever did it")]),
        value: "recalled"
      ),
    ]
  }
}
