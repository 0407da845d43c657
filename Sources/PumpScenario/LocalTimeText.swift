public import PumpCore

extension LocalTime {
  /// Reads `"2026-01-05T08:00:00"`, with a fraction of up to three digits where one is wanted.
  ///
  /// Seconds are a must, a time zone is not taken, and the date must exist in the (proleptic)
  /// Gregorian calendar, years 0001 to 9999. It is nothing where the text is no such reading.
  ///
  /// - Parameter text: as above, nothing before or after.
  public init?(text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, let date = Self.date(bytes[..<10]),
      bytes[10] == UInt8(ascii: "T"),
      let minute = Self.minuteOfDay(bytes[11..<16]), bytes[16] == UInt8(ascii: ":"),
      let second = Self.number(bytes[17..<19]), second < 60,
      let fraction = Self.fraction(bytes[19...])
    else { return nil }
    let day = date * 86_400_000
    self.init(milliseconds: day + Int64(minute) * 60_000 + second * 1_000 + fraction)
  }

  /// The reading as it is read: `2026-01-05T08:00:00`, with milliseconds where there are any.
  public var text: String {
    let (year, month, dayOfMonth) = Self.calendar(day: day)
    let rest = millisecondsOfDay
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60]
      .map { Self.padded($0, 2) }.joined(separator: ":")
    let fraction = rest % 1_000 == 0 ? "" : ".\(Self.padded(rest % 1_000, 3))"
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
    return "\(date)T\(clock)\(fraction)"
  }

  /// The minute of the day of `"HH:MM"`, 00:00 to 23:59, or nothing.
  static func minuteOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
    let first = bytes.startIndex
    guard bytes.count == 5, bytes[first + 2] == UInt8(ascii: ":"),
      let hour = number(bytes[first..<first + 2]), hour < 24,
      let minute = number(bytes[(first + 3)...]), minute < 60
    else { return nil }
    return Int(hour * 60 + minute)
  }

  /// Days since 1970-01-01 of `YYYY-MM-DD`, or nothing where there is no such day.
  private static func date(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), year >= 1,
      let month = number(bytes[5..<7]), (1...12).contains(month),
      let day = number(bytes[8..<10]), day >= 1, day <= days(ofMonth: month, year: year)
    else { return nil }
    var count = daysBefore(year: year) + day - 1
    for earlier in 1..<13 where Int64(earlier) < month {
      count += days(ofMonth: Int64(earlier), year: year)
    }
    return count
  }

  private static func calendar(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    // An estimate that is never too late, then year by year: 400 years are 146,097 days.
    var year = max(1, 1969 + day * 400 / 146_097)
    while day >= daysBefore(year: year + 1) { year += 1 }
    while year > 1 && day < daysBefore(year: year) { year -= 1 }
    var rest = day - daysBefore(year: year)
    var month: Int64 = 1
    while month < 12 && rest >= days(ofMonth: month, year: year) {
      rest -= days(ofMonth: month, year: year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  /// Days from 1970-01-01 to the first of January of a year.
  private static func daysBefore(year: Int64) -> Int64 {
    let past = year - 1
    return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
  }

  private static func days(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func fraction(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let point = bytes.first else { return 0 }
    let digits = bytes.dropFirst()
    guard point == UInt8(ascii: "."), (1...3).contains(digits.count), let value = number(digits)
    else { return nil }
    return digits.count == 1 ? value * 100 : digits.count == 2 ? value * 10 : value
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
