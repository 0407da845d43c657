import Therapy

/// What to know when living and travelling with a pump.
struct MyLeaflets {
  let record: PatientRecord
  let context: MyContext

  private func say(_ phrase: MyPhrase) -> Markup { context.say(phrase) }
  private func title(_ phrase: MyPhrase) -> String { phrase.words(context.language) }

  func aftercare() -> String {
    context.page(
      title(.aftercare),
      Piece.heading(say(.aftercare))
        + Piece.card(
          title(.aftercareSigns),
          Piece.note(.bad, "1", say(.aftercareTooMuch))
            + Piece.note(.bad, "2", say(.aftercareTooLittle))
            + Piece.note(.warn, "3", say(.aftercareCall))
        )
        + Piece.card(
          nil,
          Piece.list(
            [
              .aftercareVisit, .aftercareMove, .aftercareWound, .aftercareHeat, .aftercareDrive,
              .aftercareMouth,
            ].map { (phrase: MyPhrase) in say(phrase) }
          )
        )
    )
  }

  /// For airports, MRI rooms and clinics elsewhere: on one page, in both languages where they differ.
  func card() -> String {
    let language = context.language
    var rows: [(String, Markup)] = []
    if let identity = record.identity {
      rows.append(
        (title(.travelWho), "\(identity.givenName) \(identity.familyName), \(identity.born.text)")
      )
    }
    let unknown = MyPhrase.notKnown.words(language)
    rows.append((title(.travelPump), "\(record.pump?.model ?? unknown)"))
    rows.append((title(.travelSerial), "\(record.pump?.serial ?? unknown)"))
    rows.append(
      (title(.travelImplanted), "\(record.pump?.implantedOn?.text ?? unknown)")
    )
    rows.append((title(.travelTip), "\(record.catheter?.tip ?? unknown)"))
    rows.append((title(.travelDrug), "\(EmergencyFacts.drug(record, language) ?? unknown)"))
    rows.append((title(.travelDose), "\(EmergencyFacts.dose(record, language) ?? unknown)"))
    return context.page(
      title(.travel),
      Piece.heading(say(.travelTitle)) + Piece.card(nil, Piece.facts(rows))
        + (record.isReservoirUnknown
          ? Piece.note(.warn, "!", say(.reservoirUnknown)) : .none)
        + Piece.card(title(.travelMRI), Piece.paragraph(say(.travelMRIText)))
        + Piece.card(
          nil,
          Piece.list(
            [.travelAirport, .travelFlight, .travelDiving].map { (phrase: MyPhrase) in say(phrase) }
          )
        ) + .made("<p class=\"screen soft\">") + say(.print) + .made("</p>\n")
    )
  }
}
