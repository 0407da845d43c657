/// What is known of the pump models that clinics use, number by number, with its standing.
///
/// A number whose source is unverified is shown as such and is never a hard limit by itself, until
/// a clinic has confirmed it.
public enum PumpCatalog {
  /// All models; those that clinics implant today come first.
  public static let models: [CatalogModel] = [
    synchroMedII, synchroMedIII, prometra, codman3000, archimedes, medStream, isoMed,
    synchroMedEL, siromedes, virtual,
  ]

  /// The models whose name, maker or number contains a text, in any case of letters.
  ///
  /// - Parameter text: as in `SynchroMed II`; where it is the whole name of one model, only that.
  /// - Returns: none where nothing fits.
  public static func models(matching text: String) -> [CatalogModel] {
    let wanted = text.lowercased()
    let exact = models.filter {
      $0.name.lowercased() == wanted || $0.title.lowercased() == wanted
    }
    guard exact.isEmpty else { return exact }
    // Maker, name and, in brackets, the numbers, as papers and device lists write it.
    if let bracket = wanted.firstIndex(of: "("), bracket > wanted.startIndex {
      let title = wanted[..<wanted.index(before: bracket)]
      let titled = models.filter { $0.name.lowercased() == title || $0.title.lowercased() == title }
      if !titled.isEmpty { return titled }
    }
    return models.filter { "\($0.title) \($0.numbers)".lowercased().contains(wanted) }
  }
}

/// A model of pump, or a family of models that differ in size only.
public struct CatalogModel: Equatable, Sendable {
  public let manufacturer: String
  public let name: String
  /// The maker's model numbers; empty where they are not known.
  public let numbers: String
  /// How it works, in a few words.
  public let kind: String
  public let constants: [CatalogConstant]

  /// Maker and name.
  public var title: String { "\(manufacturer) \(name)" }

  /// The constant with a name, such as `minimumRate`.
  public func constant(_ name: String) -> CatalogConstant? {
    constants.first { $0.name == name }
  }
}

/// How far a constant can be trusted, as its reader judged the source.
public enum Confidence: String, Equatable, Sendable {
  case high, medium, low
}

/// One thing that is known of a model, where from, and how surely.
public struct CatalogConstant: Equatable, Sendable {
  /// As programs name it; those of a scenario's pump have its words.
  public let name: String
  /// As people read it.
  public let title: String
  public let value: CatalogValue
  public let source: String
  public let confidence: Confidence
  public let note: String?

  init(
    _ name: String,
    _ title: String,
    _ value: CatalogValue,
    source: String,
    confidence: Confidence,
    note: String? = nil
  ) {
    self.name = name
    self.title = title
    self.value = value
    self.source = source
    self.confidence = confidence
    self.note = note
  }

  /// Whether someone has read it in its source; else it was recalled, in whole or in part.
  public var isVerified: Bool { !source.contains("unverified") }
}

/// The value of a constant; decimal numbers stay as they were written, with a UCUM unit.
public enum CatalogValue: Equatable, Sendable {
  case number(String, String)
  /// From the first to the second.
  case range(String, String, String)
  /// One of several, by size of the model.
  case choices([String], String)
  case words(String)

  /// Number and unit, or the words.
  public var text: String {
    switch self {
    case .number(let number, let unit): Self.text(number, unit)
    case .range(let low, let high, let unit): Self.text("\(low) to \(high)", unit)
    case .choices(let numbers, let unit):
      Self.text(numbers.joined(separator: numbers.count == 2 ? " or " : ", "), unit)
    case .words(let words): words
    }
  }

  /// The decimal numbers in it.
  public var numbers: [String] {
    switch self {
    case .number(let number, _): [number]
    case .range(let low, let high, _): [low, high]
    case .choices(let numbers, _): numbers
    case .words: []
    }
  }

  /// The UCUM unit of its numbers; nothing for words.
  public var unit: String? {
    switch self {
    case .number(_, let unit), .range(_, _, let unit), .choices(_, let unit): unit
    case .words: nil
    }
  }

  private static func text(_ numbers: String, _ unit: String) -> String {
    let readable =
      switch unit {
      case "a": "years"
      case "mo": "months"
      case "/d": "per day"
      case "[pH]": "(pH)"
      default: unit
      }
    return "\(numbers) \(readable)"
  }
}
