public import PumpCore
public import Quantities

/// What became of an order, a request or an emergency act.
public enum Outcome: UInt8, Equatable, Sendable {
  case applied = 1
  case pending, refused, superseded, cancelled
}

/// What a receipt is about.
public enum ReceiptSubject: UInt8, Equatable, Sendable {
  case order = 1
  case request, emergency
}

/// The order that a pump follows, in figures.
public struct InForce: Sendable {
  /// The hash of the last order that was applied; zeros before the first.
  public var order = Bytes32()
  /// The sequence of the last order that was taken.
  public var sequence: UInt64 = 0
  /// SHA-256 over the program's bytes as an order holds them; zeros before the first.
  public var program = Bytes32()
  /// The most that basal and periodic boluses give in any 24 h.
  public var plannedVolume = Volume.zero
  /// Every patient dose of 24 h on top of it.
  public var patientDoses = Volume.zero
  /// The mean of basal and periodic boluses.
  public var meanRate = FlowRate.zero
  public var highestRate = FlowRate.zero
  public var safeRate = FlowRate.zero
  /// In the reservoir, ng/mL.
  public var mixture = DrugAmounts()
  /// What `plannedVolume` holds of each drug, fg; at most `Int64.max`.
  public var plannedDose = DrugAmounts()

  public init() {}

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&order, &bytes)
    cursor.code(&sequence, &bytes)
    cursor.code(&program, &bytes)
    var figures: InlineArray<5, Int64> = [
      plannedVolume.nanolitres, patientDoses.nanolitres, meanRate.nanolitresPerDay,
      highestRate.nanolitresPerDay, safeRate.nanolitresPerDay,
    ]
    for index in 0..<5 { cursor.code(&figures[index], in: 0 ... .max, &bytes) }
    plannedVolume = Volume(nanolitres: figures[0])
    patientDoses = Volume(nanolitres: figures[1])
    meanRate = FlowRate(nanolitresPerDay: figures[2])
    highestRate = FlowRate(nanolitresPerDay: figures[3])
    safeRate = FlowRate(nanolitresPerDay: figures[4])
    mixture.code(&cursor, in: 1...Bounds.concentrationMax, &bytes)
    plannedDose.code(&cursor, in: 0 ... .max, &bytes)
  }
}

/// The pump's own signed word on what it did with an order, and when.
public struct Receipt: WireObject {
  public var pump = Bytes16()
  public var subject = ReceiptSubject.order
  /// Of the order, the request or the emergency act.
  public var hash = Bytes32()
  /// Of the order; 0 for what has none.
  public var sequence: UInt64 = 0
  public var outcome = Outcome.refused
  public var refusal = Refusal.none
  /// When the pump decided.
  public var time = PumpTime.commissioning
  /// What its clock showed then.
  public var local = LocalTime(milliseconds: 0)
  /// Until when the order is pending; of a patient dose that was given, from when on lockout and number allow
  /// the next one; 0 for all else.
  public var until = PumpTime.commissioning
  public var inForce = InForce()
  /// The pump's.
  public var signature = KeySignature()

  public init() {}

  public mutating func codeSigned(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(.receipt, &bytes)
    cursor.code(&pump, &bytes)
    cursor.code(&subject, &bytes)
    cursor.code(&hash, &bytes)
    cursor.code(&sequence, &bytes)
    cursor.code(&outcome, &bytes)
    refusal.code(&cursor, &bytes)
    cursor.code(&time, &bytes)
    var clock = local.milliseconds
    cursor.code(&clock, &bytes)
    local = LocalTime(milliseconds: clock)
    cursor.code(&until, &bytes)
    inForce.code(&cursor, &bytes)
  }

  public mutating func codeSignatures(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    signature.code(&cursor, &bytes)
  }
}
