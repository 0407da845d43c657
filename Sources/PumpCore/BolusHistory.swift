/// The patient and clinician boluses begun in the last 24 h, by monotonic time (SR-011, H-04).
struct BolusHistory: Sendable {
  var begins = InlineArray<48, Int64>(repeating: 0)
  /// nL, with the sign of a patient's dose.
  var volumes = InlineArray<48, Int32>(repeating: 0)
  var first = 0
  var count = 0

  /// Forgets what began at t − 24 h or before.
  mutating func forget(upTo instant: Int64) {
    while count > 0, begins[first] <= instant - millisecondsPerDay {
      first = (first + 1) % Capacity.bolusesOfDay
      count -= 1
    }
  }

  var isFull: Bool { count == Capacity.bolusesOfDay }

  mutating func add(_ nanolitres: Int64, patient: Bool, at instant: Int64) {
    precondition(!isFull, "a full history takes no bolus")
    let place = (first + count) % Capacity.bolusesOfDay
    begins[place] = instant
    volumes[place] = Int32(patient ? -nanolitres : nanolitres)
    count += 1
  }

  /// The patient's doses in it.
  var patientDoses: Int {
    var doses = 0
    for offset in 0..<count where volumes[(first + offset) % Capacity.bolusesOfDay] < 0 {
      doses += 1
    }
    return doses
  }

  /// When so many of the patient's doses are forgotten that there are fewer than `most`; nothing where
  /// there are fewer already.
  func instant(untilFewerDosesThan most: Int) -> Int64? {
    var surplus = patientDoses - most + 1
    guard surplus > 0 else { return nil }
    for offset in 0..<count {
      let place = (first + offset) % Capacity.bolusesOfDay
      if volumes[place] < 0 { surplus -= 1 }
      if surplus == 0 { return begins[place] + millisecondsPerDay }
    }
    return nil
  }

  /// All volumes, whole.
  var nanolitres: Int64 {
    var sum: Int64 = 0
    for offset in 0..<count {
      sum += Int64(volumes[(first + offset) % Capacity.bolusesOfDay].magnitude)
    }
    return sum
  }
}
