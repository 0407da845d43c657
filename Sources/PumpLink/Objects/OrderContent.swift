public import PumpCore
public import Quantities

/// Kinds of order, by the byte that stands for each.
public enum OrderKind: UInt8, Equatable, Sendable, CaseIterable {
  case program = 1
  case refill, catheter, commissioning, envelope, limits, keys
  case clinicianBolus, safeRate, suspend, mri, resume, clearOverDelivery, setClock
}

/// The reservoir is emptied and filled, with a program or without one.
public struct RefillContent: Sendable {
  public var aspirated = Volume.zero
  public var fill = Volume.zero
  /// ng/mL; none is drug-free fluid.
  public var mixture = DrugAmounts()
  public var program: ProgramContent?

  public init(
    aspirated: Volume,
    fill: Volume,
    mixture: DrugAmounts,
    program: ProgramContent?
  ) {
    self.aspirated = aspirated
    self.fill = fill
    self.mixture = mixture
    self.program = program
  }

  init() {}

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&aspirated, &bytes)
    cursor.code(&fill, &bytes)
    mixture.code(&cursor, in: 1...Bounds.concentrationMax, &bytes)
    var has = program != nil
    cursor.code(&has, &bytes)
    guard has, !cursor.failed else { return }
    var content = program ?? ProgramContent()
    content.code(&cursor, &bytes)
    program = content
  }
}

/// The catheter was revised, or aspirated through its access port.
public struct CatheterContent: Equatable, Sendable {
  /// Of the whole fluid path with it: tubing and catheter.
  public var pathVolume: Volume
  /// Full of the present mixture, else empty of drug.
  public var isFull: Bool

  public init(pathVolume: Volume, isFull: Bool) {
    self.pathVolume = pathVolume
    self.isFull = isFull
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&pathVolume, &bytes)
    cursor.code(&isFull, &bytes)
  }
}

/// Whom a pump listens to: the roots of its clinic, its patient, the patient's card.
///
/// A key of zeros is none. The first root is never none.
public struct KeyContent: Equatable, Sendable {
  /// Ed25519, of the clinic; the second is in reserve.
  public var root = Bytes32()
  public var secondRoot = Bytes32()
  /// Ed25519: signs the patient's requests.
  public var patient = Bytes32()
  /// X25519: the static key of the patient's own controller.
  public var patientSession = Bytes32()
  /// What sessions opened with the card are keyed with.
  public var emergencyCard = Bytes32()

  public init() {}

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&root, &bytes)
    cursor.code(&secondRoot, &bytes)
    cursor.code(&patient, &bytes)
    cursor.code(&patientSession, &bytes)
    cursor.code(&emergencyCard, &bytes)
    // A key that no signature can be checked with would lock everyone out, or let anyone in.
    let none = Bytes32()
    if Ed25519Encoding.isRefused(root)
      || secondRoot != none && Ed25519Encoding.isRefused(secondRoot)
      || patient != none && Ed25519Encoding.isRefused(patient)
    {
      cursor.fail()
    }
  }
}

/// A pump begins to listen: its keys, its envelope and the local time.
public struct CommissioningContent: Sendable {
  public var keys = KeyContent()
  public var envelope = Envelope.standard
  public var local = LocalTime(milliseconds: 0)

  public init() {}

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    keys.code(&cursor, &bytes)
    envelope.code(&cursor, &bytes)
    cursor.code(&local, &bytes)
  }
}

/// What an order orders.
public enum OrderContent: Sendable {
  case program(ProgramContent)
  case refill(RefillContent)
  case catheter(CatheterContent)
  case commissioning(CommissioningContent)
  case envelope(Envelope)
  case limits(LimitsContent)
  case keys(KeyContent)
  case clinicianBolus(Volume, over: TimeSpan)
  case safeRate
  case suspend(TimeSpan)
  case mri(TimeSpan)
  case resume
  case clearOverDelivery
  case setClock(LocalTime)

  public var kind: OrderKind {
    switch self {
    case .program: .program
    case .refill: .refill
    case .catheter: .catheter
    case .commissioning: .commissioning
    case .envelope: .envelope
    case .limits: .limits
    case .keys: .keys
    case .clinicianBolus: .clinicianBolus
    case .safeRate: .safeRate
    case .suspend: .suspend
    case .mri: .mri
    case .resume: .resume
    case .clearOverDelivery: .clearOverDelivery
    case .setClock: .setClock
    }
  }

  /// Something to read the fields of a kind into.
  private init(reading kind: OrderKind) {
    switch kind {
    case .program: self = .program(ProgramContent())
    case .refill: self = .refill(RefillContent())
    case .catheter: self = .catheter(CatheterContent(pathVolume: .zero, isFull: false))
    case .commissioning: self = .commissioning(CommissioningContent())
    case .envelope: self = .envelope(.standard)
    case .limits: self = .limits(LimitsContent())
    case .keys: self = .keys(KeyContent())
    case .clinicianBolus: self = .clinicianBolus(.zero, over: .zero)
    case .safeRate: self = .safeRate
    case .suspend: self = .suspend(.zero)
    case .mri: self = .mri(.zero)
    case .resume: self = .resume
    case .clearOverDelivery: self = .clearOverDelivery
    case .setClock: self = .setClock(LocalTime(milliseconds: 0))
    }
  }

  /// The byte of the kind, then its fields.
  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var kind = self.kind
    cursor.code(&kind, &bytes)
    guard !cursor.failed else { return }
    if cursor.isReading { self = OrderContent(reading: kind) }
    switch self {
    case .program(var content):
      content.code(&cursor, &bytes)
      self = .program(content)
    case .refill(var content):
      content.code(&cursor, &bytes)
      self = .refill(content)
    case .catheter(var content):
      content.code(&cursor, &bytes)
      self = .catheter(content)
    case .commissioning(var content):
      content.code(&cursor, &bytes)
      self = .commissioning(content)
    case .envelope(var content):
      content.code(&cursor, &bytes)
      self = .envelope(content)
    case .limits(var content):
      content.code(&cursor, &bytes)
      self = .limits(content)
    case .keys(var content):
      content.code(&cursor, &bytes)
      self = .keys(content)
    case .clinicianBolus(var volume, var over):
      cursor.code(&volume, &bytes)
      cursor.code(&over, in: 1...Bounds.bolusTimeMax, &bytes)
      if volume == .zero { cursor.fail() }
      self = .clinicianBolus(volume, over: over)
    case .suspend(var span):
      cursor.code(&span, in: 1...Bounds.timeMax, &bytes)
      self = .suspend(span)
    case .mri(var span):
      cursor.code(&span, in: 1...Bounds.timeMax, &bytes)
      self = .mri(span)
    case .setClock(var local):
      cursor.code(&local, &bytes)
      self = .setClock(local)
    case .safeRate, .resume, .clearOverDelivery: break
    }
  }
}
