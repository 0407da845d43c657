/// One field of a form, with its label, unit and hint.
struct Field {
  enum Kind {
    case text, password, date, time
    /// A moment, to the minute.
    case moment
    case whole
    /// A number beside a unit, which never changes by itself.
    case quantity([String])
    case area
    case choice([(value: String, name: String)])
    case check
  }

  let name: String
  let label: String
  let kind: Kind
  var value = ""
  var hint: String?
  var isRequired = true
  /// What browsers may fill in.
  var complete: String?
  /// One of many rows that may stay empty, which need not say so each.
  var isQuiet = false

  init(
    _ name: String,
    _ label: String,
    _ kind: Kind = .text,
    value: String = "",
    hint: String? = nil,
    isRequired: Bool = true,
    complete: String? = nil,
    isQuiet: Bool = false
  ) {
    (self.name, self.label, self.kind, self.value) = (name, label, kind, value)
    (self.hint, self.isRequired, self.complete) = (hint, isRequired && !isQuiet, complete)
    self.isQuiet = isQuiet
  }

  /// The field as HTML.
  ///
  /// - Parameter state: what was typed goes before what stands there by itself.
  /// - Returns: label, fault, input and hint.
  func markup(_ state: FormState) -> Markup {
    let id = "f-\(state.form)-\(Piece.identifier(name))"
    let isFault = state.fault?.field == name
    var values: [String: Any] = [
      "id": id, "name": name, "label": label, "isOptional": !isRequired && !isCheck && !isQuiet,
      "isRequired": isRequired,
    ]
    if let hint { values["hint"] = hint }
    if isFault, let fault = state.fault { values["fault"] = fault.atField }
    let described = [isFault ? "\(id)-fault" : nil, hint == nil ? nil : "\(id)-hint"]
      .compactMap(\.self)
    if !described.isEmpty { values["described"] = described.joined(separator: " ") }
    let typed = state.typed[name] ?? (state.typed.isEmpty ? value : "")
    switch kind {
    case .area: values["area"] = ["value": typed]
    case .choice(let options):
      values["choice"] = [
        "options": options.map {
          ["value": $0.value, "name": $0.name, "isOn": $0.value == typed] as [String: Any]
        }
      ]
    case .check:
      values["isCheck"] = ["isOn": typed == "yes"]
    case .quantity(let units): values["input"] = quantity(typed, units, state)
    case .text, .password, .date, .time, .moment, .whole: values["input"] = input(typed)
    }
    return PageLibrary.markup("field", values)
  }

  private var isCheck: Bool {
    if case .check = kind { return true }
    return false
  }

  private func input(_ typed: String) -> [String: Any] {
    var values: [String: Any] = ["type": "text", "value": typed]
    switch kind {
    case .password: (values["type"], values["value"]) = ("password", "")
    case .date: values["type"] = "date"
    case .time: values["type"] = "time"
    case .moment: values["type"] = "datetime-local"
    case .whole: values["mode"] = "numeric"
    case .text, .quantity, .area, .choice, .check: break
    }
    if let complete { values["complete"] = complete }
    return values
  }

  /// A value such as `18 mL` fills the number and chooses the unit.
  private func quantity(
    _ typed: String,
    _ units: [String],
    _ state: FormState
  ) -> [String: Any] {
    let parts =
      state.isAsTyped && state.typed[name] != nil
      ? [typed] : typed.split(separator: " ", maxSplits: 1).map(String.init)
    let number = parts.first ?? ""
    let chosen = state.typed["\(name).unit"] ?? (parts.count == 2 ? parts[1] : units.first ?? "")
    let all = units.contains(chosen) ? units : [chosen] + units
    var values: [String: Any] = [
      "type": "text", "value": number, "mode": "decimal", "complete": "off",
    ]
    if all.count == 1 {
      values["unit"] = chosen
    } else {
      values["units"] =
        [
          "unitName": "\(name).unit",
          "items": all.map { ["value": $0, "isOn": $0 == chosen] as [String: Any] },
        ] as [String: Any]
    }
    return values
  }
}

extension FormFields {
  /// A number with its unit as one text; nothing where no number was typed.
  ///
  /// - Throws: where it cannot be one number of the unit beside it.
  func quantity(_ name: String, unit: String) throws(WebError) -> String? {
    guard let typed = text(name) else { return nil }
    do throws(TypedNumber.Fault) {
      return try TypedNumber(typed, unit: self["\(name).unit"] ?? unit).text
    } catch {
      throw Self.fault(name, given: "\"\(typed)\"", expected: error.expected)
    }
  }

  /// What was typed, without blanks around it; nothing where it is empty.
  func text(_ name: String) -> String? {
    guard let text = self[name] else { return nil }
    let start = text.drop(while: \.isWhitespace)
    let end = start.reversed().drop(while: \.isWhitespace).reversed()
    return end.isEmpty ? nil : String(end)
  }
}
