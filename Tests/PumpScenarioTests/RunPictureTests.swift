import Testing

@testable import PumpScenario

@Suite struct RunPictureTests {
  private static let scenarios = [
    RunSample.scenario(), RunSample.eventful,
    RunSample.scenario(until: "5 min"),
    RunSample.scenario(until: "4000 d", sampleEvery: "2 d"),
    RunSample.scenario(drugs: "", limits: ""),
    RunSample.scenario(fill: "0.1 mL"),
  ]

  @Test(arguments: scenarios)
  func `the picture is well-formed, titled and free of what is no number`(
    scenario: String
  ) throws {
    let svg = RunPicture(of: try RunSample.story(scenario)).svg()
    #expect(Self.isWellFormed(svg))
    #expect(svg.contains("<title id=\"title\">Cisterna pump run:"))
    #expect(svg.contains("<desc id=\"desc\">Over "))
    #expect(svg.contains("aria-labelledby=\"title desc\""))
    for wrong in ["nan", "NaN", "inf\"", "inf ", "-0\""] {
      #expect(!svg.contains(wrong), "\(wrong)")
    }
    // Nothing is loaded from elsewhere; the one address names the vocabulary.
    #expect(svg.components(of: "http").count == 2)
  }

  @Test func `a picture of ten years is not longer than a page can bear`() throws {
    let scenario = RunSample.scenario(until: "3650 d", sampleEvery: "6 h")
    let svg = RunPicture(of: try RunSample.story(scenario)).svg()
    #expect(svg.utf8.count < 200_000)
  }

  @Test func `states, alarms and limits are told in words too`() throws {
    let svg = RunPicture(of: try RunSample.story(RunSample.eventful)).svg()
    for words in [
      "HIGH: motor stall", "HIGH: over-delivery", "halted", "safe rate", "power off", "low mark 2",
      "morphine at the tip", "1 refused",
    ] {
      #expect(svg.contains(words), "\(words)")
    }
  }

  @Test func `names cannot break the markup`() throws {
    let drug = #"{"drug":"a<b>&c","concentration":"2 mg/mL"}"#
    let story = try? RunSample.story(RunSample.scenario(drugs: drug, limits: #""a<b>&c":"1 mg""#))
    // The reader may refuse such a name; where it does not, the picture must hold it.
    guard let story else { return }
    let svg = RunPicture(of: story).svg()
    #expect(Self.isWellFormed(svg))
    #expect(!svg.contains("a<b>"))
  }

  @Test(arguments: [0.1, 0.9, 1, 3.7, 12, 999, 0.000_25])
  func `an axis has two to six round ticks from 0 up, within the panel`(greatest: Double) {
    let axis = PictureAxis.upward(to: greatest, height: 120)
    #expect((2...6).contains(axis.ticks.count))
    #expect(axis.ticks.first?.label.contains { $0 != "0" && $0 != "." } == false)
    #expect(axis.place(of: 0) == 120)
    #expect(axis.place(of: greatest) >= 0)
  }

  /// Whether every element that is opened is closed, in order.
  private static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for piece in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      guard let end = piece.firstIndex(of: ">") else { return false }
      let tag = piece[..<end]
      let name = tag.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
      let quotes = tag.count { $0 == "\"" }
      guard quotes.isMultiple(of: 2) else { return false }
    }
    return open.isEmpty
  }
}

extension String {
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
