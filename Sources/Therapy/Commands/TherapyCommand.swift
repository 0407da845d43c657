public import Quantities

/// What a person, or the clinic's server, wants recorded or done.
///
/// Nothing here carries who or when: those come with the command, from the session and the clock.
public enum TherapyCommand: Equatable, Sendable {
  case adopt(Adoption)
  case correctIdentity(IdentityCorrected)
  case changeContact(ContactDetails)
  case linkPump(PumpLinked)
  case unlinkPump(PumpUnlinked)
  case correctPump(PumpCorrected)
  case recordCatheter(CatheterInPlace)
  /// What was set on the maker's programmer; for a pump that does not speak.
  case recordProgram(ProgramRecorded)
  case recordFill(FillRecorded)
  case draftOrder(OrderDraft)
  /// By the author, with the role in which they signed in; the shell has verified the bytes.
  case signOrder(OrderID, Base64Text)
  case queueOrder(OrderID)
  case markSent(OrderID)
  /// What a receipt says, whose signature the shell has verified.
  case takeReceipt(OrderAnswer)
  case withdrawOrder(OrderWithdrawn)
  case lapseOrder(OrderID)
  /// The pump took the session and would not answer an order.
  case turnAwayOrder(OrderTurnedAway)
  case draftRequest(RequestDraft)
  /// By the author, with the role in which they were certified; the shell has verified the bytes.
  case signRequest(RequestID, Base64Text)
  case markRequestSent(RequestID)
  /// What a receipt says, whose signature the shell has verified.
  case takeRequestReceipt(RequestAnswer)
  case lapseRequest(RequestID)
  case beginRefill(RefillBegun)
  case refill(RefillCommand)
  case completeRefill(RefillCompleted)
  case abandonRefill(RefillAbandoned)
  case raiseAlarm(AlarmRaised)
  case clearAlarm(AlarmCleared)
  case haltPump(PumpHalted)
  case resumePump(PumpResumed)
  case acknowledgeAlarm(PumpAlarm)
  case actOnAlarm(AlarmActed)
  /// Is left out, with no event, where nothing changed and the last one is under an hour old.
  case hearStatus(StatusHeard)
  case recordDailyTotal(DailyTotal)
  case recordScore(ScoreRecorded)
  case recordOralOpioid(OralDrug, DailyDose, since: Day?)
  case recordSideEffect(SideEffect)
  case writeNote(Note)
  case writeDiary(DiaryEntry)
  case correct(Correction)
  case recordDoseRequest(DoseRequest)
  case pathway(PathwayCommand)
}

/// A patient who comes with a pump in place: what must be known, and what may be.
public struct Adoption: Equatable, Sendable {
  public let adopted: Adopted
  public let contact: ContactDetails?
  public let catheter: CatheterInPlace?
  /// What the papers say is in the reservoir.
  public let fill: FillRecorded?
  /// What the papers or the programmer say is programmed.
  public let program: ProgramRecorded?

  public init(
    adopted: Adopted,
    contact: ContactDetails? = nil,
    catheter: CatheterInPlace? = nil,
    fill: FillRecorded? = nil,
    program: ProgramRecorded? = nil
  ) {
    self.adopted = adopted
    self.contact = contact
    self.catheter = catheter
    self.fill = fill
    self.program = program
  }
}

/// A step of a refill, as a person enters it.
public enum RefillCommand: Equatable, Sendable {
  /// At least two of the identifiers, as the patient says them, and the serial number of the pump.
  case identify(name: String?, born: Day?, recordNumber: String?, pumpSerial: String)
  /// What pump or programmer say; nothing asks for the forecast.
  case expect(Volume?)
  /// All that was drawn out so far, with what came before.
  case aspirate(Volume)
  case account(RefillAccounted)
  case label(DrugLabel)
  case repeatLabel(DrugLabel)
  /// A bridge as the calculator gives it, before the program that is to follow.
  case bridge(ProgramJSON)
  /// No bridge before the program that is to follow, for a reason.
  case omitBridge(ProgramJSON, reason: String)
  case check([CheckAnswer])
  /// The author is the second person.
  case second
  case waive
  case order(OrderID)
  case program(RefillProgrammed)
  case readBack(RefillReadBack)
}
