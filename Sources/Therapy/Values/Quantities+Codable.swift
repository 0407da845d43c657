public import Quantities

// One form for people and for programs: a number with its unit, exact (docs/clinic.md, Streams).

extension Volume: Codable {}
extension Mass: Codable {}
extension Concentration: Codable {}
extension FlowRate: Codable {}
extension DailyDose: Codable {}
extension TimeSpan: Codable {}
extension Length: Codable {}
extension LinearVolume: Codable {}

extension QuantityText {
  /// Reads a text such as `"18 mL"`.
  ///
  /// A minus sign is taken, since differences are written too; whether one makes sense is for the
  /// command to say that made the event.
  ///
  /// - Throws: where it is no text, or no exact quantity of this kind.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    let given = try box.decode(String.self)
    do {
      self = try Self(text: given, allowingNegative: true)
    } catch {
      throw DecodingError.dataCorruptedError(in: box, debugDescription: error.description)
    }
  }

  /// Writes the text that reads back to the same value exactly.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(text)
  }
}
