import Foundation
import PumpTesting
import Testing

@testable import Ledger

/// What counts as one JSON value, beside Foundation's reader.
struct JSONFormTests {
  private static let samples = [
    #"{"act":"read the record","route":"GET /patients/{patient}","status":200}"#,
    #"[1,-0.5,2e3,1E-2,0,[],{},{"a":[true,false,null]}]"#, #""\u00e9\ud83d\ude00\n\\\"\/""#,
    " [ 1 , 2 ] ", "0", "-1", "true", "null", #"{"a":{"b":{"c":[[["d"]]]}}}"#,
  ]

  @Test
  func `what is no JSON is told as Foundation tells it, but for its commas and its numbers`() {
    var seeded = Seeded(seed: 0x150F)
    let alphabet = Array(#"{}[]",:\u0123456789abcdefDtrunlsE+-. /"#.utf8)
    var (good, bad) = (0, 0)
    for round in 0..<40_000 {
      var bytes = Array(Self.samples[round % Self.samples.count].utf8)
      for _ in 0..<seeded.pick(0...3) {
        let place = seeded.pick(0...(bytes.count - 1))
        switch seeded.pick(0...2) {
        case 0: bytes[place] = alphabet[seeded.pick(0...(alphabet.count - 1))]
        case 1: bytes.insert(alphabet[seeded.pick(0...(alphabet.count - 1))], at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      let value = try? JSONSerialization.jsonObject(
        with: Data(bytes),
        options: .fragmentsAllowed
      )
      let isValue = JSONForm.isValue(bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      switch (isValue, value != nil) {
      // Foundation takes a comma before the end, which RFC 8259 does not.
      case (false, true): #expect(text.contains(/, *[\]}]/), "\(text)")
      // And no number that is too large for it.
      case (true, false): #expect(text.contains(/[eE][-+]?[0-9]{3}/), "\(text)")
      default: break
      }
      if isValue { good += 1 } else { bad += 1 }
    }
    print("JSON: \(good) values and \(bad) that are none, told alike")
    #expect(good > 5_000 && bad > 5_000)
  }

  @Test
  func `what is nested too deep, cut short or goes on is no value`() {
    let deep = { (count: Int) in
      Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
    }
    #expect(JSONForm.isValue(deep(JSONForm.depthMax)))
    #expect(!JSONForm.isValue(deep(JSONForm.depthMax + 1)))
    #expect(!JSONForm.isValue(deep(1_000_000)))
    for sample in Self.samples where sample.utf8.count > 2 && !sample.hasPrefix(" ") {
      let bytes = Array(sample.utf8)
      #expect(JSONForm.isValue(bytes))
      #expect(!JSONForm.isValue(bytes + bytes) || sample == "0")
      let cut = bytes.dropLast()
      #expect(!JSONForm.isValue(Array(cut)) || Double(sample) != nil, "\(sample)")
    }
    let none = [
      "", "[1,]", "{\"a\":1,}", "[,1]", "01", "1.", ".5", "+1", "\"\\ud800\"", "nul", "{1:2}",
    ]
    for bad in none {
      #expect(!JSONForm.isValue(Array(bad.utf8)), "\(bad)")
    }
  }
}
