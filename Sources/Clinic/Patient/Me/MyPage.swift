import OrderText
import PumpCore
import Quantities
import Therapy

/// What a patient sees first: what the pump does, what comes, what to do.
struct MyPage {
  let record: PatientRecord
  /// The pump's newest word: of this run of the server, else of the record.
  let heard: StatusHeard?
  let forecast: Result<ReservoirForecast, TherapyRefusal>
  let context: MyContext

  private var now: Instant { context.now }
  private func say(_ phrase: MyPhrase) -> Markup { context.say(phrase) }
  private func say(_ phrase: MyPhrase, _ value: String) -> Markup { context.say(phrase, value) }
  private func title(_ phrase: MyPhrase) -> String { phrase.words(context.language) }

  func html() -> String {
    let name = record.identity.map { "\($0.givenName) \($0.familyName)" } ?? record.id.text
    let heading =
      context.isOwn ? Piece.heading(say(.myPump)) : Piece.heading(say(.pageOf, name))
    return context.page(
      title(.myPump),
      isHome: true,
      heading + alarms + pump + change + refill + diary + links
    )
  }

  // MARK: The pump

  private var pump: Markup {
    Piece.card(title(.now), (record.isLinked ? linked : byHand) + controller)
  }

  private var linked: Markup {
    guard let heard else { return Self.lead(say(.notHeard)) + doses }
    let isOld = now - heard.heardAt > 24 * .hour
    var text = isOld ? Self.lead(say(.oldWord)) : state(heard.state)
    text += Piece.soft(say(.saidAt, context.moment(heard.heardAt)))
    text += doses
    // The pump counts what it was told was filled in; after the reservoir was opened that is no figure.
    if !isOld, !record.isReservoirUnknown { text += left(heard.reservoir) }
    return text
  }

  private func state(_ state: PumpStateName) -> Markup {
    switch state {
    case .running: Self.lead(say(.running))
    case .priming, .bridging: Self.lead(say(.filling))
    case .safe: Piece.note(.bad, "!", say(.safe))
    case .halted: Piece.note(.bad, "!", say(.halted))
    case .off: Piece.note(.bad, "!", say(.off))
    }
  }

  private var byHand: Markup {
    guard let program = record.program else { return Self.lead(say(.notKnown)) }
    return Piece.paragraph(say(.byHand)) + doses
      + Piece.soft(say(.programmedAt, context.date(program.since)))
  }

  private var doses: Markup {
    if record.isReservoirUnknown {
      return Piece.note(.warn, "!", say(.reservoirUnknown))
    }
    guard let figures = record.programFigures, let fluid = record.reservoir?.fluid else {
      return Piece.paragraph(say(.perDay, MyPhrase.notKnown.words(context.language)))
    }
    func list(_ dose: (ProgramFigures.DrugDose) -> DailyDose) -> String {
      figures.doses.compactMap { item in
        fluid.drugs.first { $0.name == item.drug }.map {
          "\(AmountWords.mass(dose(item).mass, of: $0)) \(MyDrugs.name($0.name, context.language))"
        }
      }.joined(separator: ", ")
    }
    return Piece.paragraph(say(.perDay, list(\.mean)))
      + (figures.patientDoses > .zero ? Piece.soft(say(.extraDoses, list(\.most))) : .none)
  }

  private func left(_ volume: Volume) -> Markup {
    let tenths = Volume(nanolitres: volume.nanolitres / 100_000 * 100_000)
    return Piece.paragraph(
      say(.left, tenths.ml) + " " + .made("<small>")
        + say(.leftNote) + .made("</small>")
    )
  }

  private var controller: Markup {
    guard context.isOwn, record.isLinked else { return .none }
    return Piece.soft(say(.controllerLink))
      + (context.controller.map {
        Piece.button(title(.controllerNone), to: $0, isPlain: true)
      } ?? .none)
  }

  // MARK: What comes

  private var change: Markup {
    let pending = record.orders.last { life in
      if case .pending = life.state { return true }
      return false
    }
    guard let pending, let at = MyChange.begins(pending) else {
      return Piece.card(title(.change), Piece.paragraph(say(.changeNone)))
    }
    var text = Self.lead(say(.changeAt, context.moment(at)))
    if let doses = MyChange.doses(pending, record, context.language) {
      text += Piece.paragraph(say(.changeFrom, doses.now))
      text += Piece.paragraph(say(.changeTo, doses.then))
    }
    text += Piece.paragraph(say(.changeStop))
    if context.isOwn, let controller = context.controller {
      text += Piece.button(title(.controllerNone), to: controller)
    }
    return Piece.card(title(.change), text + Piece.soft(say(.changeStopNear)))
  }

