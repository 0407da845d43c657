import JSONText
public import PumpScenario

extension CompareResult {
  /// The comparison as one JSON object, UTF-8: figures, warnings and refusals.
  ///
  /// A figure has both values as in the contract of the calculators, `percent` and `times`; each is
  /// null where it does not exist.
  ///
  /// - Returns: the bytes; the last line ends.
  /// - Throws: where a figure does not fit.
  public func json() throws(PlanError) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.newline()
    writer.key("figures")
    writer.beginArray()
    for row in rows {
      writer.newline()
      try writer.compare(row)
    }
    writer.endArray()
    if !refillDates.isEmpty {
      writer.newline()
      writer.compare(refillDates)
    }
    writer.newline()
    writer.compare("warnings", warnings)
    writer.newline()
    writer.compare("refused", refused)
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func compare(_ row: CompareRow) throws(PlanError) {
    beginObject()
    key("name")
    string(row.name)
    if let drug = row.drug {
      key("drug")
      string(drug)
    }
    for (name, value) in [("before", row.before), ("after", row.after)] {
      key(name)
      guard let value else {
        null()
        continue
      }
      guard let unit = row.unit else {
        number(value)
        continue
      }
      let quantity = try PlanQuantity(rounding: value, in: unit)
      beginObject()
      key("value")
      number(quantity.value)
      key("unit")
      string(unit.rawValue)
      key("text")
      string(quantity.text)
      endObject()
    }
    key("percent")
    number(try row.percent())
    key("times")
    number(try row.times())
    key("change")
    string(try row.changeText())
    endObject()
  }

  /// A whole number without a point, another one as the nearest double.
  private mutating func number(_ number: Rational?) {
    guard let number else { return null() }
    if number.isWhole, let whole = Int64(exactly: number.numerator) {
      integer(whole)
    } else {
      double(number.nearestDouble)
    }
  }

  fileprivate mutating func compare(_ dates: [CompareDates]) {
    key("refillDates")
    beginArray()
    for date in dates {
      beginObject()
      key("name")
      string(date.name)
      for (name, text) in [("before", date.before), ("after", date.after)] {
        key(name)
        if let text { string(text) } else { null() }
      }
      endObject()
    }
    endArray()
  }

  fileprivate mutating func compare(_ name: String, _ findings: [CompareFinding]) {
    key(name)
    beginArray()
    for finding in findings {
      newline()
      beginObject()
      key("code")
      string(finding.code)
      key("message")
      string(finding.message)
      key("source")
      string(finding.source)
      if let planned = finding.planned, let limit = finding.limit {
        key("planned")
        string(planned)
        key("limit")
        string(limit)
      }
      endObject()
    }
    endArray()
  }
}
