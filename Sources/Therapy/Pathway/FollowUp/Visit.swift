import Quantities

/// What a patient comes for, or is called for.
public enum VisitKind: String, Codable, Sendable, CaseIterable {
  case woundCheck
  /// Of pain, after 1 to 2 and after 4 to 6 weeks.
  case firstReview, secondReview
  case annualReview
  case refill
  /// Planned by hand.
  case clinic, telephone
}

/// A visit that a person planned.
public struct VisitPlanned: Codable, Equatable, Sendable {
  /// `visit-` and its number.
  public let visit: String
  public let kind: VisitKind
  public let on: Day
  public let purpose: String

  public init(visit: String, kind: VisitKind, on: Day, purpose: String) {
    self.visit = visit
    self.kind = kind
    self.on = on
    self.purpose = purpose
  }
}

public struct VisitMoved: Codable, Equatable, Sendable {
  public let visit: String
  public let to: Day
  public let reason: String

  public init(visit: String, to: Day, reason: String) {
    self.visit = visit
    self.to = to
    self.reason = reason
  }
}

public struct VisitHeld: Codable, Equatable, Sendable {
  public let visit: String
  public let on: Day
  /// What was done.
  public let done: String

  public init(visit: String, on: Day, done: String) {
    self.visit = visit
    self.on = on
    self.done = done
  }
}

public struct VisitMissed: Codable, Equatable, Sendable {
  public let visit: String
  public let reason: String
  /// When it is held instead; nothing where it is not.
  public let next: Day?

  public init(visit: String, reason: String, next: Day? = nil) {
    self.visit = visit
    self.reason = reason
    self.next = next
  }
}

/// A call after a change from afar (pathway: Titration; this system's own policy).
public struct RemoteCall: Codable, Equatable, Sendable {
  public let order: OrderID
  public let calledAt: Instant
  /// Whether someone was spoken to; else the call is still due.
  public let isReached: Bool
  public let note: String

  public init(order: OrderID, calledAt: Instant, isReached: Bool, note: String) {
    self.order = order
    self.calledAt = calledAt
    self.isReached = isReached
    self.note = note
  }
}

/// A visit as it stands.
public struct Visit: Equatable, Sendable {
  public enum Standing: Equatable, Sendable {
    case planned
    case held(VisitHeld)
    /// Missed, and not planned anew.
    case missed(VisitMissed)
  }

  public let id: String
  public let kind: VisitKind
  public let purpose: String
  /// From this day on it is due.
  public let from: Day
  /// After this day it is overdue.
  public let to: Day
  public let standing: Standing
  public let source: String
  public let isVerified: Bool
  /// How often it was missed.
  public let missedCount: Int
}

/// What was recorded of a visit.
public struct VisitEntry: Equatable, Sendable {
  public internal(set) var planned: VisitPlanned?
  public internal(set) var movedTo: Day?
  public internal(set) var held: VisitHeld?
  public internal(set) var missed: [VisitMissed] = []

  var isClosed: Bool { held != nil || missed.last.map { $0.next == nil } == true }
}
