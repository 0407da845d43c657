import PatientModel
import Pharmacology
import PumpCore
import PumpScenario
import Testing

/// The controller at the tip: what it delivers is what the model is given.
struct ProgramCaseTests {
  static func bytes(basal: String, extra: String = "", days: Int = 2, strokes: Bool) -> [UInt8] {
    Array(
      """
      {"program":{"basal":\(basal),"limits":{"maxRate":"6 mL/d","maxVolumePer24h":"3 mL",\
      "maxDosePer24h":{"baclofen":"5 mg"}},"safeRate":"100 ug/d","restartGap":"24 h",\
      "lowReservoir":"4 mL"\(extra)},"fill":{"volume":"20 mL","drugs":[{"drug":"baclofen",\
      "concentration":"2000 ug/mL"}]},"drug":"baclofen","days":\(days),"strokes":\(strokes)}
      """.utf8
    )
  }

  static let basals = [
    ("{\"mode\":\"constant\",\"rate\":\"300 ug/d\"}", 0.3),
    (
      "{\"mode\":\"daily\",\"steps\":[{\"at\":\"00:00\",\"rate\":\"480 ug/d\"},"
        + "{\"at\":\"12:00\",\"rate\":\"240 ug/d\"}]}", 0.36
    ),
    (
      "{\"mode\":\"periodic\",\"dose\":\"25 uL\",\"over\":\"10 min\",\"every\":\"6 h\","
        + "\"background\":\"48 ug/d\"}", 0.248
    ),
    ("{\"mode\":\"stopped\"}", 0),
  ]

  @Test(arguments: basals, [false, true])
  func `what leaves the tip is the program's daily dose`(
    basal: (json: String, milligramsPerDay: Double),
    strokes: Bool
  ) throws {
    let model = try ProgramCase.modelCase(
      bytes: Self.bytes(basal: basal.json, strokes: strokes),
      cells: 120
    )
    let result = ModelResult(of: model)
    let given = basal.milligramsPerDay * 2_000
    // One stroke of 250 nL at 2000 ug/mL is 0.5 ug; the last one flows after the end.
    #expect((result.massBalance.infused - given).magnitude <= (strokes ? 0.501 : 1e-3))
    #expect(result.massBalance.relativeError <= 1e-9)
    // Without gaps, from the first hour to the last.
    #expect(model.flow.first?.start == 0)
    #expect(model.flow.last?.end == 48)
    for (before, after) in zip(model.flow, model.flow.dropFirst()) {
      #expect(before.end == after.start)
    }
  }

  @Test func `stroke by stroke and by the rate of the demand give the same far from the tip`()
    throws
  {
    let runs = try [false, true].map { strokes in
      ModelResult(
        of: try ProgramCase.modelCase(
          bytes: Self.bytes(basal: Self.basals[0].0, strokes: strokes),
          cells: 120
        )
      )
    }
    for place in [0, 5] {
      let (smooth, stepped) = (runs[0].fluid[place], runs[1].fluid[place])
      for hour in 24...48 {
        #expect((smooth[hour] - stepped[hour]).magnitude <= 0.01 * smooth[hour])
      }
    }
  }

  @Test func `a bridge, a prime and an empty path come through the controller`() throws {
    let extra = """
      ,"prime":{"volume":"300 uL","over":"30 min"}
      """
    var text = String(
      decoding: Self.bytes(basal: Self.basals[0].0, extra: extra, strokes: false),
      as: UTF8.self
    )
    text = text.replacing("\"days\":2", with: "\"days\":2,\"pathEmpty\":true")
    let model = try ProgramCase.modelCase(bytes: Array(text.utf8), cells: 120)
    #expect(model.flow[0] == FlowSegment(start: 0, end: 0.5, flow: 0.6))
    #expect(model.catheter.deadVolume == 0.316)
    let tip = Simulation(model).tip
    // The prime leaves 16 uL of drug-free fluid to be pushed out at 150 uL/d.
    let first = try #require(tip.first { $0.concentration > 0 })
    #expect((first.start - (0.5 + 0.016 / 0.15 * 24)).magnitude < 1e-3)
  }

  @Test func `an empty reservoir ends delivery`() throws {
    let bytes = Self.bytes(
      basal: "{\"mode\":\"constant\",\"rate\":\"2.4 mL/d\"}",
      days: 12,
      strokes: false
    )
    let model = try ProgramCase.modelCase(bytes: bytes, cells: 120)
    #expect(model.flow.last?.flow == 0)
    let pumped = model.flow.reduce(0.0) { $0 + $1.flow * ($1.end - $1.start) }
    #expect((pumped - 20).magnitude < 0.001)
    let halts = try ProgramCase.anyCase(bytes: bytes, cells: 120).halts
    #expect(halts.map(\.reason) == [.empty])
    let since = try #require(halts.first).since
    #expect((since - 200).magnitude < 0.01, "20 mL at 0.1 mL/h: \(since)")
    let words = try #require(halts.first).words
    #expect(words.hasPrefix("the reservoir is empty from day 9 ("), "\(words)")
  }

  @Test func `a program that never stops tells of no halt`() throws {
    let bytes = Self.bytes(basal: Self.basals[0].0, strokes: false)
    #expect(try ProgramCase.anyCase(bytes: bytes, cells: 120).halts.isEmpty)
  }

  @Test(arguments: [(40.0, 26.0 * 40 / 60), (60.0, 26.0), (75.0, 26.0 * 75 / 60)])
  func `a level is that of the canal's own length`(length: Double, place: Double) throws {
    for tip in ["", ",\"tip\":\"t10\""] {
      let text = String(
        decoding: Self.bytes(basal: Self.basals[0].0, strokes: false),
        as: UTF8.self
      )
      .replacing("\"days\":2", with: "\"days\":2,\"geometry\":{\"L\":\(length)}\(tip)")
      let model = try ProgramCase.modelCase(bytes: Array(text.utf8), cells: 120)
      #expect((model.catheter.tip - place).magnitude < 1e-9)
      #expect(model.windows.map(\.from) == [18 * length / 60])
      #expect(model.places.count == 6)
      // The picture names the same level.
      let svg = ModelPicture(of: model).svg()
      #expect(svg.contains("tip at T10 ("), "\(length)")
      #expect(svg.contains(">T6<") && svg.contains(">C3<"))
    }
  }

  @Test func `a program that the controller refuses gives no case`() {
    let bytes = Self.bytes(
      basal: "{\"mode\":\"constant\",\"rate\":\"7 mL/d\"}",
      strokes: false
    )
    do throws(ProgramCase.Failure) {
      _ = try ProgramCase.modelCase(bytes: bytes, cells: 120)
      Issue.record("it was taken")
    } catch {
      guard case .refused(let refusal) = error, refusal.words.hasPrefix("rateLimit") else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
