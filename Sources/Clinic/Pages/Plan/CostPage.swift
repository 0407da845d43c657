import Therapy

/// What a pump costs against the care without it, by the clinic's own figures alone.
struct CostPage {
  let question: CostQuestion?
  let context: PageContext
  let state: FormState

  func html() -> String {
    let course = question.flatMap { try? CostCourse($0) }
    return context.page(
      "Cost",
      .planner,
      Piece.heading(
        "Cost of a pump, and of care without it",
        "Sums from the first month on, of the clinic's own figures: none is built in."
      )
        + (course.map(answer)
          ?? Piece.note(
            .plain,
            "NO FIGURES",
            "Nothing is reckoned before the clinic has given its own figures. An administrator enters them "
              + "below."
          ))
        + Piece.grid([
          Piece.column([figures, published]),
          Piece.column(context.visitor.isAdministrator ? [form] : []),
        ])
    )
  }

  private func answer(_ course: CostCourse) -> Markup {
    var meeting: Int?
    if case .month(let first, _) = course.breakEven { meeting = first }
    func sums(_ of: (CostMonth) -> Int64) -> [Double] {
      [0] + course.months.map { Double(of($0)) / 100 }
    }
    let picture = CostPicture(
      pump: sums(\.pumpCents),
      conventional: sums(\.conventionalCents),
      currency: course.question.currency,
      meeting: meeting
    )
    return Piece.card(
      "The answer",
      Piece.paragraph("\(bold: course.sentence)")
        + Piece.figure(
          picture.svg(title: "Cost by month, with a pump and without. \(course.sentence)"),
          "Sums in \(course.question.currency) at the end of each month."
        ) + table(course)
    )
  }

  /// A row a year, the month of the meeting, and the last one.
  private func table(_ course: CostCourse) -> Markup {
    var table = PageTable(
      "Sums at the end of months",
      ["Month", "#With the pump", "#Without it", "#The pump has cost more by"]
    )
    var meeting = 0
    if case .month(let first, _) = course.breakEven { meeting = first }
    for month in course.months
    where month.month % 12 == 0 || month.month == meeting || month.month == course.months.count {
      table.add(
        [
          "\(month.month)", "\(CostForm.amount(month.pumpCents))",
          "\(CostForm.amount(month.conventionalCents))",
          "\(CostForm.amount(month.differenceCents))",
        ],
        isChanged: month.month == meeting
      )
    }
    return table.markup
  }

  private var figures: Markup {
    guard let question else { return .none }
    var rows: [(String, Markup)] = CostForm.groups.flatMap { group in
      CostForm.items(group.name, of: question).map { item in
        ("\(group.label): \(item.name)", "\(CostForm.amount(item.cents)) \(question.currency)")
      }
    }
    if let replacement = question.replacement, let every = question.replacementEvery {
      rows.append(
        (
          "Every \(every) months: \(replacement.name)",
          "\(CostForm.amount(replacement.cents)) \(question.currency)"
        )
      )
    }
    rows.append(
      (
        "Discount a year",
        question.discountBasisPoints.map { "\(CostForm.amount(Int64($0))) %" } ?? "none"
      )
    )
    return Piece.card("The clinic's figures", Piece.facts(rows))
  }

  /// What others have found, to look at beside one's own; it goes into no sum.
  private var published: Markup {
    var table = PageTable("Published figures", ["Study", "Figure", "Source"])
    for cost in PublishedCost.all {
      table.add([
        "\(cost.study)", "\(cost.figure)",
        cost.isVerified ? "\(cost.source)" : "\(cost.source) \(tag: "unverified")",
      ])
    }
    return Piece.card(
      "What others found",
      Piece.soft("To look at beside one's own. None of it goes into the sums above.") + table.markup
    )
  }

  private var form: Markup {
    let groups = CostForm.fields(question)
    return Piece.card(
      "The clinic's own figures",
      PageForm("costs", to: "/costs", "Keep the figures").markup(
        context,
        state,
        groups.flatMap(\.fields)
      )
    )
  }
}