  private var refill: Markup {
    var text = Markup.none
    var due: Instant?
    if case .success(let forecast) = forecast { due = forecast.due?.at }
    if let booked = record.nextRefillAt {
      text += Self.lead(say(.refillBooked, context.date(booked)))
    }
    if let due {
      text += Piece.paragraph(say(.refillDue, context.date(due)))
      if due < now { text += Piece.note(.bad, "!", say(.refillCall)) }
    }
    if text.isEmpty { text = Piece.paragraph(say(.refillNotKnown)) }
    return Piece.card(title(.refill), text)
  }

  // MARK: Alarms

  private var alarms: Markup {
    let open = record.alarms.filter { $0.clearedAt == nil }
    let all = PumpAlarm.allCases.map { alarm -> Markup in
      let words = MyAlarms.words(alarm, context.language)
      return "\(bold: words.what) \(words.act)"
    }
    let meaning = Piece.details(
      title(.alarmsAll),
      Piece.paragraph(say(.alarmMeans)) + Piece.list(all)
    )
    guard !open.isEmpty else {
      return Piece.card(title(.alarms), Piece.paragraph(say(.alarmNone)) + meaning)
    }
    let notes = open.map { entry in
      let words = MyAlarms.words(entry.alarm, context.language)
      return Piece.note(
        entry.alarm.isHigh ? .bad : .warn,
        words.what,
        "\(words.act) \(soft: MyPhrase.alarmSince.words(context.language, context.moment(entry.raisedAt)))"
      )
    }
    return Piece.card(title(.alarms), notes.joined() + meaning)
  }

  // MARK: Diary and the rest

  private var diary: Markup {
    let entry = record.diary(of: now.day)
    var text =
      entry.map { MyDiary.summary($0.value, context.language) }
      ?? Piece.paragraph(say(.diaryNone))
    if context.mayWrite {
      text += Piece.button(
        title(entry == nil ? .diaryWrite : .diaryAgain),
        to: context.path("/diary")
      )
    }
    return Piece.card(title(.diary), text)
  }

  private var links: Markup {
    var items: [(MyPhrase, String)] = [(.aftercare, "/aftercare"), (.travel, "/card")]
    if context.isOwn { items.append((.sharing, "/sharing")) }
    return Piece.list(
      items.map { "\(link: $0.0.words(context.language), to: context.path($0.1))" }
    )
  }

  static func lead(_ text: Markup) -> Markup { .made("<p class=\"lead\">\(text.html)</p>\n") }
}

/// An increase that waits in the pump: when it begins, and what it changes.
enum MyChange {
  /// By therapy time: the pump's own waiting time from when its answer came.
  static func begins(_ life: OrderLife) -> Instant? {
    guard let answer = life.answer, let at = life.answeredAt,
      let until = answer.pendingUntilMilliseconds
    else { return nil }
    return at + TimeSpan(milliseconds: max(0, until - answer.pumpMilliseconds))
  }

  /// The mean of 24 h now and then; nothing where the program cannot be read.
  static func doses(
    _ life: OrderLife,
    _ record: PatientRecord,
    _ language: MyLanguage
  ) -> (now: String, then: String)? {
    guard !record.isReservoirUnknown, let pump = record.pump, let fluid = record.reservoir?.fluid,
      let before = record.program?.program, let after = life.draft.program,
      let old = ProgramDay(before, fluid, pump), let new = ProgramDay(after, fluid, pump)
    else { return nil }
    return (old.meanDay(language), new.meanDay(language))
  }
}

extension ProgramDay {
  /// What a day gives of each drug on average, without patient doses.
  func meanDay(_ language: MyLanguage) -> String {
    let mean = program.plannedDay(model).mean
    return fluid.drugs.map { drug in
      let mass = Volume(nanolitres: mean.nanolitresPerDay) * drug.concentration
      return "\(AmountWords.mass(mass, of: drug)) \(MyDrugs.name(drug.name, language))"
    }.joined(separator: ", ")
  }
}

/// Names of drugs as patients read them.
enum MyDrugs {
  static func name(_ drug: String, _ language: MyLanguage) -> String {
    language == .spanish ? DrugNames.spanish(drug) : drug
  }
}
