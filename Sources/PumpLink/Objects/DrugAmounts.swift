import PumpCore

/// A number for each of some drugs: concentrations (ng/mL), dose limits or doses (fg).
///
/// A drug is named by its RxNorm number, so that the bytes of an order say all that is signed. They
/// stand in ascending order, each once.
public struct DrugAmounts: Sendable {
  public private(set) var count = 0
  var codes = InlineArray<8, UInt32>(repeating: 0)
  var amounts = InlineArray<8, Int64>(repeating: 0)

  public init() {}

  /// The drug and the number at a place below ``count``.
  public subscript(place: Int) -> (drug: UInt32, amount: Int64) { (codes[place], amounts[place]) }

  /// Adds a drug with a greater number than those before.
  ///
  /// - Returns: false where there is no room or the drug does not follow the last one.
  public mutating func append(_ drug: UInt32, _ amount: Int64) -> Bool {
    let last = count == 0 ? 0 : codes[count - 1]
    guard drug > last, count < Capacity.drugs else { return false }
    codes[count] = drug
    amounts[count] = amount
    count += 1
    return true
  }

  /// The number of a drug, or nothing.
  public func amount(of drug: UInt32) -> Int64? {
    for place in 0..<count where codes[place] == drug { return amounts[place] }
    return nil
  }

  /// A count, then the drugs with their numbers.
  mutating func code(
    _ cursor: inout WireCursor,
    in range: ClosedRange<Int64>,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(&count, in: 0...Capacity.drugs, &bytes)
    guard !cursor.failed else {
      count = 0
      return
    }
    var last: UInt32 = 0
    for place in 0..<count {
      cursor.code(&codes[place], &bytes)
      cursor.code(&amounts[place], in: range, &bytes)
      if codes[place] <= last { cursor.fail() }
      last = codes[place]
    }
  }
}

/// Which drug stands at which place of the pump's own list; a place is never given to another.
public struct DrugTable: Sendable {
  public private(set) var count = 0
  var codes = InlineArray<8, UInt32>(repeating: 0)

  public init() {}

  /// The drug at a place below ``count``.
  public subscript(place: Int) -> UInt32 { codes[place] }

  func place(of drug: UInt32) -> Int? {
    for place in 0..<count where codes[place] == drug { return place }
    return nil
  }

  /// The place of a drug, a new one if need be; nothing where all are taken.
  mutating func add(_ drug: UInt32) -> Int? {
    if let place = place(of: drug) { return place }
    guard count < Capacity.drugs else { return nil }
    codes[count] = drug
    count += 1
    return count - 1
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&count, in: 0...Capacity.drugs, &bytes)
    for place in 0..<Capacity.drugs { cursor.code(&codes[place], &bytes) }
  }
}
