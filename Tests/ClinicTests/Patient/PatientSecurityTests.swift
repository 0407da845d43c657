import Testing

@testable import Clinic

/// Each route of the patients' part asked by everyone there is.
struct PatientSecurityTests {
  @Test
  func `every route of the patients' part answers everyone as it declares (H-62, H-72)`()
    async throws
  {
    let clinic = try await TestClinic()
    let world = try await PatientWorld()
    @Sendable func reached(_ call: RouteCall) async throws(WebError) -> WebResponse {
      WebResponse(299, json: [])
    }
    let routes = world.access.routes.map { route in
      var route = route
      route.handler = reached
      return route
    }
    #expect(routes.count >= 20)
    var tokens: [SecurityTableTests.Asker: (token: String, session: Session)] = [:]
    tokens[.overSession] = await clinic.session(.physician)
    clinic.time.pass(SessionBook.idleMax + 1)
    for role in AccountRole.allCases { tokens[.signed(role)] = await clinic.session(role) }
    let web = try ClinicWeb(routes, clinic.parts)
    var rows = 0
    for route in routes {
      for asker in SecurityTableTests.Asker.all {
        for token in SecurityTableTests.Token.allCases {
          for origin in SecurityTableTests.Origin.allCases {
            let request = SecurityTableTests.request(route, clinic, tokens, asker, token, origin)
            let answer = await web.answer(request)
            let wanted = SecurityTableTests.expected(route, asker, token, origin)
            let isToSignIn = wanted == 401 && route.face == .page
            #expect(
              answer.status == (isToSignIn ? 303 : wanted ?? 299),
              "\(route.name) by \(asker), token \(token), origin \(origin)"
            )
            rows += 1
          }
        }
      }
    }
    print("rows of the patients' part: \(rows)")
  }

  @Test
  func `what opens something by its path is named so, and every other page names its readers`()
    async throws
  {
    let world = try await PatientWorld()
    for route in world.access.routes {
      if route.access == .public, !route.template.places.isEmpty {
        #expect(route.isPathSecret, "\(route.name)")
      }
      if route.template.description.hasPrefix("/me") {
        guard case .roles(let roles) = route.access else {
          Issue.record("\(route.name) is public")
          continue
        }
        #expect(roles.isSubset(of: [.patient, .caregiver]), "\(route.name)")
        #expect(route.audit != nil, "\(route.name)")
      }
    }
  }
}
