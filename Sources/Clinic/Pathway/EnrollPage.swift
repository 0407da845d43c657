import Therapy

/// The form for a patient who was sent to the clinic and has no pump.
struct EnrollPage {
  let context: PageContext
  let state: FormState
  /// The id that the new record gets, made when the page was first read.
  let patient: String

  func html() -> String {
    var form = PageForm("enroll", to: "/enroll", "Enroll the patient")
    form.hidden = [("patient", patient)]
    return context.page(
      "Enroll a patient",
      .patients,
      Piece.heading(
        "Enroll a patient",
        "For somebody without a pump, who is to be evaluated. "
          + "\(link: "Adopt", to: "/adopt") whoever has one in place."
      )
        + Piece.card(
          nil,
          form.markup(
            context,
            state,
            EnrollAct.fields.flatMap { $0.fields(PatientRecord(id: EnrollAct.blank), context.now) }
          )
        )
    )
  }
}

/// What is asked of a new patient.
enum EnrollAct {
  /// Of a record with nothing in it, from which fields are preset.
  static let blank: PatientID = {
    guard let id = PatientID("new") else { preconditionFailure("three letters are an id") }
    return id
  }()

  struct Body: Decodable {
    let identity: Identity
    let referredBy: String?
    let contact: ContactDetails?
  }

  static let fields: [ActField] = [
    ActField("identity.givenName", "Given name", .name),
    ActField("identity.familyName", "Family name", .name),
    ActField("identity.born", "Date of birth", .day),
    ActField("identity.recordNumber", "Record number of the clinic", .name),
    .choice("identity.sex", "Sex", { (word: Sex) in word.rawValue }, isRequired: false),
    ActField(
      "identity.language",
      "Language",
      .name,
      hint: "As in en, es, de-CH.",
      preset: { _, _ in "en" }
    ),
    ActField("referredBy", "Referred by", .name, isRequired: false),
    ActField("contact.phone", "Telephone", .name, isRequired: false),
    ActField("contact.companion", "Who is called where nobody answers", .name, isRequired: false),
  ]

  static let act = PathwayAct(
    "enroll",
    .evaluation,
    "Enroll",
    "Enroll the patient",
    audit: "enrolled a patient",
    by: [.physician, .nurse, .administrator],
    at: [.new],
    fields
  ) { (body: Body) in
    [.enroll(Enrolled(identity: body.identity, referredBy: body.referredBy), body.contact)]
  }
}
