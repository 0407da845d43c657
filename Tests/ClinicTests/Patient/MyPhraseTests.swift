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
  func `every card and every step has its Spanish words, and its figures keep their numbers`() {
    func numbers(_ text: String) -> [String] {
      text.matches(of: /\d+(?:[.,]\d+)?/).map { String($0.output).replacing(",", with: ".") }
    }
    let cards = Therapy.EmergencyCard.all
    for card in cards {
      let head = EmergencySpanish.heads[card.title]
      #expect(head != nil, "\(card.title)")
      #expect(numbers(head?.signs ?? "") == numbers(card.signs), "\(card.title)")
      for step in card.steps {
        let spanish = EmergencySpanish.steps[step.text]
        #expect(spanish != nil, "\(step.text)")
        // What a number is it is in the therapy's own figure, and in no words.
        #expect(!step.text.contains(/\d/) && spanish?.contains(/\d/) != true, "\(step.text)")
        #expect(!step.source.isEmpty)
        guard let figure = step.figure else { continue }
        #expect(EmergencySpanish.unknownWords(of: figure) == [], "\(figure)")
        #expect(numbers(EmergencySpanish.figure(figure)) == numbers(figure), "\(figure)")
      }
    }
    // None that stands for nothing any more.
    #expect(Set(EmergencySpanish.heads.keys) == Set(cards.map(\.title)))
    #expect(Set(EmergencySpanish.steps.keys) == Set(cards.flatMap(\.steps).map(\.text)))
    for line in EmergencyAdvice.everyDrug {
      #expect(line.english != line.spanish && numbers(line.english) == numbers(line.spanish))
      #expect(!line.source.isEmpty)
    }
    #expect(
      EmergencySpanish.figure("0.02 mg/kg IM or IV, at most 0.5 mg/min, every 5 to 10 min")
        == "0,02 mg/kg IM o IV, como máximo 0,5 mg/min, cada 5 a 10 min"
    )
  }

  @Test
  func
    `the words of a pump's state, its alarms and its reasons to halt are there in both languages`()
  {
    func differ(_ words: (MyLanguage) -> String, _ name: String) {
      #expect(!words(.english).isEmpty && words(.english) != words(.spanish), "\(name)")
    }
    for state in PumpStateName.allCases {
      differ({ EmergencyState.words(state, $0) }, state.rawValue)
    }
    for reason in PumpHaltReason.allCases {
      differ({ EmergencyState.words(reason, $0) }, reason.rawValue)
    }
    for alarm in PumpAlarm.allCases {
      differ({ EmergencyState.words(alarm, $0) }, alarm.rawValue)
    }
  }
}
