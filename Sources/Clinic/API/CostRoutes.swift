import Therapy

/// The cost of a pump against the care without it: the clinic's figures, and what follows from them.
struct CostRoutes: Sendable {
  let care: ClinicCare

  struct Shown: Encodable {
    /// Nothing where the clinic has given no figures.
    let course: CostCourse?
    /// To look at beside one's own; none of it goes into a sum.
    let published: [PublishedCost]
  }

  var routes: [Route] { [shown, change, plan] }

  private var shown: Route {
    let care = care
    return Route(
      .get,
      "/api/v1/costs",
      "What a pump costs against the care without it, by the clinic's own figures.",
      tag: ClinicRoutes.tag,
      face: .api,
      access: .roles(AccountRole.staff),
      response: .free("course with question, months and break-even, or null; published figures")
    ) { _ throws(WebError) in
      let course = await care.records.costs().flatMap { try? CostCourse($0) }
      return try .value(Shown(course: course, published: PublishedCost.all))
    }
  }

  private var change: Route {
    let care = care
    return Route(
      .put,
      "/api/v1/costs",
      "Keeps the clinic's own figures, in hundredths of the currency.",
      tag: ClinicRoutes.tag,
      face: .api,
      access: .roles([.administrator]),
      audit: .init("changed the clinic's figures of cost", patient: nil),
      request: .object(Self.fields),
      response: .free("the course that follows from them")
    ) { call throws(WebError) in
      let question: CostQuestion = try APIBody.read(call)
      try await care.decide(.setCosts(question), call)
      return try .value(try Self.course(question))
    }
  }

  private var plan: Route {
    Route(
      .post,
      "/api/v1/plan/costs",
      "The same of other figures; nothing is recorded.",
      tag: PlanRoutes.tag,
      face: .api,
      access: .roles(AccountRole.staff),
      needsKey: false,
      request: .object(Self.fields),
      response: .free("the course that follows from them")
    ) { call throws(WebError) in
      try .value(try Self.course(try APIBody.read(call)))
    }
  }

  private static func course(_ question: CostQuestion) throws(WebError) -> CostCourse {
    do throws(TherapyRefusal) { return try CostCourse(question) } catch { throw WebError(error) }
  }

  private static let item = Schema.object([
    SchemaField("name", TherapySchemas.name),
    SchemaField("cents", .integer(0...Int(CostQuestion.largest), "hundredths of the currency")),
  ])

  private static let fields: [SchemaField] = [
    SchemaField("currency", .text(most: 3, "three letters, as CHF")),
    SchemaField("pumpOnce", .list(of: item, most: 40)),
    SchemaField("pumpMonthly", .list(of: item, most: 40)),
    SchemaField("replacement", item, isRequired: false),
    SchemaField("replacementEvery", .integer(12...240, "months"), isRequired: false),
    SchemaField("conventionalMonthly", .list(of: item, most: 40)),
    SchemaField("months", .integer(1...600)),
    SchemaField(
      "discountBasisPoints",
      .integer(0...2_000, "hundredths of a percent a year"),
      isRequired: false
    ),
  ]
}

/// The page of the same.
extension PageRoutes {
  var costs: [Route] {
    let desk = desk
    return [
      page("/costs", "What a pump costs against the care without it.", AccountRole.staff) {
        _,
        context throws(WebError) in
        CostPage(
          question: await desk.care.records.costs(),
          context: context,
          state: .fresh
        ).html()
      },
      form(
        "/costs",
        "Keeps the clinic's own figures of cost.",
        [.administrator],
        audit: .init("changed the clinic's figures of cost", patient: nil)
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "costs",
          page: { state, context throws(WebError) in
            CostPage(
              question: await desk.care.records.costs(),
              context: context,
              state: state
            ).html()
          },
          act: { fields throws(WebError) in
            try await desk.care.decide(.setCosts(try CostForm.question(fields)), call)
            return "/costs"
          }
        )
      },
    ]
  }
}
