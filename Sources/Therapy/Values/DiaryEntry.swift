/// A day as the patient lived it, in their own words and numbers.
///
/// It is no score of an examiner: what is told here stands beside those, and is never taken for one.
public struct DiaryEntry: Codable, Equatable, Sendable {
  /// What troubled, of a short list that patients know.
  public enum Trouble: String, Codable, Sendable, CaseIterable {
    case drowsy, dizzy, nausea, itching, constipation, weakness, urination, headache, swelling
  }

  public let day: Day
  /// 0 none to 10 the worst that can be imagined.
  public let pain: Int?
  /// 0 none, 1 a few, 2 some, 3 many, 4 all the time.
  public let spasms: Int?
  /// 0 very bad to 4 very good.
  public let sleep: Int?
  /// 0 very low to 4 very good.
  public let mood: Int?
  /// Empty where none was named; that is not the same as none.
  public let troubles: [Trouble]
  public let words: String?

  public init(
    day: Day,
    pain: Int? = nil,
    spasms: Int? = nil,
    sleep: Int? = nil,
    mood: Int? = nil,
    troubles: [Trouble] = [],
    words: String? = nil
  ) {
    self.day = day
    self.pain = pain
    self.spasms = spasms
    self.sleep = sleep
    self.mood = mood
    self.troubles = troubles
    self.words = words
  }

  /// Whether it says anything at all.
  public var isEmpty: Bool {
    pain == nil && spasms == nil && sleep == nil && mood == nil && troubles.isEmpty && words == nil
  }
}
