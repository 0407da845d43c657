import JSONText
import Therapy

/// A field of an act of the pathway, for the API and for a form alike.
struct ActField: Sendable {
  enum Kind: Sendable {
    /// A line.
    case name
    /// A paragraph.
    case words
    case day, instant
    case whole(ClosedRange<Int>, unit: String)
    /// A number beside one of these units.
    case quantity([String])
    case choice([(value: String, name: String)])
    /// To be answered with yes or no: nothing is chosen before.
    case answer
    /// Any of these.
    case checks([(value: String, name: String)])
    /// A list of objects with these fields: in a form so many rows, of which some may stay empty.
    indirect case rows([ActField], Int)
  }

  /// With points where it stands inside of another, as `identity.born`.
  var name: String
  var label: String
  let kind: Kind
  var hint: String?
  var isRequired = true
  /// What stands there by itself.
  var preset: @Sendable (PatientRecord, Instant) -> String = { _, _ in "" }
  /// The words of a choice that a form offers for a record; all of them where it says nothing.
  private(set) var offered: @Sendable (PatientRecord) -> Set<String>? = { _ in nil }

  init(
    _ name: String,
    _ label: String,
    _ kind: Kind,
    hint: String? = nil,
    isRequired: Bool = true,
    preset: @escaping @Sendable (PatientRecord, Instant) -> String = { _, _ in "" }
  ) {
    (self.name, self.label, self.kind) = (name, label, kind)
    (self.hint, self.isRequired, self.preset) = (hint, isRequired, preset)
  }

  /// A choice among the words of a type, each with what people call it.
  static func choice<Word: RawRepresentable & CaseIterable & Sendable>(
    _ name: String,
    _ label: String,
    _ words: @Sendable (Word) -> String,
    hint: String? = nil,
    isRequired: Bool = true
  ) -> ActField where Word.RawValue == String {
    var options = Word.allCases.map { ($0.rawValue, words($0)) }
    // Nothing is chosen by itself.
    options.insert(("", isRequired ? "Choose" : "–"), at: 0)
    return ActField(name, label, .choice(options), hint: hint, isRequired: isRequired)
  }

  /// The same field, of which a form offers some words alone; the API takes what it takes.
  func offering(_ offered: @escaping @Sendable (PatientRecord) -> Set<String>?) -> ActField {
    var field = self
    field.offered = offered
    return field
  }

  /// What the API takes.
  var schema: Schema {
    switch kind {
    case .name: TherapySchemas.name
    case .words: .text(most: 20_000)
    case .day: TherapySchemas.day
    case .instant: TherapySchemas.instant
    case .whole(let range, let unit): .integer(range, unit)
    case .quantity(let units): TherapySchemas.quantity("1 \(units[0])")
    case .choice(let options): .choice(options.map(\.value).filter { !$0.isEmpty })
    case .answer: .flag
    case .checks(let options): .list(of: .choice(options.map(\.value)), most: options.count)
    case .rows(let fields, _):
      .list(
        of: .object(fields.map { SchemaField($0.name, $0.schema, isRequired: $0.isRequired) }),
        most: 40
      )
    }
  }

  /// What a form shows.
  func fields(_ record: PatientRecord, _ now: Instant) -> [Field] {
    let kind: Field.Kind
    switch self.kind {
    case .checks(let options):
      return options.map { Field("\(name).\($0.value)", $0.name, .check, isRequired: false) }
    case .rows(let columns, let count):
      return (0..<count).flatMap { row in
        columns.flatMap { column in
          var own = column
          own.isRequired = isRequired && row == 0 && column.isRequired
          own.name = "\(name).\(row).\(column.name)"
          own.label = count == 1 ? column.label : "\(column.label) \(row + 1)"
          return own.fields(record, now)
        }
      }
    case .choice(let options):
      let words = offered(record)
      kind = .choice(
        options.filter { option in
          option.value.isEmpty || words?.contains(option.value) != false
        }
      )
    default: kind = input
    }
    return [
      Field(
        name,
        label,
        kind,
        value: preset(record, now),
        hint: hint,
        isRequired: isRequired
      )
    ]
  }

  private var input: Field.Kind {
    switch kind {
    case .name: .text
    case .words: .area
    case .day: .date
    case .instant: .moment
    case .whole(_, let unit): unit.isEmpty ? .whole : .quantity([unit])
    case .quantity(let units): .quantity(units)
    case .choice(let options): .choice(options)
    case .answer: .choice([("", "Choose"), ("yes", "Yes"), ("no", "No")])
    case .checks, .rows: .text
    }
  }

