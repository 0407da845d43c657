public import Quantities

/// An order before anyone signed it.
public struct OrderDraft: Codable, Equatable, Sendable {
  public let order: OrderID
  public let act: OrderAct
  public let way: OrderWay
  /// Greater than that of any order before it.
  public let sequence: Int64
  /// The order in force when it was drafted; nothing where there was none.
  public let basis: OrderID?
  /// When the pump will call it expired.
  public let notAfterAt: Instant
  /// What is signed.
  public let bytes: Base64Text
  /// What it puts in force, where it does.
  public let program: ProgramJSON?
  /// What it says is in the reservoir, for a refill.
  public let fluid: Fluid?
  /// How much of it.
  public let fillVolume: Volume?
  public let reason: String

  public init(
    order: OrderID,
    act: OrderAct,
    way: OrderWay,
    sequence: Int64,
    basis: OrderID? = nil,
    notAfterAt: Instant,
    bytes: Base64Text,
    program: ProgramJSON? = nil,
    fluid: Fluid? = nil,
    fillVolume: Volume? = nil,
    reason: String
  ) {
    self.order = order
    self.act = act
    self.way = way
    self.sequence = sequence
    self.basis = basis
    self.notAfterAt = notAfterAt
    self.bytes = bytes
    self.program = program
    self.fluid = fluid
    self.fillVolume = fillVolume
    self.reason = reason
  }
}

/// A signature, made outside of the clinic's server.
public struct OrderSignature: Codable, Equatable, Sendable {
  public let order: OrderID
  public let signer: PersonID
  public let role: PersonRole
  public let signature: Base64Text

  public init(order: OrderID, signer: PersonID, role: PersonRole, signature: Base64Text) {
    self.order = order
    self.signer = signer
    self.role = role
    self.signature = signature
  }
}

/// An order that waits for a session.
public struct OrderQueued: Codable, Equatable, Sendable {
  public let order: OrderID

  public init(order: OrderID) {
    self.order = order
  }
}

/// An order whose bytes left for the pump.
public struct OrderSent: Codable, Equatable, Sendable {
  public let order: OrderID

  public init(order: OrderID) {
    self.order = order
  }
}

/// An order that was taken back.
public struct OrderWithdrawn: Codable, Equatable, Sendable {
  public let order: OrderID
  public let reason: String

  public init(order: OrderID, reason: String) {
    self.order = order
    self.reason = reason
  }
}

/// An order that was never sent, and is no longer valid.
public struct OrderLapsed: Codable, Equatable, Sendable {
  public let order: OrderID

  public init(order: OrderID) {
    self.order = order
  }
}

/// A pump that took the session and would not answer an order: no receipt, so no word on the order.
public struct OrderTurnedAway: Codable, Equatable, Sendable {
  public let order: OrderID
  /// In the words of the contract; the pump did not sign it.
  public let reason: String

  public init(order: OrderID, reason: String) {
    self.order = order
    self.reason = reason
  }
}

/// What the pump said to an order.
public struct OrderAnswer: Codable, Equatable, Sendable {
  public let order: OrderID
  public let outcome: OrderOutcome
  /// Why it refused, in the words of the contract.
  public let reason: String?
  /// The pump's clock.
  public let pumpMilliseconds: Int64
  /// The order that the pump says is in force now.
  public let inForce: OrderID?
  /// By the pump's clock, for a pending increase.
  public let pendingUntilMilliseconds: Int64?
  /// The bytes that the pump signed.
  public let receipt: Base64Text

  public init(
    order: OrderID,
    outcome: OrderOutcome,
    reason: String? = nil,
    pumpMilliseconds: Int64,
    inForce: OrderID? = nil,
    pendingUntilMilliseconds: Int64? = nil,
    receipt: Base64Text
  ) {
    self.order = order
    self.outcome = outcome
    self.reason = reason
    self.pumpMilliseconds = pumpMilliseconds
    self.inForce = inForce
    self.pendingUntilMilliseconds = pendingUntilMilliseconds
    self.receipt = receipt
  }
}
