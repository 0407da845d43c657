import JSONText

extension PlanResult {
  /// The result as one JSON object, UTF-8 (contract: plan.md, the introduction).
  public func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for member in values {
      writer.newline()
      writer.key(member.name)
      writer.plan(member.value)
    }
    writer.newline()
    writer.findings("warnings", warnings)
    writer.newline()
    writer.findings("refused", refused)
    writer.newline()
    writer.key("working")
    writer.beginArray()
    for line in working {
      writer.newline()
      writer.string(line)
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func plan(_ value: PlanValue) {
    switch value {
    case .quantity(let quantity):
      beginObject()
      key("value")
      plan(quantity.value)
      key("unit")
      string(quantity.unit.rawValue)
      key("text")
      string(quantity.text)
      endObject()
    case .number(let number), .percent(let number): plan(number)
    case .text(let text): string(text)
    case .flag(let flag): bool(flag)
    case .none: null()
    case .list(let values):
      beginArray()
      for value in values { plan(value) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.name)
        plan(member.value)
      }
      endObject()
    }
  }

  /// A whole number without a point, another one as the nearest double.
  private mutating func plan(_ number: Rational) {
    if number.isWhole, let whole = Int64(exactly: number.numerator) {
      integer(whole)
    } else {
      double(number.nearestDouble)
    }
  }

  fileprivate mutating func findings(_ name: String, _ findings: [Finding]) {
    key(name)
    beginArray()
    for finding in findings {
      newline()
      beginObject()
      key("code")
      string(finding.code.rawValue)
      key("message")
      string(finding.message)
      key("source")
      string(finding.source)
      endObject()
    }
    endArray()
  }
}
