import Quantities
import Therapy

/// Scores, doses, alarms and refills of one patient as lanes on one axis.
struct CourseView {
  let record: PatientRecord
  let now: Instant

  private func day(_ instant: Instant) -> Double {
    Double((instant - now).milliseconds) / 86_400_000
  }

  /// Nothing where nothing was recorded.
  var picture: String? {
    let lanes = scores + doses + events
    guard !lanes.isEmpty else { return nil }
    let first = lanes.flatMap(\.points).map(\.day).min() ?? -30
    let firstDay = max(-730, min(-14, first - 3))
    return CoursePicture(
      lanes: lanes,
      firstDay: firstDay,
      dates: dates(from: firstDay)
    ).svg(title: "Course: \(lanes.map(\.name).joined(separator: ", ")).")
  }

  private func dates(from first: Double) -> [(day: Double, name: String)] {
    let step = max(1, (-first / 5).rounded(.up))
    return stride(from: first, through: 0, by: step).map { offset in
      let at = now + TimeSpan(milliseconds: Int64(offset * 86_400_000))
      return (offset, at.shortDay)
    }
  }

  private var scores: [CoursePicture.Lane] {
    record.standingScores.sorted { $0.key.name < $1.key.name }.map { series, values in
      CoursePicture.Lane(
        name: series.shortTitle,
        unit: Self.unit(series),
        shape: .points,
        points: values.map {
          .init(
            day: day($0.takenAt),
            value: Double($0.score.thousandths) / 1_000,
            words: "\($0.score.words), \($0.takenAt.dayWords)"
          )
        },
        highest: series.highest
      )
    }
  }

  private static func unit(_ series: ScoreSeries) -> String {
    switch series {
    case .pain: "NRS, 0 to 10"
    case .spasms: "Penn, 0 to 4"
    case .ashworth(let muscle): muscle.words
    case .healthIndex(let valueSet): valueSet
    case .hospitalVisits(let days): "in \(days) d"
    case .depression, .goal, .rated: series.scale.facts.unit
    }
  }

  private var doses: [CoursePicture.Lane] {
    var lanes: [CoursePicture.Lane] = []
    let oral = record.oralOpioids.filter { $0.struckOut == nil }
    if !oral.isEmpty {
      lanes.append(
        .init(
          name: "By mouth",
          unit: "mg/d morphine",
          shape: .steps,
          points: oral.map {
            let milligrams = Double($0.value.equivalent.mass.femtograms) / 1e12
            let at = $0.value.since?.start ?? $0.at
            return .init(
              day: day(at),
              value: milligrams,
              words: "\($0.value.drug.rawValue) \($0.value.dose.text), \(at.dayWords)"
            )
          }.sorted { $0.day < $1.day },
          highest: nil
        )
      )
    }
    if record.deliveries.count > 1 {
      lanes.append(
        .init(
          name: "Delivered",
          unit: "mL a day",
          shape: .steps,
          points: record.deliveries.suffix(400).map {
            .init(
              day: day($0.day.start),
              value: Double($0.delivered.nanolitres) / 1e6,
              words: "\($0.delivered.ml), \($0.day.words)"
            )
          },
          highest: nil
        )
      )
    }
    return lanes
  }

  private var events: [CoursePicture.Lane] {
    var changes = record.orders.compactMap { order -> CoursePicture.Point? in
      guard case .applied = order.state, let at = order.answeredAt else { return nil }
      return .init(day: day(at), value: 0, words: "\(order.draft.act.words), \(at.dayWords)")
    }
    if let program = record.program, program.order == nil {
      changes.append(
        .init(day: day(program.since), value: 0, words: "Program, \(program.since.dayWords)")
      )
    }
    var refills = record.pastRefills.filter(\.isCompleted).map {
      CoursePicture.Point(day: day($0.endedAt), value: 0, words: "Refill, \($0.endedAt.dayWords)")
    }
    if refills.isEmpty, let fill = record.reservoir {
      refills.append(
        .init(day: day(fill.filledAt), value: 0, words: "Fill, \(fill.filledAt.dayWords)")
      )
    }
    let alarms = record.alarms.map {
      CoursePicture.Point(
        day: day($0.raisedAt),
        value: 0,
        words: "\($0.alarm.words), \($0.raisedAt.dayWords)"
      )
    }
    let effects = record.sideEffects.filter { $0.struckOut == nil }.map {
      let at = $0.value.since?.start ?? $0.at
      return CoursePicture.Point(
        day: day(at),
        value: 0,
        words: "\($0.value.what), \($0.value.severity.rawValue), \(at.dayWords)"
      )
    }
    return [
      ("Program", "changes", changes), ("Refills", "fills", refills), ("Alarms", "raised", alarms),
      ("Side effects", "since", effects),
    ].filter { !$0.2.isEmpty }.map {
      CoursePicture.Lane(name: $0.0, unit: $0.1, shape: .events, points: $0.2, highest: nil)
    }
  }
}
