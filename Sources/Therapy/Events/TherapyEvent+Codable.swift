extension TherapyEvent: Codable {
  /// The form that this version writes, and the latest that it reads.
  public static let form = 1

  private enum Key: String, CodingKey {
    case form, kind, body
  }

  /// Reads an event; one of a later form or of an unknown kind is ``TherapyEvent/unread(_:)``.
  ///
  /// - Throws: where an event of a known form and kind does not have the fields of its kind.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    let form = try box.decode(Int.self, forKey: .form)
    let name = try box.decode(String.self, forKey: .kind)
    if form == Self.form, let kind = TherapyEventKind(rawValue: name) {
      self = try Self(kind, box)
    } else if form == Self.form, let kind = PathwayEventKind(rawValue: name) {
      let body = PathwayBody(decoder: try box.superDecoder(forKey: .body))
      self = .pathway(try PathwayEvent(kind, body))
    } else {
      self = .unread(UnreadEvent(form: form, kind: name))
    }
  }

  private init(_ kind: TherapyEventKind, _ box: KeyedDecodingContainer<Key>) throws {
    func body<Body: Decodable>() throws -> Body { try box.decode(Body.self, forKey: .body) }
    switch kind {
    case .adopted: self = .adopted(try body())
    case .identityCorrected: self = .identityCorrected(try body())
    case .contactChanged: self = .contactChanged(try body())
    case .pumpLinked: self = .pumpLinked(try body())
    case .pumpUnlinked: self = .pumpUnlinked(try body())
    case .pumpCorrected: self = .pumpCorrected(try body())
    case .catheterRecorded: self = .catheterRecorded(try body())
    case .programRecorded: self = .programRecorded(try body())
    case .programApplied: self = .programApplied(try body())
    case .fillRecorded: self = .fillRecorded(try body())
    case .orderDrafted: self = .orderDrafted(try body())
    case .orderSigned: self = .orderSigned(try body())
    case .orderQueued: self = .orderQueued(try body())
    case .orderSent: self = .orderSent(try body())
    case .orderAnswered: self = .orderAnswered(try body())
    case .orderWithdrawn: self = .orderWithdrawn(try body())
    case .orderLapsed: self = .orderLapsed(try body())
    case .refillBegun: self = .refillBegun(try body())
    case .refillStep: self = .refillStep(try body())
    case .refillCompleted: self = .refillCompleted(try body())
    case .refillAbandoned: self = .refillAbandoned(try body())
    case .alarmRaised: self = .alarmRaised(try body())
    case .alarmCleared: self = .alarmCleared(try body())
    case .alarmAcknowledged: self = .alarmAcknowledged(try body())
    case .alarmActed: self = .alarmActed(try body())
    case .statusHeard: self = .statusHeard(try body())
    case .dailyTotal: self = .dailyTotal(try body())
    case .scoreRecorded: self = .scoreRecorded(try body())
    case .oralOpioidRecorded: self = .oralOpioidRecorded(try body())
    case .sideEffectRecorded: self = .sideEffectRecorded(try body())
    case .diaryWritten: self = .diaryWritten(try body())
    case .noteWritten: self = .noteWritten(try body())
    case .corrected: self = .corrected(try body())
    case .doseRequested: self = .doseRequested(try body())
    case .confirmed: self = .confirmed(try body())
    case .requestDrafted: self = .requestDrafted(try body())
    case .requestSigned: self = .requestSigned(try body())
    case .requestSent: self = .requestSent(try body())
    case .requestAnswered: self = .requestAnswered(try body())
    case .requestLapsed: self = .requestLapsed(try body())
    case .orderTurnedAway: self = .orderTurnedAway(try body())
    case .pumpHalted: self = .pumpHalted(try body())
    case .pumpResumed: self = .pumpResumed(try body())
    }
  }

  /// Writes form 1.
  ///
  /// - Throws: for an event that was not read, since its body is not known.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(Self.form, forKey: .form)
    try box.encode(kindName, forKey: .kind)
    switch self {
    case .adopted(let body): try box.encode(body, forKey: .body)
    case .identityCorrected(let body): try box.encode(body, forKey: .body)
    case .contactChanged(let body): try box.encode(body, forKey: .body)
    case .pumpLinked(let body): try box.encode(body, forKey: .body)
    case .pumpUnlinked(let body): try box.encode(body, forKey: .body)
    case .pumpCorrected(let body): try box.encode(body, forKey: .body)
    case .catheterRecorded(let body): try box.encode(body, forKey: .body)
    case .programRecorded(let body): try box.encode(body, forKey: .body)
    case .programApplied(let body): try box.encode(body, forKey: .body)
    case .fillRecorded(let body): try box.encode(body, forKey: .body)
    case .orderDrafted(let body): try box.encode(body, forKey: .body)
    case .orderSigned(let body): try box.encode(body, forKey: .body)
    case .orderQueued(let body): try box.encode(body, forKey: .body)
    case .orderSent(let body): try box.encode(body, forKey: .body)
    case .orderAnswered(let body): try box.encode(body, forKey: .body)
    case .orderWithdrawn(let body): try box.encode(body, forKey: .body)
    case .orderLapsed(let body): try box.encode(body, forKey: .body)
    case .refillBegun(let body): try box.encode(body, forKey: .body)
    case .refillStep(let body): try box.encode(body, forKey: .body)
    case .refillCompleted(let body): try box.encode(body, forKey: .body)
    case .refillAbandoned(let body): try box.encode(body, forKey: .body)
    case .alarmRaised(let body): try box.encode(body, forKey: .body)
    case .alarmCleared(let body): try box.encode(body, forKey: .body)
    case .alarmAcknowledged(let body): try box.encode(body, forKey: .body)
    case .alarmActed(let body): try box.encode(body, forKey: .body)
    case .statusHeard(let body): try box.encode(body, forKey: .body)
    case .dailyTotal(let body): try box.encode(body, forKey: .body)
    case .scoreRecorded(let body): try box.encode(body, forKey: .body)
    case .oralOpioidRecorded(let body): try box.encode(body, forKey: .body)
    case .sideEffectRecorded(let body): try box.encode(body, forKey: .body)
    case .diaryWritten(let body): try box.encode(body, forKey: .body)
    case .noteWritten(let body): try box.encode(body, forKey: .body)
    case .corrected(let body): try box.encode(body, forKey: .body)
    case .doseRequested(let body): try box.encode(body, forKey: .body)
    case .confirmed(let body): try box.encode(body, forKey: .body)
    case .requestDrafted(let body): try box.encode(body, forKey: .body)
    case .requestSigned(let body): try box.encode(body, forKey: .body)
    case .requestSent(let body): try box.encode(body, forKey: .body)
    case .requestAnswered(let body): try box.encode(body, forKey: .body)
    case .requestLapsed(let body): try box.encode(body, forKey: .body)
    case .orderTurnedAway(let body): try box.encode(body, forKey: .body)
    case .pumpHalted(let body): try box.encode(body, forKey: .body)
    case .pumpResumed(let body): try box.encode(body, forKey: .body)
    case .pathway(let event): try event.body.encode(to: box.superEncoder(forKey: .body))
    case .unread(let event):
      throw EncodingError.invalidValue(
        event.kind,
        EncodingError.Context(
          codingPath: box.codingPath,
          debugDescription: "the body of an event of form \(event.form) is not known"
        )
      )
    }
  }
}
