public import PumpCore
public import Quantities

/// What a figure of a status is about, in the order in which they stand.
public enum StatusFigure: Int, Sendable, CaseIterable {
  /// nL.
  case demand = 0
  case delivered, reservoir
  /// nL/d.
  case rate
  /// The raw value of a `PumpState`.
  case state
  /// A bit for each `HaltReason`, `SafeReason` or `Alarm`.
  case halts, safeReasons, alarms, alarmConditions
  /// Local time, ms since 1970.
  case local
}

/// A value and the pump time at which it was so (SR-114).
public struct Reading: Equatable, Sendable {
  public var value: Int64
  public var time: PumpTime

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&value, &bytes)
    cursor.code(&time, &bytes)
  }
}

/// What a pump says of itself now.
public struct PumpStatus: Sendable {
  private var figures = InlineArray<10, Reading>(
    repeating: Reading(value: 0, time: .commissioning)
  )
  /// What has left the tip of each drug since commissioning, fg.
  public private(set) var tip = DrugAmounts()
  public private(set) var inForce = InForce()
  public private(set) var envelope = Envelope.standard
  public private(set) var revocationNumber: UInt64 = 0
  /// When the last bedside session began; nothing where there was none.
  public private(set) var lastBedside: PumpTime?
  /// The order that waits, and until when; the patient sees it, and can cancel it.
  public private(set) var pending: (hash: Bytes32, until: PumpTime)?

  init() {}

  public subscript(figure: StatusFigure) -> Reading { figures[figure.rawValue] }

  init(_ controller: Controller, _ state: LinkState) {
    let sample = controller.sample
    var halts: Int64 = 0
    for reason in HaltReason.allCases where controller.isHalted(reason) {
      halts |= 1 << Int64(reason.rawValue)
    }
    var reasons: Int64 = 0
    for reason in SafeReason.allCases where controller.isSafe(reason) {
      reasons |= 1 << Int64(reason.rawValue)
    }
    var alarms: Int64 = 0
    var conditions: Int64 = 0
    for alarm in Alarm.allCases {
      if controller.isLatched(alarm) { alarms |= 1 << Int64(alarm.rawValue) }
      if controller.holds(alarm) { conditions |= 1 << Int64(alarm.rawValue) }
    }
    let values: InlineArray<10, Int64> = [
      sample.demand.nanolitres, sample.delivered.nanolitres, sample.reservoir.nanolitres,
      sample.rate.nanolitresPerDay, Int64(sample.state.rawValue), halts, reasons, alarms,
      conditions, controller.localTime.milliseconds,
    ]
    for index in 0..<10 { figures[index] = Reading(value: values[index], time: sample.time) }
    tip = state.tip(sample)
    inForce = state.inForce(controller)
    envelope = state.envelope
    revocationNumber = state.revocation.number
    if state.lastBedside >= 0 { lastBedside = PumpTime(milliseconds: state.lastBedside) }
    if let order = state.pending { pending = (order.hash, order.until) }
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    for index in 0..<10 { figures[index].code(&cursor, &bytes) }
    tip.code(&cursor, in: 0 ... .max, &bytes)
    inForce.code(&cursor, &bytes)
    envelope.code(&cursor, &bytes)
    cursor.code(&revocationNumber, &bytes)
    var has = lastBedside != nil
    cursor.code(&has, &bytes)
    if has {
      var time = lastBedside ?? .commissioning
      cursor.code(&time, &bytes)
      lastBedside = time
    }
    has = pending != nil
    cursor.code(&has, &bytes)
    if has {
      var (hash, until) = pending ?? (Bytes32(), .commissioning)
      cursor.code(&hash, &bytes)
      cursor.code(&until, &bytes)
      pending = (hash, until)
    }
  }
}

extension LinkState {
  /// What has left the tip, by the drugs' own numbers, in ascending order.
  fileprivate func tip(_ sample: PumpSample) -> DrugAmounts {
    var amounts = DrugAmounts()
    var last: UInt32 = 0
    while true {
      var next = -1
      for place in 0..<drugs.count
      where drugs[place] > last && (next < 0 || drugs[place] < drugs[next]) {
        next = place
      }
      guard next >= 0 else { return amounts }
      last = drugs[next]
      _ = amounts.append(last, sample.tipFemtograms[next])
    }
  }
}

/// Which pump this is.
public struct PumpDescription: Sendable {
  /// Of this page's layouts.
  public var version: UInt16 = 1
  public var id = Bytes16()
  /// Ed25519: signs receipts.
  public var key = Bytes32()
  public var isCommissioned = false
  public var time = PumpTime.commissioning
  public var local: Int64 = 0
  public var stroke = Volume.zero
  public var capacity = Volume.zero
  public var minimumRate = FlowRate.zero
  public var maximumRate = FlowRate.zero
  public var path = Volume.zero

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&version, &bytes)
    cursor.code(&id, &bytes)
    cursor.code(&key, &bytes)
    cursor.code(&isCommissioned, &bytes)
    cursor.code(&time, &bytes)
    cursor.code(&local, &bytes)
    cursor.code(&stroke, &bytes)
    cursor.code(&capacity, &bytes)
    cursor.code(&minimumRate, &bytes)
    cursor.code(&maximumRate, &bytes)
    cursor.code(&path, &bytes)
  }
}

/// Entries of the journal, oldest first.
public struct JournalPage: Sendable {
  public static let capacity = 96
  public private(set) var count = 0
  var records = InlineArray<96, JournalRecord>(repeating: .empty)

  public init() {}

  /// The entry at a place below ``count``.
  public subscript(place: Int) -> JournalRecord { records[place] }

  /// Keeps the oldest entries from a sequence on, in ascending order.
  mutating func add(_ record: JournalRecord, from first: UInt32) {
    guard record.sequence >= first else { return }
    var place = count
    while place > 0, records[place - 1].sequence > record.sequence { place -= 1 }
    guard place < Self.capacity else { return }
    var index = min(count, Self.capacity - 1)
    while index > place {
      records[index] = records[index - 1]
      index -= 1
    }
    records[place] = record
    count = min(count + 1, Self.capacity)
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&count, in: 0...Self.capacity, &bytes)
    guard !cursor.failed else { return }
    for place in 0..<count {
      var time = records[place].time.milliseconds
      cursor.code(&records[place].sequence, &bytes)
      cursor.code(&records[place].kind, &bytes)
      cursor.code(&records[place].detail, &bytes)
      cursor.code(&time, &bytes)
      cursor.code(&records[place].value, &bytes)
      cursor.code(&records[place].repeats, &bytes)
      records[place].time = PumpTime(milliseconds: time)
    }
  }
}
