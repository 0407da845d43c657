import Formulary
import Quantities
import Therapy

/// Forms of the patient's page: scores, notes, doses by mouth and side effects.
extension PageRoutes {
  var observations: [Route] {
    [
      observation("scores", "score", "recorded a score") { fields throws(WebError) in
        .recordScore(
          ScoreRecorded(score: try Self.score(fields), takenAt: try fields.instant("takenAt"))
        )
      },
      observation("notes", "note", "wrote a note") { fields throws(WebError) in
        .writeNote(Note(text: try fields.needed("text")))
      },
      observation("oral", "oral", "recorded a dose by mouth") { fields throws(WebError) in
        .recordOralOpioid(
          try fields.word("drug"),
          try fields.needed("dose", unit: "mg/d"),
          since: try fields.day("since")
        )
      },
      observation("corrections", "correct", "struck out an entry") { fields throws(WebError) in
        guard let event = try fields.whole("event") else {
          throw FormFields.fault("event", given: nil, expected: "an entry")
        }
        return .correct(
          Correction(event: EventID(position: event), reason: try fields.needed("reason"))
        )
      },
      observation("side-effects", "effect", "recorded a side effect") { fields throws(WebError) in
        .recordSideEffect(
          SideEffect(
            what: try fields.needed("what"),
            severity: try fields.word("severity"),
            since: try fields.day("since")
          )
        )
      },
    ]
  }

  private func observation(
    _ path: String,
    _ name: String,
    _ audit: String,
    _ command: @escaping @Sendable (FormFields) throws(WebError) -> TherapyCommand
  ) -> Route {
    let desk = desk
    return form(
      "/patients/{patient}/\(path)",
      "Takes the form: \(audit).",
      audit: .init(audit)
    ) { call throws(WebError) in
      try await desk.taken(
        call,
        name,
        page: { state, context throws(WebError) in
          try await desk.patientPage(call, state, context)
        },
        act: { fields throws(WebError) in
          try await desk.perform([try command(fields)], call, fields)
          return "/patients/\(call["patient"])"
        }
      )
    }
  }

  private static func score(_ fields: FormFields) throws(WebError) -> Score {
    switch try fields.word("scale", of: ScoreScale.self) {
    case .nrs: return .pain(try number(fields))
    case .modifiedAshworth:
      let value = try fields.needed("value", "0, 1, 1+, 2, 3 or 4")
      guard let grade = AshworthGrade(rawValue: value) else {
        throw FormFields.fault("value", given: "\"\(value)\"", expected: "0, 1, 1+, 2, 3 or 4")
      }
      return .ashworth(grade, try fields.word("muscle"))
    case .penn:
      return .spasms(frequency: try number(fields), severity: try fields.whole("severity"))
    case .phq9: return .depression(total: try number(fields), item9: try number(fields, "item9"))
    case .eq5dIndex:
      return .healthIndex(
        thousandths: try number(fields, "thousandths"),
        valueSet: try fields.needed("valueSet", "the name of the value set")
      )
    case .goal: return .goal(try number(fields), number: try number(fields, "goal"))
    case .hospitalVisits:
      return .hospitalVisits(try number(fields), days: try number(fields, "days"))
    case .oswestry, .gad7, .painCatastrophizing, .eq5dVAS, .promisPainInterference,
      .promisPhysicalFunction, .sleep, .mobility, .dailyLiving, .goalT, .patientSatisfaction,
      .caregiverSatisfaction:
      let scale: RatedScale = try fields.word("scale")
      return .rated(scale, try number(fields, scale.scale.facts.step == 100 ? "tenths" : "value"))
    }
  }

  private static func number(
    _ fields: FormFields,
    _ name: String = "value"
  ) throws(WebError) -> Int {
    guard let number = try fields.whole(name) else {
      throw FormFields.fault(name, given: nil, expected: "a whole number")
    }
    return number
  }
}
