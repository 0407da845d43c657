public import PumpCore
public import Quantities

/// A pump, as the link needs it.
public protocol LinkedPump {
  associatedtype Memory: PumpMemory
  var memory: Memory { get set }
  var controller: Controller { get }
  var slotPair: SlotPair { get }
  mutating func advance(to target: PumpTime)
  mutating func activate(_ program: Program, act: Int64?) throws(ProgramRefusal)
  mutating func refill(
    aspirated: Volume,
    fill: Volume,
    mixture: Mixture,
    program: Program?,
    act: Int64?
  ) throws(RefillRefusal)
  mutating func perform(act: Int64, _ command: (inout Controller) -> Void)
  mutating func setLimits(_ limits: StandingLimits, act: Int64) throws(ProgramRefusal)
  mutating func note(_ kind: JournalKind, detail: UInt8, value: Int64)
  func refusal(of program: Program) -> ProgramRefusal?
  func refusal(of limits: StandingLimits) -> ProgramRefusal?
  mutating func refusal(ofRefillWith mixture: Mixture, program: Program?) -> RefillRefusal?
  mutating func refusal(ofClinicianBolus volume: Volume, over: TimeSpan) -> BolusRefusal?
  mutating func refusalOfPatientDose() -> BolusRefusal?
  func forEachJournalRecord(_ body: (JournalRecord) -> Void)
}

extension Pump: LinkedPump {}

/// What makes a pump this one: its number, and the key that signs its receipts.
public struct PumpIdentity: Sendable {
  public let id: Bytes16
  /// Ed25519.
  let seed: Bytes32
  /// Ed25519, public.
  public let key: Bytes32

  public init(id: Bytes16, seed: Bytes32, _ crypto: some LinkCrypto) {
    self.id = id
    self.seed = seed
    key = crypto.ed25519PublicKey(of: seed)
  }
}

/// The authenticated other end of a session, and the port that it came in by.
public struct Peer: Equatable, Sendable {
  public let role: Role
  /// Of the person or party; zeros for the patient and the card.
  public let name: Bytes16
  public let way: Way
  /// When the session began.
  public let began: PumpTime

  public init(role: Role, name: Bytes16, way: Way, began: PumpTime) {
    self.role = role
    self.name = name
    self.way = way
    self.began = began
  }
}