  /// What was typed, as the API would take it; nothing where it was left empty.
  ///
  /// - Throws: where it cannot be that.
  func json(_ fields: FormFields) throws(WebError) -> JSONValue? {
    switch kind {
    case .name, .words: return fields.text(name).map { .string($0) }
    case .day: return try fields.day(name).map { .string($0.text) }
    case .instant:
      guard fields.text(name) != nil else { return nil }
      return .number("\(try fields.instant(name).milliseconds)")
    case .whole(let range, let unit):
      guard let text = fields.text(name) else { return nil }
      guard let number = Int(text), range.contains(number) else {
        throw FormFields.fault(
          name,
          given: "\"\(text)\"",
          expected: "a whole number from \(range.lowerBound) to \(range.upperBound) \(unit)"
        )
      }
      return .number("\(number)")
    case .quantity(let units): return try fields.quantity(name, unit: units[0]).map { .string($0) }
    case .choice(let options):
      guard let text = fields.text(name) else { return nil }
      guard options.contains(where: { $0.value == text }) else {
        let names = options.map(\.value).filter { !$0.isEmpty }.joined(separator: ", ")
        throw FormFields.fault(name, given: "\"\(text)\"", expected: "one of \(names)")
      }
      return .string(text)
    case .answer:
      guard let text = fields.text(name) else { return nil }
      guard text == "yes" || text == "no" else {
        throw FormFields.fault(name, given: "\"\(text)\"", expected: "yes or no")
      }
      return .bool(text == "yes")
    case .checks(let options):
      let ticked = options.filter { fields.isYes("\(name).\($0.value)") }
      return ticked.isEmpty ? nil : .array(ticked.map { .string($0.value) })
    case .rows(let columns, let count):
      var rows: [JSONValue] = []
      for index in 0..<count {
        if let row = try row(index, columns, fields) { rows.append(row) }
      }
      return rows.isEmpty ? nil : .array(rows)
    }
  }
}

extension ActField {
  /// One row of a list; nothing where it was left empty.
  private func row(
    _ row: Int,
    _ columns: [ActField],
    _ fields: FormFields
  ) throws(WebError) -> JSONValue? {
    let prefix = "\(name).\(row)."
    var members: [JSONMember] = []
    for column in columns {
      var own = column
      own.name = prefix + column.name
      if let value = try own.json(fields) {
        members.append(JSONMember(name: column.name, value: value))
      }
    }
    guard !members.isEmpty else { return nil }
    for column in columns where column.isRequired {
      guard members.contains(where: { $0.name == column.name }) else {
        throw FormFields.fault(prefix + column.name, given: nil, expected: column.label)
      }
    }
    return .object(members)
  }
}

/// Fields whose names have points, as the objects that they stand in.
struct ActTree {
  private indirect enum Node {
    case value(JSONValue)
    case object([(String, Node)])
  }

  private var members: [(String, Node)] = []

  mutating func set(_ name: String, _ value: JSONValue) {
    Self.set(name.split(separator: ".").map(String.init)[...], value, &members)
  }

  private static func set(
    _ path: ArraySlice<String>,
    _ value: JSONValue,
    _ members: inout [(String, Node)]
  ) {
    guard let first = path.first else { return }
    guard path.count > 1 else {
      members.append((first, .value(value)))
      return
    }
    var inside: [(String, Node)] = []
    let index = members.firstIndex { $0.0 == first }
    if let index, case .object(let there) = members[index].1 { inside = there }
    set(path.dropFirst(), value, &inside)
    if let index {
      members[index].1 = .object(inside)
    } else {
      members.append((first, .object(inside)))
    }
  }

  var json: JSONValue { Self.json(members) }

  private static func json(_ members: [(String, Node)]) -> JSONValue {
    .object(
      members.map { name, node in
        switch node {
        case .value(let value): JSONMember(name: name, value: value)
        case .object(let inside): JSONMember(name: name, value: json(inside))
        }
      }
    )
  }

  /// The schema of fields whose names have points; an object is asked for where one of its fields is.
  static func schema(_ fields: [(path: ArraySlice<String>, schema: Schema, isRequired: Bool)])
    -> [SchemaField]
  {
    var names: [String] = []
    for field in fields {
      if let first = field.path.first, !names.contains(first) { names.append(first) }
    }
    return names.map { name in
      let of = fields.filter { $0.path.first == name }
      if let only = of.first, only.path.count == 1 {
        return SchemaField(name, only.schema, isRequired: only.isRequired)
      }
      let inside = of.map {
        (path: $0.path.dropFirst(), schema: $0.schema, isRequired: $0.isRequired)
      }
      return SchemaField(
        name,
        .object(schema(inside)),
        isRequired: of.contains { $0.isRequired }
      )
    }
  }
}
