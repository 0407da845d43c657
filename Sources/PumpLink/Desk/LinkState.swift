import PumpCore
public import Quantities

/// The last receipts, the oldest evicted first.
struct ReceiptRing: Sendable {
  static let capacity = 8
  private var receipts = InlineArray<8, Receipt>(repeating: Receipt())
  private(set) var count = 0
  private var next = 0

  /// The receipt at a place below ``count``, 0 for the newest.
  subscript(age: Int) -> Receipt {
    receipts[(next + Self.capacity - 1 - age) % Self.capacity]
  }

  func find(_ hash: Bytes32) -> Receipt? {
    let kept = receipts.span
    for age in 0..<count {
      let place = (next + Self.capacity - 1 - age) % Self.capacity
      if kept[place].hash == hash { return kept[place] }
    }
    return nil
  }

  /// Puts a receipt in the place of the one for the same object, or of the oldest.
  mutating func put(_ receipt: Receipt) {
    for age in 0..<count where self[age].hash == receipt.hash {
      receipts[(next + Self.capacity - 1 - age) % Self.capacity] = receipt
      return
    }
    receipts[next] = receipt
    next = (next + 1) % Self.capacity
    count = min(count + 1, Self.capacity)
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&count, in: 0...Self.capacity, &bytes)
    cursor.code(&next, in: 0...Self.capacity - 1, &bytes)
    guard !cursor.failed else { return }
    for age in 0..<count {
      let place = (next + Self.capacity - 1 - age) % Self.capacity
      receipts[place].codeSigned(&cursor, &bytes)
      receipts[place].codeSignatures(&cursor, &bytes)
    }
  }
}

/// An order that waits for its delay to be over.
public struct PendingOrder: Sendable {
  public var order = Order()
  public var hash = Bytes32()
  /// It takes effect then, unless it is cancelled or superseded.
  public var until = PumpTime.commissioning
  /// The roots that vouched for the keys of its signatures, which the order itself does not name.
  var firstRoot = Bytes16()
  var secondRoot = Bytes16()

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    order.codeSigned(&cursor, &bytes)
    order.codeSignatures(&cursor, &bytes)
    cursor.code(&hash, &bytes)
    cursor.code(&until, &bytes)
    cursor.code(&firstRoot, &bytes)
    cursor.code(&secondRoot, &bytes)
  }
}

/// All that the link keeps over a loss of power.
public struct LinkState: Sendable {
  /// The number of the last act that was to take effect in the controller.
  var act: Int64 = 0
  /// The object of that act.
  var actHash = Bytes32()
  public internal(set) var isCommissioned = false
  public internal(set) var keys = KeyContent()
  public internal(set) var envelope = Envelope.standard
  public internal(set) var drugs = DrugTable()
  /// The newest list of keys that count no more, its number included.
  public internal(set) var revocation = Revocation()
  public internal(set) var lastSequence: UInt64 = 0
  /// The hash of the last order that was applied.
  public internal(set) var inForce = Bytes32()
  var programHash = Bytes32()
  /// What the program last set in person plans.
  var inPerson = PlanFigures()
  /// Pump times, ms; −1 where there was none.
  var lastIncrease: Int64 = -1
  public internal(set) var lastBedside: Int64 = -1
  /// When the last safe rate, suspension or MRI that was ordered began.
  var heldSince: Int64 = -1
  public internal(set) var pending: PendingOrder?
  var receipts = ReceiptRing()
  var requests = ReceiptRing()

  public init() {}

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&act, &bytes)
    cursor.code(&actHash, &bytes)
    cursor.code(&isCommissioned, &bytes)
    if isCommissioned { keys.code(&cursor, &bytes) }
    envelope.code(&cursor, &bytes)
    drugs.code(&cursor, &bytes)
    revocation.codeSigned(&cursor, &bytes)
    revocation.codeSignatures(&cursor, &bytes)
    cursor.code(&lastSequence, &bytes)
    cursor.code(&inForce, &bytes)
    cursor.code(&programHash, &bytes)
    inPerson.code(&cursor, &bytes)
    cursor.code(&lastIncrease, &bytes)
    cursor.code(&lastBedside, &bytes)
    cursor.code(&heldSince, &bytes)
    var waits = pending != nil
    cursor.code(&waits, &bytes)
    if waits, !cursor.failed {
      var order = pending ?? PendingOrder()
      order.code(&cursor, &bytes)
      pending = order
    }
    receipts.code(&cursor, &bytes)
    requests.code(&cursor, &bytes)
  }
}
