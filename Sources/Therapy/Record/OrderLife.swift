public import Quantities

/// Where an order is in its life (docs/clinic.md, An order's life).
public enum OrderState: Equatable, Sendable, Codable {
  /// Signatures are missing.
  case drafted
  case signed
  case queued
  /// Its bytes left, and no receipt came.
  case sent(at: Instant)
  case applied, refused, superseded, cancelled
  /// The pump waits with it.
  case pending
  case withdrawn, lapsed
}

/// What is shown of an order's state at an instant.
public enum OrderStanding: String, Codable, Sendable, CaseIterable {
  case drafted, signed, queued, sent
  /// Sent, and no receipt came for longer than it takes; only a receipt ends this.
  case unknown
  case pending, applied, refused, superseded, cancelled, withdrawn, lapsed
}

/// An order with its signatures and what became of it.
public struct OrderLife: Equatable, Sendable, Codable {
  public let draft: OrderDraft
  public let draftedAt: Instant
  public let draftedBy: PersonID
  public internal(set) var signatures: [OrderSignature] = []
  public internal(set) var state = OrderState.drafted
  /// The pump's last word on it.
  public internal(set) var answer: OrderAnswer?
  public internal(set) var answeredAt: Instant?
  public internal(set) var withdrawnBecause: String?
  /// Why the pump would not answer it when it was brought; only a receipt ends that (SR-101).
  public internal(set) var turnedAway: String?

  /// Queued or sent, and no receipt: only one order of a pump at a time.
  public var isInFlight: Bool {
    switch state {
    case .queued, .sent: true
    case .drafted, .signed, .applied, .refused, .superseded, .cancelled, .pending, .withdrawn,
      .lapsed:
      false
    }
  }

  /// Whether its life has ended: nothing but the same receipt can come.
  public var isEnded: Bool {
    switch state {
    case .applied, .refused, .superseded, .cancelled, .withdrawn, .lapsed: true
    case .drafted, .signed, .queued, .sent, .pending: false
    }
  }

  /// What is shown of it.
  ///
  /// Time alone makes `sent` into `unknown`, and nothing but a receipt makes `unknown` into anything
  /// else (SR-101): the same bytes are sent again, and take effect once.
  ///
  /// - Parameters:
  ///   - now: therapy time.
  ///   - wait: how long a receipt takes.
  /// - Returns: the word for it.
  public func standing(at now: Instant, wait: TimeSpan) -> OrderStanding {
    switch state {
    case .drafted: .drafted
    case .signed: .signed
    case .queued: .queued
    case .sent(let at): now - at > wait ? .unknown : .sent
    case .applied: .applied
    case .refused: .refused
    case .superseded: .superseded
    case .cancelled: .cancelled
    case .pending: .pending
    case .withdrawn: .withdrawn
    case .lapsed: .lapsed
    }
  }
}
