import Formulary
import JSONText
import OrderText
import PumpCatalog
import Quantities
import Therapy

/// What the form to adopt a patient means.
enum AdoptForm {
  static let roles: Set<AccountRole> = [.physician, .nurse]

  static func freshID(_ chance: ClinicChance) -> String { "p-\(Hex.text(chance.bytes(6)))" }

  static func patientID(_ chance: ClinicChance) -> PatientID {
    guard let id = PatientID(freshID(chance)) else {
      preconditionFailure("digits and a hyphen are an id")
    }
    return id
  }

  static func adoption(_ form: FormFields) throws(WebError) -> Adoption {
    Adoption(
      adopted: Adopted(
        identity: try identity(form),
        indication: try form.word("indication"),
        origin: form.text("origin").flatMap(SpasticityOrigin.init(rawValue:)),
        pump: try pump(form)
      ),
      contact: contact(form),
      catheter: try catheter(form),
      fill: try fill(form),
      program: try program(form)
    )
  }

  static func identity(_ form: FormFields) throws(WebError) -> Identity {
    Identity(
      givenName: try form.needed("identity.givenName"),
      familyName: try form.needed("identity.familyName"),
      born: try form.neededDay("identity.born"),
      recordNumber: try form.needed("identity.recordNumber"),
      sex: form.text("identity.sex").flatMap(Sex.init(rawValue:)),
      language: form.text("identity.language") ?? "en"
    )
  }

  static func pump(_ form: FormFields) throws(WebError) -> PumpInPlace {
    let chosen = try form.needed("pump.model", "a model, or that it is another")
    let isCatalogued = chosen != "other"
    let name =
      isCatalogued ? chosen : try form.needed("pump.other", "the model, as its card says")
    return PumpInPlace(
      model: name,
      isCatalogued: isCatalogued,
      capacity: try form.needed("pump.capacity", unit: "mL"),
      serial: try form.needed("pump.serial"),
      implantedOn: try form.day("pump.implantedOn"),
      replaceBy: try form.day("pump.replaceBy")
    )
  }

  static func contact(_ form: FormFields) -> ContactDetails? {
    let details = ContactDetails(
      phone: form.text("contact.phone"),
      email: form.text("contact.email"),
      address: form.text("contact.address"),
      companion: form.text("contact.companion")
    )
    return details == ContactDetails() ? nil : details
  }

  static func catheter(_ form: FormFields) throws(WebError) -> CatheterInPlace? {
    let length: Length? = try form.optional("catheter.implantedLength", unit: "cm")
    let catheter = CatheterInPlace(
      implantedLength: length,
      trimmedLength: try form.optional("catheter.trimmedLength", unit: "cm"),
      volumePerLength: try form.optional("catheter.volumePerLength", unit: "mL/cm"),
      volume: try form.optional("catheter.volume", unit: "mL"),
      tip: form.text("catheter.tip")
    )
    return catheter == CatheterInPlace() ? nil : catheter
  }

  static func fill(_ form: FormFields) throws(WebError) -> FillRecorded? {
    guard let fluid = try FluidFields.fluid("fill", form) else { return nil }
    return FillRecorded(
      volume: try form.needed("fill.volume", unit: "mL"),
      fluid: fluid,
      filledAt: try form.instant("fill.filledAt"),
      lots: [form.text("fill.lot")].compactMap(\.self),
      standing: form.text("fill.standing").flatMap(Standing.init(rawValue:)) ?? .recalled
    )
  }

  private static func program(_ form: FormFields) throws(WebError) -> ProgramRecorded? {
    guard let rate = try form.quantity("program.rate", unit: "ug/d") else { return nil }
    func text(_ name: String, _ value: String) -> JSONMember {
      JSONMember(name: name, value: .string(value))
    }
    func amount(_ name: String, _ unit: String) throws(WebError) -> String {
      guard let text = try form.quantity("program.\(name)", unit: unit) else {
        throw FormFields.fault("program.\(name)", given: nil, expected: "a number of \(unit)")
      }
      return text
    }
    let drug = form.text("fill.drug0") ?? ""
    let limits = JSONValue.object([
      text("maxRate", try amount("maxRate", "mL/d")),
      text("maxVolumePer24h", try amount("maxVolume", "mL")),
      JSONMember(
        name: "maxDosePer24h",
        value: .object([text(drug, try amount("maxDose", "ug"))])
      ),
    ])
    var writer = JSONWriter(capacity: 256)
    writer.value(
      .object([
        JSONMember(
          name: "basal",
          value: .object([text("mode", "constant"), text("rate", rate)])
        ), JSONMember(name: "limits", value: limits),
        text("safeRate", try amount("safeRate", "mL/d")), text("restartGap", "24 h"),
        text("lowReservoir", try amount("lowReservoir", "mL")),
      ])
    )
    return ProgramRecorded(
      program: ProgramJSON(String(decoding: writer.bytes, as: UTF8.self)),
      programmedAt: try form.instant("program.programmedAt"),
      reason: "adopted with it"
    )
  }
}
