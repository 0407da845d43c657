import Quantities
import Therapy

/// One patient: what the pump gives, how long it lasts, and how it goes.
struct PatientPage {
  let record: PatientRecord
  let forecast: Result<ReservoirForecast, TherapyRefusal>
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }
  private var now: Instant { context.now }

  func html() -> String {
    guard context.visitor.isClinical else { return own }
    let topic = "patient/\(record.id.text)"
    guard record.stage == .therapy else { return beforePump(topic) }
    let live = Piece.live(
      "state",
      topic: topic,
      Piece.grid([Piece.column([program, orders, alarms]), reservoir]) + course
        + Piece.grid([Piece.column([delivered, inPlace]), Piece.column([observations, diary])])
    )
    let forms = ObservationForms(record: record, context: context, state: state)
    return context.page(
      head.name,
      .patients,
      topics: [topic],
      head.markup(.overview) + live + forms.markup
    )
  }

  /// What a patient sees of their own record: the essentials, and nothing that they could change.
  private var own: String {
    let topic = "patient/\(record.id.text)"
    return context.page(
      head.name,
      .patients,
      topics: [topic],
      head.markup(.overview)
        + Piece.live(
          "state",
          topic: topic,
          Piece.grid([
            Piece.column([
              program, Piece.card("Pump and catheter", InPlaceView(record: record).markup),
            ]),
            reservoir,
          ])
        )
        + Piece.paragraph("If something here is wrong, or you are not well: call the clinic.")
    )
  }

  /// Without a pump there is nothing that delivers: what was recorded, and where the pathway stands.
  private func beforePump(_ topic: String) -> String {
    let place = PathwayPlace(record.stage)
    let live = Piece.live(
      "state",
      topic: topic,
      Piece.grid([
        Piece.card(
          "Pathway",
          Piece.paragraph(
            "Stage: \(bold: record.stage.words), since \(record.pathway.since.words)."
          )
            + Piece.actions([Piece.button(place.title, to: place.path(record.id))])
        ), observations,
      ]) + course
    )
    let forms = ObservationForms(record: record, context: context, state: state)
    return context.page(
      head.name,
      .patients,
      topics: [topic],
      head.markup(.overview) + live
        + (record.stage == .ended ? .none : forms.markup)
    )
  }

  // MARK: Program

  private var program: Markup {
    guard let pump = record.pump, let program = record.program, let fluid = record.reservoir?.fluid,
      let day = ProgramDay(program.program, fluid, pump)
    else {
      return Piece.card(
        "Program in force",
        Piece.paragraph("Not known: the program or what is in the reservoir is not recorded.")
      )
    }
    let weekday = Int(((now.day.number + 3) % 7 + 7) % 7)
    var caption: Markup = "In force since \(program.since.words): \(program.standing.words)."
    if program.standing == .recalled { caption = "\(tag: "not checked", .warn) " + caption }
    return Piece.card(
      "Program in force",
      total + Piece.figure(day.picture(weekday: weekday), caption)
        + Piece.details("All its figures", Piece.facts(day.rows))
        + (context.visitor.isClinical
          ? Piece.actions([
            Piece.button("Change the program", to: head.path("/program")),
            record.isLinked
              ? Piece.button("Another order", to: head.path("/new-order"), isPlain: true) : .none,
            RoutesPage.route(record, context) == nil
              ? .none
              : Piece.button("Beside the oral way", to: head.path("/routes"), isPlain: true),
          ]) : .none)
    )
  }

  private var total: Markup {
    guard let figures = record.programFigures else { return .none }
    var text = Markup.none
    let main = record.pump.flatMap { pump in
      record.program.flatMap { program in
        record.reservoir.flatMap { ProgramDay(program.program, $0.fluid, pump)?.mainDrug?.name }
      }
    }
    for dose in figures.doses.sorted(by: { $0.drug == main && $1.drug != main }) {
      guard let drug = record.reservoir?.fluid.drugs.first(where: { $0.name == dose.drug }) else {
        continue
      }
      let (number, unit) = Self.parts(AmountWords.dose(dose.mean, of: drug))
      let most = AmountWords.mass(dose.most.mass, of: drug)
      text += Piece.big(number, "\(unit) \(dose.drug), at most \(most) in 24 h")
    }
    return text
  }

  /// Number and unit apart.
  static func parts(_ text: String) -> (String, String) {
    let parts = text.replacing("≈ ", with: "≈\u{a0}").split(separator: " ", maxSplits: 1).map(
      String.init
    )
    return (parts.first ?? text, parts.count == 2 ? parts[1] : "")
  }

  // MARK: Reservoir

  private var reservoir: Markup {
    let view = ReservoirView(record: record, forecast: forecast, context: context)
    var buttons: [Markup] = []
    if context.visitor.isClinical {
      buttons.append(
        Piece.button(
          record.refill == nil ? "Begin a refill" : "Go on with the refill",
          to: head.path("/refill")
        )
      )
    }
    return Piece.card("Reservoir", view.markup + Piece.actions(buttons))
  }

  // MARK: What was delivered

  private var delivered: Markup {
    guard !record.deliveries.isEmpty else {
      return Piece.card(
        "Delivered against ordered",
        Piece.paragraph(
          record.isLinked
            ? "The pump has told no daily totals yet."
            : "A pump that is followed by hand tells no daily totals; the refills do."
        ) + discrepancies
      )
    }
    var table = PageTable("Daily totals", ["Day", "#Ordered", "#Delivered", "#Doses given"])
    for total in record.deliveries.suffix(7).reversed() {
      let isOff = record.deliveryDifferences().contains { $0.day == total.day }
      table.add(
        [
          "\(figure: total.day.words)", "\(total.ordered.ml)",
          isOff ? "\(total.delivered.ml) \(tag: "differs", .warn)" : "\(total.delivered.ml)",
          total.granted + total.refused == 0
            ? "–" : "\(total.granted) of \(total.granted + total.refused)",
        ],
        isChanged: isOff
      )
    }
    return Piece.card("Delivered against ordered", table.markup + discrepancies)
  }

  private var discrepancies: Markup {
    let series = record.refillDiscrepancies
    guard !series.isEmpty else { return .none }
    var table = PageTable(
      "Aspirated against expected at refills",
      isCaptionHidden: false,
      ["Refill", "#Expected", "#Aspirated", "#Difference"]
    )
    for item in series.suffix(6).reversed() {
      table.add([
        "\(figure: item.at.dayWords)", "\(item.expected.ml)", "\(item.aspirated.ml)",
        "\(item.difference.ml)",
      ])
    }
    let trend: Markup =
      switch record.discrepancyTrend {
      case .underDelivery:
        Piece.note(
          .bad,
          "TREND",
          "More than expected twice in a row: stall or occlusion. 5 % is this project's own "
            + "threshold, unverified."
        )
      case .overDelivery:
        Piece.note(
          .bad,
          "TREND",
          "Less than expected twice in a row: leak or over-delivery. 5 % is this project's "
            + "own threshold, unverified."
        )
      case .none, .notKnown: .none
      }
    return table.markup + trend
  }

  // MARK: Alarms and orders

  private var alarms: Markup {
    guard !record.alarms.isEmpty else {
      return Piece.card("Alarms", Piece.paragraph("None was raised."))
    }
    var table = PageTable("Alarms", ["Alarm", "Raised", "State"])
    for entry in record.alarms.suffix(6).reversed() {
      table.add([
        "\(entry.alarm.words)", "\(AgeWords.ago(entry.raisedAt, now))",
        AlarmsPage.state(entry, context),
      ])
    }
    return Piece.card(
      "Alarms",
      table.markup + Piece.actions([Piece.button("All alarms", to: "/alarms", isPlain: true)])
    )
  }

  private var orders: Markup {
    Piece.card(
      "Orders",
      OrderList(record: record, context: context).table(most: 5)
        + Piece.actions([Piece.button("All orders", to: head.path("/orders"), isPlain: true)])
    )
  }

  // MARK: How it goes

  private var course: Markup {
    let view = CourseView(record: record, now: now)
    guard let picture = view.picture else {
      return Piece.card("Course", Piece.paragraph("Nothing was recorded that could be drawn."))
    }
    return Piece.card(
      "Course",
      style: "wide",
      Piece.figure(
        picture,
        "Everything on one axis of time, until now. The same as a list is below."
      )
        + responses
    )
  }

  private var responses: Markup {
    let all = record.responses
    guard !all.isEmpty else { return .none }
    var table = PageTable("Scores since the first one", ["Scale", "#First", "#Last", "What it is"])
    for item in all {
      var words: [String] = []
      if item.is50Percent == true {
        words.append("at least 50 % less")
      } else if item.is30Percent == true {
        words.append("at least 30 % less")
      }
      if item.verdict == .better { words.append("meaningful") }
      if item.verdict == .worse { words.append("worse by what is meaningful") }
      table.add([
        "\(item.series.title)", "\(Score.decimal(item.first))", "\(Score.decimal(item.last))",
        "\(words.isEmpty ? "no change that a source calls meaningful" : words.joined(separator: ", ")) \(soft: item.source)",
      ])
    }
    return table.markup
  }

  private var observations: Markup {
    Piece.card("What was recorded", ObservationList(record: record, context: context).markup)
  }

  private var diary: Markup {
    Piece.card("The patient's diary", DiaryView(record: record, context: context).markup)
  }

  private var inPlace: Markup {
    Piece.card(
      "Pump and catheter",
      InPlaceView(record: record).markup
        + Piece.actions([
          Piece.button("Put something right", to: head.path("/details"), isPlain: true)
        ])
    )
  }
}
