public import Ledger
public import Therapy

/// What somebody wants recorded of one patient, all or none.
public struct RecordAct: Sendable {
  /// A command, and who gives it in which role.
  public struct Step: Sendable {
    public var command: TherapyCommand
    public var author: Author

    public init(_ command: TherapyCommand, by author: Author) {
      self.command = command
      self.author = author
    }
  }

  public var patient: PatientID
  /// Of the client's making: the id of the first event (SR-113).
  public var key: String
  /// In their order; each is decided on what the ones before it did.
  public var steps: [Step]
  /// The version that it was decided on; nothing where it may be decided anew on what is there.
  public var version: Int64?
  /// Whether the questions of a refusal were answered with yes.
  public var isConfirmed: Bool
  /// Recorded in the same append, as how far a pump's journal was read.
  public var beside: [StreamDrafts]
  /// Whether a step that is refused is left out, and the others are recorded: of a pump's journal alone,
  /// which tells again what may be known by another way.
  public var skipsRefused = false

  public init(
    _ patient: PatientID,
    key: String,
    _ steps: [Step],
    version: Int64? = nil,
    isConfirmed: Bool = false,
    beside: [StreamDrafts] = []
  ) {
    self.patient = patient
    self.key = key
    self.steps = steps
    self.version = version
    self.isConfirmed = isConfirmed
    self.beside = beside
  }
}

/// What became of an act.
public struct Performed: Sendable {
  /// As it is now.
  public let record: PatientRecord
  public let events: [TherapyEvent]
  /// Whether it had been done before, under the same key.
  public let wasThere: Bool
}
