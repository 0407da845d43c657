public import PumpCore
public import Quantities

/// Everything that one run of a scenario gives.
public struct PumpRun: Sendable {
  /// An event with its place in the run; times are pump time.
  public struct Entry: Sendable {
    public let sequence: Int
    public let time: PumpTime
    public let event: PumpEvent
  }

  /// At 0, at each multiple of the sampling interval, and at the end; each after all due then.
  public var samples: [PumpSample] = []
  public var events: [Entry] = []
  /// The names of the drugs of all fills so far, by their place in the pump's list.
  public var drugNames: [String] = []

  /// Daily doses that no whole nL/d gives exactly: what each activation rounded them to.
  public var roundings: [RateRounding] = []
  /// The journal that the pump kept in its memory: critical entries, daily totals, details.
  public var journal: [JournalRecord] = []

  public init() {}
}
