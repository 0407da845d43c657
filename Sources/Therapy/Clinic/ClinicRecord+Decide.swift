import Quantities

/// What an administrator wants changed in the clinic.
public enum ClinicCommand: Equatable, Sendable {
  case addPerson(ClinicPerson)
  case changeRoles(PersonRoleChange)
  case leave(PersonLeft)
  case registerKey(PersonKey)
  case withdrawKey(KeyWithdrawn)
  case changeSettings(ClinicSettings)
  /// What care costs here, in the clinic's own figures.
  case setCosts(CostQuestion)
  /// By a physician or a pharmacist, who has read the source.
  case confirmFact(FactConfirmed)
}

extension ClinicRecord {
  /// Accepts a command as events, or refuses it with a reason.
  ///
  /// An empty clinic takes one command from anyone: to add its first administrator.
  ///
  /// - Parameters:
  ///   - command: what is wanted.
  ///   - author: who wants it.
  ///   - now: wall or therapy time, for the length of texts only.
  /// - Returns: the events to append.
  /// - Throws: the first reason against it.
  public func decide(
    _ command: ClinicCommand,
    by author: Author,
    at now: Instant
  ) throws(TherapyRefusal) -> [ClinicEvent] {
    let decision = Decision(author, at: now, settings: settings)
    try permit(command, author)
    switch command {
    case .addPerson(let value):
      try decision.hold(value.name, "name", TextLimit.name)
      try hold(roles: value.roles)
      guard !members.contains(where: { $0.person.person == value.person }) else {
        throw refusal(.twice, "person", value.person.text, "a person who is not here")
      }
      return [.personAdded(value)]
    case .changeRoles(let value):
      let member = try known(value.person)
      try hold(roles: value.roles)
      try holdLastAdministrator(member, keeps: value.roles.contains(.administrator))
      return [.roleChanged(value)]
    case .leave(let value):
      try decision.hold(value.reason, "reason")
      try holdLastAdministrator(try known(value.person), keeps: false)
      return [.personLeft(value)]
    case .registerKey(let value): return try registerKey(value)
    case .withdrawKey(let value):
      try decision.hold(value.reason, "reason")
      guard members.contains(where: { $0.keys.contains { $0.key == value.key } }) else {
        throw refusal(.unknown, "key", value.key.text, "a key of a person of the clinic")
      }
      return [.keyWithdrawn(value)]
    case .changeSettings(let value):
      try hold(value, decision)
      return [.settingsChanged(value)]
    case .setCosts(let value):
      try value.check()
      return [.costsSet(value)]
    case .confirmFact(let value):
      try decision.hold(value.fact, "fact", TextLimit.name)
      try decision.hold(value.source, "source")
      return [.factConfirmed(value)]
    }
  }

  private func permit(_ command: ClinicCommand, _ author: Author) throws(TherapyRefusal) {
    guard unread.isEmpty else {
      throw refusal(.unread, "", "\(unread.count) events of a later form", "a record read whole")
    }
    if members.isEmpty, case .addPerson(let first) = command,
      first.roles.contains(.administrator)
    {
      return
    }
    let roles: Set<PersonRole> =
      if case .confirmFact = command { [.physician, .pharmacist] } else { [.administrator] }
    guard roles.contains(author.role) else {
      let expected = roles.map(\.rawValue).sorted().joined(separator: " or ")
      throw refusal(.role, "", author.role.rawValue, expected)
    }
    guard let member = member(author.person), member.person.roles.contains(author.role) else {
      throw refusal(.unknown, "", author.person.text, "a person of the clinic with this role")
    }
  }

  private func hold(roles: [PersonRole]) throws(TherapyRefusal) {
    guard !roles.isEmpty, Set(roles).count == roles.count, !roles.contains(.server),
      !roles.contains(.patient)
    else {
      let given = roles.map(\.rawValue).joined(separator: ", ")
      throw refusal(.value, "roles", given, "one or more roles of staff, each once")
    }
  }

  /// The clinic never locks itself out.
  private func holdLastAdministrator(
    _ member: Member,
    keeps: Bool
  ) throws(TherapyRefusal) {
    let others = members.contains { other in
      other.left == nil && other.person.person != member.person.person
        && other.person.roles.contains(.administrator)
    }
    guard keeps || others || !member.person.roles.contains(.administrator) else {
      throw refusal(.limit, "person", member.person.person.text, "another administrator")
    }
  }

  private func registerKey(_ value: PersonKey) throws(TherapyRefusal) -> [ClinicEvent] {
    let member = try known(value.person)
    guard value.role.signsAs != nil, member.person.roles.contains(value.role) else {
      throw refusal(.role, "role", value.role.rawValue, "a role of this person that signs")
    }
    guard !members.contains(where: { $0.keys.contains { $0.key == value.key } }) else {
      throw refusal(.twice, "key", value.key.text, "a key that nobody has")
    }
    return [.keyRegistered(value)]
  }

  /// Defaults may be narrowed, and never be wider than the contract (authority.md, Envelope).
  private func hold(
    _ value: ClinicSettings,
    _ decision: Decision
  ) throws(TherapyRefusal) {
    if let reason = value.singlePersonRefill { try decision.hold(reason, "singlePersonRefill") }
    try decision.hold(value.envelope.stepPercent, in: 1...20, "envelope.stepPercent")
    try decision.hold(value.envelope.weekPercent, in: 1...30, "envelope.weekPercent")
    let spans: [(TimeSpan, ClosedRange<Int64>, String)] = [
      (value.envelope.betweenIncreases, 43_200_000...2_592_000_000, "envelope.betweenIncreases"),
      (value.envelope.delay, 900_000...86_400_000, "envelope.delay"),
      (value.envelope.bedsideAge, 86_400_000...15_552_000_000, "envelope.bedsideAge"),
      (value.receiptWait, 10_000...3_600_000, "receiptWait"),
      (value.silenceTask, 3_600_000...86_400_000, "silenceTask"),
      (value.silenceCall, 3_600_000...259_200_000, "silenceCall"),
      (value.refillNotice, 86_400_000...7_776_000_000, "refillNotice"),
    ]
    for (span, range, field) in spans where !range.contains(span.milliseconds) {
      let least = TimeSpan(milliseconds: range.lowerBound).text
      let most = TimeSpan(milliseconds: range.upperBound).text
      throw refusal(.limit, field, span.text, "\(least) to \(most)")
    }
    guard value.silenceTask <= value.silenceCall else {
      throw refusal(.mismatch, "silenceCall", value.silenceCall.text, "at least silenceTask")
    }
    guard value.confirmedFacts.isEmpty else {
      throw refusal(
        .value,
        "confirmedFacts",
        "\(value.confirmedFacts.count)",
        "none: facts are confirmed one by one, with their source"
      )
    }
  }

  private func known(_ id: PersonID) throws(TherapyRefusal) -> Member {
    guard let member = member(id) else {
      throw refusal(.unknown, "person", id.text, "a person who works here")
    }
    return member
  }

  private func refusal(
    _ code: TherapyRefusal.Code,
    _ field: String,
    _ given: String,
    _ expected: String
  ) -> TherapyRefusal {
    TherapyRefusal(
      code,
      field,
      given: given,
      expected: expected,
      remedy: "Look at people and settings of the clinic."
    )
  }
}
