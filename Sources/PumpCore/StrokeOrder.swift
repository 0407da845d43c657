public import Quantities

/// What a stroke is for; the supervisor holds each kind to its own ceiling.
public enum StrokeKind: UInt8, Equatable, Sendable {
  /// Basal, bridge and boluses of the program.
  case therapy
  /// At the safe rate.
  case safe
  /// Of a prime.
  case prime
  /// To see whether a stalled motor moves again.
  case trial
}

/// One stroke that the controller asks for.
public struct StrokeOrder: Equatable, Sendable {
  /// Counts the strokes that the demand has called for; a trial stroke has that of the last one.
  public let number: Int64
  public let kind: StrokeKind
  public let time: PumpTime

  public init(number: Int64, kind: StrokeKind, time: PumpTime) {
    self.number = number
    self.kind = kind
    self.time = time
  }
}

/// What the controller wants next from whoever runs it.
public enum ControllerAction: Equatable, Sendable {
  /// The instant asked for is reached, and all that was due has been handled.
  case reached
  /// Something happened: take the events, then go on.
  case events
  /// Book, permit and drive a stroke, then tell with ``Controller/complete(confirmed:)``.
  case drive(StrokeOrder)
  /// Look at the stored program, then tell with ``Controller/programVerified(_:)``.
  case verifyProgram
}

/// What was found where the program is stored.
public enum ProgramMemory: Equatable, Sendable {
  case intact
  /// One copy was corrupt and has been rewritten from its twin.
  case restored
  /// Both copies are corrupt; the safe rate kept in a third place, where that one is whole.
  case lost(safeRate: FlowRate?)
}
