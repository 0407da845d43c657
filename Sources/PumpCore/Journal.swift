public import Quantities

/// The parts of the journal; a flood in one evicts nothing in another (SR-089, H-48).
enum JournalArea: UInt8, Sendable {
  /// What changed therapy or endangered it.
  case critical
  /// What was delivered, day by day.
  case daily
  case detail
}

/// One entry of the journal, as it stands in memory.
///
///     offset  0         4     5       6        8     16     24       28
///             sequence  kind  detail  reserved time  value  repeats  CRC32
public struct JournalRecord: Equatable, Sendable {
  public var sequence: UInt32
  public var kind: JournalKind
  /// The raw value of what the entry is about: alarm, reason, bolus kind.
  public var detail: UInt8
  public var time: PumpTime
  /// In the stored unit of what the entry tells.
  public var value: Int64
  /// How often an alarm sounded again.
  public var repeats: UInt32
}

/// What an entry of the journal tells.
public enum JournalKind: UInt8, Sendable {
  case commissioned = 1
  case programActivated, programRefused, primeStarted, primeEnded, bridgeStarted, bridgeEnded
  case stepChanged, bolusStarted, bolusEnded, bolusAbandoned, bolusSkipped
  case patientDoseAccepted, patientDoseRefused, clinicianBolusRefused
  case halted, resumed, alarmRaised, alarmAcknowledged, alarmCleared
  case refilled, refillRefused, safeRateEntered, safeRateLeft, clockSet, reset, programRestored
  case catheterSet
  /// The supervisor refused a stroke; the detail is its reason.
  case permitRefused
  /// Delivered since commissioning, nL, at a local midnight.
  case dailyVolume
  /// Left the tip since commissioning, fg, of the drug in `detail`.
  case dailyDose
  /// What became of an order, a request or an emergency act: the detail is the reason of a refusal,
  /// the value the order's sequence, or 0 for what has none.
  case orderApplied, orderPending, orderSuperseded, orderCancelled, orderRefused
  case requestApplied, requestRefused, emergencyApplied, emergencyRefused
  /// The value is the number of the revocation list.
  case keysRevoked
  /// A bedside session of a certified person began; the detail is the role.
  case bedsideSession

  var area: JournalArea {
    switch self {
    case .dailyVolume, .dailyDose: .daily
    case .stepChanged, .bolusStarted, .bolusEnded, .bolusSkipped, .patientDoseAccepted,
      .patientDoseRefused, .clinicianBolusRefused, .programRefused, .refillRefused,
      .alarmAcknowledged, .alarmCleared, .orderRefused, .requestApplied, .requestRefused,
      .emergencyRefused:
      .detail
    case .commissioned, .programActivated, .primeStarted, .primeEnded, .bridgeStarted,
      .bridgeEnded, .bolusAbandoned, .halted, .resumed, .alarmRaised, .refilled,
      .safeRateEntered, .safeRateLeft, .clockSet, .reset, .programRestored, .catheterSet,
      .permitRefused, .orderApplied, .orderPending, .orderSuperseded, .orderCancelled,
      .emergencyApplied, .keysRevoked, .bedsideSession:
      .critical
    }
  }
}

/// Fixed-size entries in three rings of memory, each with a check.
struct Journal: Sendable {
  private let layout: StoreLayout
  private var nextSequence: UInt32 = 1
  /// The place that the next entry of each area takes.
  private var next = InlineArray<3, Int>(repeating: 0)
  /// Where the entry of each alarm stands, to count its repeats; −1 where it has none.
  private var alarmEntries = InlineArray<10, Int>(repeating: -1)

  init(_ layout: StoreLayout) {
    self.layout = layout
  }

  /// Finds its place in a journal that is there already.
  init(continuing layout: StoreLayout, _ memory: some PumpMemory) {
    self.layout = layout
    for raw in 0..<UInt8(3) {
      guard let area = JournalArea(rawValue: raw) else { continue }
      var newest: UInt32 = 0
      var newestOfAlarm = InlineArray<10, UInt32>(repeating: 0)
      for place in 0..<layout.records(area) {
        guard let record = read(area, place, memory) else { continue }
        if record.sequence > newest {
          newest = record.sequence
          next[Int(raw)] = (place + 1) % layout.records(area)
        }
        let alarm = Int(record.detail)
        if record.kind == .alarmRaised, alarm < Alarm.count,
          record.sequence > newestOfAlarm[alarm]
        {
          newestOfAlarm[alarm] = record.sequence
          alarmEntries[alarm] = place
        }
      }
      nextSequence = max(nextSequence, newest + 1)
    }
  }

