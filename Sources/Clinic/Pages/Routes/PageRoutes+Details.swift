import Quantities
import Therapy

/// Who a patient is and what is in place: what was wrong is put right, a pump is linked at the bedside.
extension PageRoutes {
  var details: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/details",
        "Who the patient is and what is in place.",
        audit: .init("read the details of the record")
      ) { call, context throws(WebError) in
        DetailsPage(record: try await desk.record(call), context: context, state: .fresh).html()
      },
      detail("identity", "corrected the identity of the record") { fields throws(WebError) in
        .correctIdentity(
          IdentityCorrected(
            identity: try AdoptForm.identity(fields),
            reason: try fields.needed("reason")
          )
        )
      },
      detail("contact", "changed the contact of the record") { fields throws(WebError) in
        .changeContact(AdoptForm.contact(fields) ?? ContactDetails())
      },
      detail("pump-in-place", "corrected the pump of the record") { fields throws(WebError) in
        .correctPump(
          PumpCorrected(pump: try AdoptForm.pump(fields), reason: try fields.needed("reason"))
        )
      },
      detail("catheter", "recorded the catheter") { fields throws(WebError) in
        .recordCatheter(try AdoptForm.catheter(fields) ?? CatheterInPlace())
      },
      detail("fill", "recorded a fill") { fields throws(WebError) in
        guard let fill = try AdoptForm.fill(fields) else {
          throw FormFields.fault("fill.drug0", given: nil, expected: "the name of a drug")
        }
        return .recordFill(fill)
      },
      detail("link", "linked the pump of the record") { fields throws(WebError) in
        .linkPump(try Self.link(fields))
      },
      detail("unlink", "unlinked the pump of the record") { fields throws(WebError) in
        .unlinkPump(PumpUnlinked(reason: try fields.needed("reason")))
      },
    ]
  }

  private func detail(
    _ name: String,
    _ audit: String,
    _ command: @escaping @Sendable (FormFields) throws(WebError) -> TherapyCommand
  ) -> Route {
    let desk = desk
    return form(
      "/patients/{patient}/\(name)",
      "Takes the form: \(audit).",
      [.physician, .nurse],
      audit: .init(audit),
      needsVersion: true
    ) { call throws(WebError) in
      try await desk.taken(
        call,
        name,
        page: { state, context throws(WebError) in
          DetailsPage(record: try await desk.record(call), context: context, state: state).html()
        },
        act: { fields throws(WebError) in
          try await desk.perform([try command(fields)], call, fields)
          return "/patients/\(call["patient"])/details"
        }
      )
    }
  }

  private static func link(_ fields: FormFields) throws(WebError) -> PumpLinked {
    guard let pump = PumpID(try digits("pump", fields, PumpID.expectation)) else {
      throw FormFields.fault("pump", given: fields["pump"], expected: PumpID.expectation)
    }
    return PumpLinked(
      pump: pump,
      receiptKey: try key("receiptKey", fields),
      sessionKey: fields.text("sessionKey") == nil ? nil : try key("sessionKey", fields),
      contact: fields.text("contact")
    )
  }

  private static func key(_ name: String, _ fields: FormFields) throws(WebError) -> KeyText {
    guard let key = KeyText(try digits(name, fields, KeyText.expectation)) else {
      throw FormFields.fault(name, given: fields[name], expected: KeyText.expectation)
    }
    return key
  }

  /// As it is read out in groups, or pasted with blanks; capital letters are the same digits.
  private static func digits(
    _ name: String,
    _ fields: FormFields,
    _ expected: String
  ) throws(WebError) -> String {
    try fields.needed(name, expected).filter { !$0.isWhitespace }.lowercased()
  }
}
