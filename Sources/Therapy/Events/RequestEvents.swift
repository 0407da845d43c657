/// What a request asks of a pump, as the rows of the authority table name it (contract: authority.md).
public enum RequestAct: String, Codable, Sendable, CaseIterable {
  case cancelBolus, cancelPending, acknowledge
}

/// A request before anyone signed it: a small act, valid for two minutes.
public struct RequestDraft: Codable, Equatable, Sendable {
  public let request: RequestID
  public let act: RequestAct
  /// The pending order that it cancels.
  public let order: OrderID?
  /// The alarm that it acknowledges.
  public let alarm: PumpAlarm?
  public let way: OrderWay
  /// When the pump will call it expired.
  public let notAfterAt: Instant
  /// What is signed.
  public let bytes: Base64Text
  public let reason: String

  public init(
    request: RequestID,
    act: RequestAct,
    order: OrderID? = nil,
    alarm: PumpAlarm? = nil,
    way: OrderWay,
    notAfterAt: Instant,
    bytes: Base64Text,
    reason: String
  ) {
    self.request = request
    self.act = act
    self.order = order
    self.alarm = alarm
    self.way = way
    self.notAfterAt = notAfterAt
    self.bytes = bytes
    self.reason = reason
  }
}

/// The signature of a request, made outside of the clinic's server.
public struct RequestSignature: Codable, Equatable, Sendable {
  public let request: RequestID
  public let signer: PersonID
  public let role: PersonRole
  public let signature: Base64Text

  public init(
    request: RequestID,
    signer: PersonID,
    role: PersonRole,
    signature: Base64Text
  ) {
    self.request = request
    self.signer = signer
    self.role = role
    self.signature = signature
  }
}

/// A request whose bytes left for the pump.
public struct RequestSent: Codable, Equatable, Sendable {
  public let request: RequestID

  public init(request: RequestID) {
    self.request = request
  }
}

/// What the pump said to a request, in a receipt that it signed.
public struct RequestAnswer: Codable, Equatable, Sendable {
  public let request: RequestID
  public let isApplied: Bool
  /// Why it refused, in the words of the contract.
  public let reason: String?
  /// The pump's clock.
  public let pumpMilliseconds: Int64
  /// The bytes that the pump signed.
  public let receipt: Base64Text

  public init(
    request: RequestID,
    isApplied: Bool,
    reason: String? = nil,
    pumpMilliseconds: Int64,
    receipt: Base64Text
  ) {
    self.request = request
    self.isApplied = isApplied
    self.reason = reason
    self.pumpMilliseconds = pumpMilliseconds
    self.receipt = receipt
  }
}

/// A request whose two minutes are over: it is brought no more.
public struct RequestLapsed: Codable, Equatable, Sendable {
  public let request: RequestID

  public init(request: RequestID) {
    self.request = request
  }
}
