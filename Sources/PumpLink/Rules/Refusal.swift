/// Why an order, a request, an emergency act or a message was refused; orders in this order.
public enum RefusalReason: UInt8, Equatable, Sendable, CaseIterable {
  case none = 0
  case malformed, notForThisPump, unknownKey, revoked, badSignature, role, way, stale
  case notYet, expired
  /// The detail is a ``CeilingBound``.
  case ceiling
  /// The detail is an ``EnvelopeBound``.
  case envelope
  case secondSignature
  /// The program's own reason; the detail is a `RefusalCode` of the controller.
  case program
  /// A bolus's own reason; the detail is a `BolusRefusal` of the controller. Where only time stands against
  /// a patient's dose, `given` is the pump's time and `limit` from when on it does not.
  case bolus
  /// The dose limits are not for exactly the drugs of the mixture, or a ninth drug would be needed.
  case drugs
  /// A fill over the reservoir's capacity.
  case capacity
  /// A limit cannot be changed while a prime or a bridge runs.
  case bridging
  /// No such order is pending, or no such object is known.
  case notFound
  /// The power failed before it took effect, or the pump was off when it fell due.
  case interrupted
  /// Too many requests within two minutes.
  case busy
  /// The pump's memory did not take it.
  case memory
}

/// Which compiled ceiling an order passes.
public enum CeilingBound: UInt8, Equatable, Sendable, CaseIterable {
  case flow = 1
  case patientDose, clinicianBolus, prime, volumePer24h, dosesPer24h, lockout, safeRate, validity
  case suspension, mri, envelope
}

/// Which bound of the envelope a remote order passes.
public enum EnvelopeBound: UInt8, Equatable, Sendable, CaseIterable {
  case prime = 1
  /// Limits, safe rate, restart gap or low mark are other than those in force.
  case limits
  case step, week, betweenIncreases, bedsideAge
  /// Fault, alarm, catheter event or unexplained residual.
  case fault
}

/// A reason with what it is about and both figures, in the stored unit of what was compared.
public struct Refusal: Error, Equatable, Sendable {
  public var reason: RefusalReason
  public var detail: UInt8 = 0
  public var given: Int64 = 0
  public var limit: Int64 = 0

  public static let none = Refusal(.none)

  public init(_ reason: RefusalReason, detail: UInt8 = 0, given: Int64 = 0, limit: Int64 = 0) {
    self.reason = reason
    self.detail = detail
    self.given = given
    self.limit = limit
  }

  init(ceiling bound: CeilingBound, given: Int64, limit: Int64) {
    self.init(.ceiling, detail: bound.rawValue, given: given, limit: limit)
  }

  init(_ bound: EnvelopeBound, given: Int64 = 0, limit: Int64 = 0) {
    self.init(.envelope, detail: bound.rawValue, given: given, limit: limit)
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&reason, &bytes)
    cursor.code(&detail, &bytes)
    cursor.code(&given, &bytes)
    cursor.code(&limit, &bytes)
  }
}
