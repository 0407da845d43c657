// Local time is a label on monotonic time: milliseconds since 1970-01-01T00:00 on the local clock.

/// "2026-01-05T08:00:00" in local milliseconds.
func readLocal(_ text: String) -> Int64 {
  let halves = text.split(separator: "T")
  precondition(halves.count == 2, "a local date and time: \(text)")
  let date = halves[0].split(separator: "-").map { Int64($0)! }
  let clock = halves[1].split(separator: ":")
  let seconds = clock.count > 2 ? clock[2].split(separator: ".") : []
  var result = daysSince1970(year: date[0], month: date[1], day: date[2]) * day
  result += Int64(clock[0])! * hour + Int64(clock[1])! * minute
  if let whole = seconds.first { result += Int64(whole)! * second }
  if seconds.count > 1 {
    let digits = (String(seconds[1]) + "000").prefix(3)
    result += Int64(digits)!
  }
  return result
}

/// Counted year by year and month by month.
private func daysSince1970(year: Int64, month: Int64, day dayOfMonth: Int64) -> Int64 {
  func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
  precondition(year >= 1970, "a date from 1970 on")
  var days: Int64 = 0
  for past in 1970..<year { days += isLeap(past) ? 366 : 365 }
  let lengths: [Int64] = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for past in 0..<Int(month - 1) { days += lengths[past] }
  return days + dayOfMonth - 1
}

/// The local day and the milliseconds since its midnight.
func splitLocal(_ local: Int64) -> (day: Int64, time: Int64) {
  var number = local / day
  if local % day < 0 { number -= 1 }
  return (number, local - number * day)
}

/// 0 is Monday. 1970-01-01 was a Thursday.
func weekday(ofDay number: Int64) -> Int { Int(((number + 3) % 7 + 7) % 7) }

/// "HH:MM" in minutes since midnight.
func readTimeOfDay(_ text: String) -> Int64 {
  let parts = text.split(separator: ":").map { Int64($0)! }
  return parts[0] * 60 + parts[1]
}