  /// Adds an entry, in the place of the oldest of its area once that is full.
  mutating func add(
    _ kind: JournalKind,
    detail: UInt8 = 0,
    value: Int64 = 0,
    at time: PumpTime,
    _ memory: inout some PumpMemory
  ) {
    let area = kind.area
    let place = next[Int(area.rawValue)]
    next[Int(area.rawValue)] = (place + 1) % layout.records(area)
    if kind == .alarmRaised { alarmEntries[Int(detail)] = place }
    let record = JournalRecord(
      sequence: nextSequence,
      kind: kind,
      detail: detail,
      time: time,
      value: value,
      repeats: 0
    )
    nextSequence += 1
    write(record, area, place, &memory)
  }

  /// Counts a repeat in the alarm's own entry, so that an alarm cannot flood the journal.
  mutating func countRepeat(of alarm: Alarm, _ memory: inout some PumpMemory) {
    let place = alarmEntries[alarm.index]
    guard place >= 0, var record = read(.critical, place, memory),
      record.kind == .alarmRaised, record.detail == alarm.rawValue
    else { return }
    record.repeats += 1
    write(record, .critical, place, &memory)
  }

  /// Calls with each whole entry: critical ones, daily totals, details, each oldest first.
  func forEach(_ memory: some PumpMemory, _ body: (JournalRecord) -> Void) {
    for raw in 0..<UInt8(3) {
      guard let area = JournalArea(rawValue: raw) else { continue }
      let count = layout.records(area)
      for offset in 0..<count {
        let place = (next[Int(raw)] + offset) % count
        if let record = read(area, place, memory) { body(record) }
      }
    }
  }

  private func offset(_ area: JournalArea, _ place: Int) -> Int {
    layout.start(of: area) + place * StoreLayout.recordBytes
  }

  private func write(
    _ record: JournalRecord,
    _ area: JournalArea,
    _ place: Int,
    _ memory: inout some PumpMemory
  ) {
    var record = record
    var raw = InlineArray<32, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    var cursor = FieldCursor(reading: false, from: 0, to: StoreLayout.recordBytes)
    Self.code(&record, &cursor, &bytes)
    var check = CRC32.of(bytes.span, from: 0, count: 28)
    cursor.code(&check, &bytes)
    memory.write(bytes.span, at: offset(area, place))
  }

  /// The entry at a place of an area; nothing where none stands or its check fails.
  func read(_ area: JournalArea, _ place: Int, _ memory: some PumpMemory) -> JournalRecord? {
    var raw = InlineArray<32, UInt8>(repeating: 0)
    var bytes = raw.mutableSpan
    memory.read(into: &bytes, at: offset(area, place))
    var record = JournalRecord(
      sequence: 0,
      kind: .reset,
      detail: 0,
      time: .commissioning,
      value: 0,
      repeats: 0
    )
    var cursor = FieldCursor(reading: true, from: 0, to: StoreLayout.recordBytes)
    guard bytes[4] != 0 else { return nil }
    Self.code(&record, &cursor, &bytes)
    var check: UInt32 = 0
    cursor.code(&check, &bytes)
    return !cursor.failed && check == CRC32.of(bytes.span, from: 0, count: 28) ? record : nil
  }

  private static func code(
    _ record: inout JournalRecord,
    _ cursor: inout FieldCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var reserved: UInt16 = 0
    var time = record.time.milliseconds
    cursor.code(&record.sequence, &bytes)
    cursor.code(&record.kind, &bytes)
    cursor.code(&record.detail, &bytes)
    cursor.code(&reserved, &bytes)
    cursor.code(&time, &bytes)
    cursor.code(&record.value, &bytes)
    cursor.code(&record.repeats, &bytes)
    record.time = PumpTime(milliseconds: time)
  }
}
