package import JSONText
import PumpCore
package import Quantities

extension ScenarioError {
  package init(_ mismatch: JSONMismatch) {
    self.init(path: mismatch.path, given: mismatch.given, expected: mismatch.expected)
  }
}

/// A value of the scenario file; what it is asked for and is not, it tells with its path.
package struct ScenarioField: Sendable {
  package let cursor: JSONCursor

  package var path: String { cursor.path }

  package init(cursor: JSONCursor) {
    self.cursor = cursor
  }

  package func object(_ known: [String]) throws(ScenarioError) -> ScenarioObject {
    do { return ScenarioObject(object: try cursor.object(known)) } catch {
      throw ScenarioError(error)
    }
  }

  package func anyObject() throws(ScenarioError) -> ScenarioObject {
    do { return ScenarioObject(object: try cursor.anyObject()) } catch {
      throw ScenarioError(error)
    }
  }

  package func array() throws(ScenarioError) -> [ScenarioField] {
    do { return try cursor.array().map { ScenarioField(cursor: $0) } } catch {
      throw ScenarioError(error)
    }
  }

  package func string(_ expected: String) throws(ScenarioError) -> String {
    do { return try cursor.string(expected: expected) } catch { throw ScenarioError(error) }
  }

  package func bool() throws(ScenarioError) -> Bool {
    do { return try cursor.bool() } catch { throw ScenarioError(error) }
  }

  package func integer(in range: ClosedRange<Int>) throws(ScenarioError) -> Int {
    do { return try cursor.integer(in: range) } catch { throw ScenarioError(error) }
  }

  /// One of some words.
  package func word<Meaning>(_ words: [(String, Meaning)]) throws(ScenarioError) -> Meaning {
    let names = words.map(\.0)
    let expected = "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
    let text = try string(expected)
    guard let meaning = words.first(where: { $0.0.utf8.elementsEqual(text.utf8) }) else {
      let near = EditDistance.nearest(to: text, in: names).map { "\"\($0)\"?" }
      throw fault(given: ScenarioError.quoted(text), expected: near ?? expected)
    }
    return meaning.1
  }

  package func quantity<Quantity: QuantityText>(
    _: Quantity.Type = Quantity.self,
    in range: ClosedRange<Int64>
  ) throws(ScenarioError) -> Quantity {
    let text = try string(Quantity.kind.expectation)
    let quantity: Quantity
    do {
      quantity = try Quantity(text: text)
    } catch {
      throw fault(error)
    }
    return try inRange(quantity, text: text, range: range)
  }

  package func inRange<Quantity: QuantityText>(
    _ quantity: Quantity,
    text: String,
    range: ClosedRange<Int64>
  ) throws(ScenarioError) -> Quantity {
    guard range.contains(quantity.storedUnits) else {
      let most = Quantity(storedUnits: range.upperBound).text
      let least = range.lowerBound == 0 ? "of at most" : "greater than 0 and at most"
      throw fault(
        given: ScenarioError.quoted(text),
        expected: "\(Quantity.kind.name) \(least) \(most)"
      )
    }
    return quantity
  }

  package func fault(given: String, expected: String) -> ScenarioError {
    ScenarioError(path: path, given: given, expected: expected)
  }

  package func fault(_ error: QuantityError) -> ScenarioError {
    fault(given: ScenarioError.quoted(error.given), expected: error.expectation)
  }
}

/// An object of the scenario file.
package struct ScenarioObject: Sendable {
  package let object: JSONObject

  package var path: String { object.path }

  package var all: [(name: String, field: ScenarioField)] {
    object.all.map { (name: $0.name, field: ScenarioField(cursor: $0.value)) }
  }

  package func optional(_ name: String) -> ScenarioField? {
    object.optional(name).map { ScenarioField(cursor: $0) }
  }

  package func required(_ name: String, _ expected: String) throws(ScenarioError) -> ScenarioField {
    do { return ScenarioField(cursor: try object.required(name, expected: expected)) } catch {
      throw ScenarioError(error)
    }
  }

  package func quantity<Quantity: QuantityText>(
    _ name: String,
    in range: ClosedRange<Int64>
  ) throws(ScenarioError) -> Quantity {
    try required(name, Quantity.kind.expectation).quantity(in: range)
  }
}

/// The ranges of ``Bounds`` as the reader needs them.
package enum ScenarioRange {
  package static let volume = 0...Bounds.volumeMax
  package static let someVolume = 1...Bounds.volumeMax
  package static let rate = 0...Bounds.rateMax
  package static let someRate = 1...Bounds.rateMax
  package static let mass = 0...Bounds.massMax
  package static let someMass = 1...Bounds.massMax
  package static let time = 0...Bounds.timeMax
  package static let someTime = 1...Bounds.timeMax
  package static let someBolusTime = 1...Bounds.bolusTimeMax
  package static let someConcentration = 1...Bounds.concentrationMax
  /// Ten metres: no catheter is longer, and the volume of a longer one might overflow.
  package static let length = 0...Int64(10_000_000)
  /// A suspension has an end (contract: Faults).
  package static let suspension = 1...Controller.longestSuspension.milliseconds
  package static let mri = 1...Controller.longestMRI.milliseconds
  /// Strokes of one fault, so that a slip does not run for ever.
  package static let extraStrokes = 1...1_000_000
  /// How many samples a run may give.
  package static let samplesMax: Int64 = 2_000_000
}
