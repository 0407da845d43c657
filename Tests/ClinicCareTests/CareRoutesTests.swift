import PumpLink
import Synchronization
import Testing
import Therapy

@testable import Clinic

/// The routes of patients, orders, calculators and the office, asked by everyone there is.
@Suite(.timeLimit(.minutes(2)))
struct CareRoutesTests {
  @Test
  func `every route answers everyone as it declares (SR-088, H-62)`() async throws {
    let ward = try await Ward()
    var rows = 0
    for route in ward.care.routes {
      guard case .roles(let roles) = route.access else {
        #expect(route.name == "POST /signed")
        continue
      }
      var path = route.template.description
      for place in route.template.places {
        path.replace("{\(place)}", with: place == "patient" ? Ward.patient.text : "x-1")
      }
      for role in AccountRole.allCases {
        let answer =
          await route.method == .get
          ? ward.get(path, as: role) : ward.post(path, "{}", as: role, method: route.method)
        rows += 1
        if roles.contains(role) {
          #expect(
            answer.status != 401 && answer.status != 403,
            "\(route.name) \(role) \(answer.text)"
          )
        } else {
          #expect(answer.status == 403, "\(route.name) \(role) \(answer.status)")
        }
      }
      var nobody = WebRequest(route.method, path)
      nobody.headers = ["host": Ward.host, "content-type": "application/json"]
      #expect(await ward.web.answer(nobody).status == 401, "\(route.name)")
      rows += 1
    }
    print("security table: \(rows) rows of \(ward.care.routes.count) routes")
    #expect(rows > 300)
  }

  @Test
  func `every write of a record is audited, takes a key, and says so in the description`()
    async throws
  {
    let ward = try await Ward()
    let routes = ward.care.routes
    for route in routes where route.template.places.contains("patient") {
      #expect(route.audit != nil, "\(route.name)")
      if route.method != .get {
        #expect(route.needsKey && route.needsFormToken && route.request != nil, "\(route.name)")
      }
    }
    let document = String(decoding: OpenAPIDocument.bytes(of: routes), as: UTF8.self)
    for route in routes where route.face == .api {
      #expect(document.contains("\"\(route.template)\""), "\(route.name)")
    }
  }

  @Test
  func `a patient reads their own record's parts and nothing else`() async throws {
    let ward = try await Ward()
    _ = await ward.post("/api/v1/patients", try ward.adoption(), key: "adopt-key-1")
    #expect(await ward.get(ward.path("/record/scores"), as: .patient).status == 200)
    #expect(await ward.get("/api/v1/patients/p-2/record/scores", as: .patient).status == 403)
    #expect(await ward.get("/api/v1/patients", as: .patient).status == 403)
    let score = #"{"score":{"scale":"nrs","value":4},"takenAt":\#(ward.clock.therapy())}"#
    #expect(await ward.post(ward.path("/scores"), score, as: .patient).status == 200)
  }

  @Test
  func `the calculators, the formulary and a comparison answer over the API`() async throws {
    let ward = try await Ward()
    let side = #"{"pump":{"model":"virtual"},"fill":{"volume":"20 mL","drugs":[]},"program":{}}"#
    let bad = await ward.post("/api/v1/plan/compare", #"{"before":\#(side),"after":\#(side)}"#)
    #expect(bad.status == 422 && bad.text.contains("$.before"), "\(bad.text)")
    let flow = await ward.post("/api/v1/plan/flow", #"{"dose":"1 lightyear"}"#)
    #expect(flow.status == 422 && flow.code == "badField", "\(flow.text)")
    _ = await ward.post("/api/v1/patients", try ward.adoption(), key: "adopt-key-1")
    let program = String(reflecting: Ward.program.replacing("0.5 mL/d", with: "12 mL/d"))
    let preview = await ward.post(ward.path("/preview"), #"{"program":\#(program)}"#)
    #expect(
      preview.status == 200 && preview.text.contains("24 times"),
      "\(preview.text.prefix(900))"
    )
    #expect(preview.text.contains("80 cm are taken"))
    #expect(await ward.get("/api/v1/formulary").text.contains("baclofen"))
    #expect(await ward.get("/api/v1/formulary/baclofen").status == 200)
  }

  @Test
  func `there is no clock to set where nobody gave one`() async throws {
    let ward = try await Ward()
    #expect(!ward.care.routes.contains { $0.template.description == "/api/v1/clock" })
  }

  @Test
  func `a demonstration's clock is set to the speeds that there are, and not by patients`()
    async throws
  {
    let speed = Mutex<Int64>(1)
    let clock = DemonstrationClock(
      speed: { speed.withLock { $0 } },
      set: { new in speed.withLock { $0 = new } }
    )
    let ward = try await Ward(demonstration: clock)
    let path = "/api/v1/clock"
    #expect(await ward.put(path, #"{"speed":600}"#, as: .nurse).status == 200)
    #expect(speed.withLock { $0 } == 600)
    #expect(await ward.get(path, as: .patient).text.contains(#""speed":600"#))
    #expect(await ward.put(path, #"{"speed":7}"#, as: .nurse).status == 422)
    #expect(await ward.put(path, #"{"speed":0}"#, as: .patient).status == 403)
    #expect(speed.withLock { $0 } == 600)
  }

  @Test
  func `the clinic's settings and facts are changed by the API as by the page, by the same roles`()
    async throws
  {
    let ward = try await Ward()
    let path = "/api/v1/settings"
    let body =
      #"{"receiptWait":"3 min","silenceTask":"24 h","silenceCall":"72 h","refillNotice":"21 d","#
      + #""envelope":{"stepPercent":5,"weekPercent":15,"betweenIncreases":"48 h","delay":"2 h","#
      + #""bedsideAge":"90 d"}}"#
    #expect(await ward.put(path, body, as: .physician).status == 403)
    let wide = body.replacing(#""stepPercent":5"#, with: #""stepPercent":25"#)
    #expect(await ward.put(path, wide, as: .administrator).status == 422)
    let changed = await ward.put(path, body, as: .administrator)
    #expect(changed.status == 200, "\(changed.text)")
    let shown = await ward.get(path, as: .nurse)
    #expect(
      shown.text.contains(#""stepPercent":5"#) && shown.text.contains("21 d"),
      "\(shown.text)"
    )
    let fact = "/api/v1/formulary/baclofen/stability"
    let source = #"{"source":"the maker's leaflet, 2024"}"#
    #expect(await ward.post(fact, source, as: .administrator).status == 403)
    #expect(await ward.post(fact, source, as: .pharmacist).status == 200)
    #expect(await ward.care.records.settings().confirmedFacts == ["stability.baclofen"])
    let unknown = "/api/v1/formulary/water/stability"
    #expect(await ward.post(unknown, source, as: .pharmacist).status == 404)
  }

  @Test
  func `certificates of another root are not taken (SR-100)`() async throws {
    let ward = try await Ward()
    func body(_ person: Person) -> String {
      let bytes = person.certificate.encoded?.octets ?? []
      return #"{"certificates":"\#(Base64URL.text(bytes))"}"#
    }
    let path = "/api/v1/certificates"
    let foreign = await ward.post(path, body(People.stranger), as: .administrator)
    #expect(foreign.status == 422 && foreign.code == "notGenuine", "\(foreign.text)")
    let own = await ward.post(path, body(Person(.prescriber, 15)), as: .administrator)
    #expect(own.status == 200, "\(own.text)")
    #expect(await ward.post(path, body(Person(.prescriber, 16)), as: .physician).status == 403)
  }
}
