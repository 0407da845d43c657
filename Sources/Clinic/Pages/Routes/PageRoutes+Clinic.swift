import Quantities
import Therapy

/// What the clinic decides for itself: settings, and facts that somebody has read in their source.
extension PageRoutes {
  var clinic: [Route] {
    let desk = desk
    return [
      form(
        "/settings/clinic",
        "Changes what the clinic decided for itself.",
        [.administrator],
        audit: .init("changed the clinic's settings", patient: nil)
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "clinic",
          page: { state, context throws(WebError) in await desk.settingsPage(state, context) },
          act: { fields throws(WebError) in
            let old = await desk.care.records.settings()
            try await desk.care.decide(.changeSettings(try Self.settings(fields, old)), call)
            return "/settings"
          }
        )
      },
      form(
        "/formulary/{drug}/stability",
        "Confirms how long a drug stays good, for whoever has read it in its source.",
        [.physician, .pharmacist],
        audit: .init("confirmed a fact of the formulary", patient: nil)
      ) { call throws(WebError) in
        let fields = try call.form()
        let source = try fields.needed("source", "where it was read")
        try await desk.care.decide(.confirmFact(try ClinicCare.stability(call, source)), call)
        return .seeOther("/formulary/\(call["drug"])")
      },
    ]
  }

  private static func settings(
    _ fields: FormFields,
    _ old: ClinicSettings
  ) throws(WebError) -> ClinicSettings {
    ClinicSettings(
      singlePersonRefill: fields.text("singlePersonRefill"),
      envelope: try envelope(fields, old.envelope),
      receiptWait: try fields.needed("receiptWait", unit: "min"),
      silenceTask: try fields.needed("silenceTask", unit: "h"),
      silenceCall: try fields.needed("silenceCall", unit: "h"),
      refillNotice: try fields.needed("refillNotice", unit: "d"),
      confirmedFacts: old.confirmedFacts
    )
  }

  /// The bounds of remote orders; what is not on the form stays as it is.
  private static func envelope(
    _ fields: FormFields,
    _ old: EnvelopeDefaults
  ) throws(WebError) -> EnvelopeDefaults {
    EnvelopeDefaults(
      stepPercent: try fields.whole("stepPercent") ?? old.stepPercent,
      weekPercent: try fields.whole("weekPercent") ?? old.weekPercent,
      betweenIncreases: try fields.optional("betweenIncreases", unit: "h") ?? old.betweenIncreases,
      delay: try fields.optional("delay", unit: "min") ?? old.delay,
      bedsideAge: try fields.optional("bedsideAge", unit: "d") ?? old.bedsideAge
    )
  }
}
