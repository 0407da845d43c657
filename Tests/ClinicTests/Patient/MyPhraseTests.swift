import Testing
import Therapy

@testable import Clinic

/// The words of patients' pages, in both languages.
struct MyPhraseTests {
  private func holds(_ name: String, _ both: (String, String)?, maySame: Bool) {
    #expect(both != nil, "\(name) is missing")
    guard let both else { return }
    #expect(!both.0.isEmpty && !both.1.isEmpty, "\(name)")
    #expect(both.0 != both.1 || maySame, "\(name)")
    #expect(both.0.count { $0 == "#" } == both.1.count { $0 == "#" }, "\(name)")
  }

  @Test
  func `every phrase is there in both languages, and they differ`() {
    for phrase in MyPhrase.allCases {
      holds(phrase.rawValue, MyPhrase.table[phrase], maySame: false)
    }
    for phrase in EmergencyPhrase.allCases {
      holds(phrase.rawValue, EmergencyPhrase.table[phrase], maySame: false)
    }
    for alarm in PumpAlarm.allCases {
      let (english, spanish) = (MyAlarms.words(alarm, .english), MyAlarms.words(alarm, .spanish))
      #expect(english.what != spanish.what && english.act != spanish.act, "\(alarm)")
    }
  }

  @Test
  func `what a patient reads has short sentences`() {
    for (phrase, both) in MyPhrase.table {
      for text in [both.0, both.1] {
        for sentence in text.split(whereSeparator: { ".:;!?".contains($0) }) {
          let words = sentence.split(separator: " ").count
          #expect(words <= 22, "\(phrase): \(words) words")
        }
      }
    }
  }

  @Test
  func `what an emergency is told has its source, and every figure its unit in both languages`() {
    let drugs = [
      "baclofen", "morphine", "hydromorphone", "fentanyl", "sufentanil", "ziconotide", "clonidine",
      "bupivacaine", "ropivacaine",
    ]
    for drug in drugs {
      guard let advice = EmergencyAdvice.of(drug) else {
        Issue.record("\(drug) has no advice")
        continue
      }
      #expect(!advice.tooMuch.isEmpty && !advice.tooLittle.isEmpty, "\(drug)")
      for line in EmergencyAdvice.always + advice.tooMuch + advice.tooLittle {
        #expect(!line.source.isEmpty, "\(drug)")
        // The same figures in the same order, whatever the language.
        let english = line.english.matches(of: /\d+(?:[.,]\d+)?/).map {
          $0.output.replacing(",", with: ".")
        }
        let spanish = line.spanish.matches(of: /\d+(?:[.,]\d+)?/).map {
          $0.output.replacing(",", with: ".")
        }
        #expect(english == spanish, "\(line.english)")
        let units = /\d (?:mg|mL|min|h\b|G)/
        if line.english.contains(/\d/) {
          #expect(
            line.english.contains(units) && line.spanish.contains(units),
            "\(line.english)"
          )
        }
      }
    }
    #expect(EmergencyAdvice.of("saline") == nil)
  }
}
