/// What happened in the clinic itself, in the words of the stream `clinic` (form 1).
public enum ClinicEvent: Equatable, Sendable {
  case personAdded(ClinicPerson)
  case roleChanged(PersonRoleChange)
  case personLeft(PersonLeft)
  case keyRegistered(PersonKey)
  case keyWithdrawn(KeyWithdrawn)
  case settingsChanged(ClinicSettings)
  case factConfirmed(FactConfirmed)
  /// The clinic's own figures of what care costs; the last ones stand.
  case costsSet(CostQuestion)
  /// Of a kind or form that this version cannot read.
  case unread(UnreadEvent)
}

/// A person of the clinic.
public struct ClinicPerson: Codable, Equatable, Sendable {
  public let person: PersonID
  public let name: String
  public let roles: [PersonRole]

  public init(person: PersonID, name: String, roles: [PersonRole]) {
    self.person = person
    self.name = name
    self.roles = roles
  }
}

/// The roles that a person has from now on.
public struct PersonRoleChange: Codable, Equatable, Sendable {
  public let person: PersonID
  public let roles: [PersonRole]

  public init(person: PersonID, roles: [PersonRole]) {
    self.person = person
    self.roles = roles
  }
}

/// A person who no longer works here; what they did stays theirs.
public struct PersonLeft: Codable, Equatable, Sendable {
  public let person: PersonID
  public let reason: String

  public init(person: PersonID, reason: String) {
    self.person = person
    self.reason = reason
  }
}

/// A key with which a person signs orders, and the certificate that the clinic's root gave it.
public struct PersonKey: Codable, Equatable, Sendable {
  public let person: PersonID
  public let key: KeyText
  public let certificate: Base64Text
  public let role: PersonRole

  public init(person: PersonID, key: KeyText, certificate: Base64Text, role: PersonRole) {
    self.person = person
    self.key = key
    self.certificate = certificate
    self.role = role
  }
}

/// A key that the clinic sends no more; pumps hear of it by a revocation that the root signs.
public struct KeyWithdrawn: Codable, Equatable, Sendable {
  public let key: KeyText
  public let reason: String

  public init(key: KeyText, reason: String) {
    self.key = key
    self.reason = reason
  }
}

/// A fact of the formulary or catalogue that someone of the clinic has read in its source.
public struct FactConfirmed: Codable, Equatable, Sendable {
  /// As in `stability.baclofen`.
  public let fact: String
  /// Where it was read.
  public let source: String

  public init(fact: String, source: String) {
    self.fact = fact
    self.source = source
  }
}

extension ClinicEvent: Codable {
  /// The names are stable.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case personAdded, roleChanged, personLeft, keyRegistered, keyWithdrawn, settingsChanged
    case factConfirmed, costsSet
  }

  private enum Key: String, CodingKey {
    case form, kind, body
  }

  /// Which kind it is; nothing for one that was not read.
  public var kind: Kind? {
    switch self {
    case .personAdded: .personAdded
    case .roleChanged: .roleChanged
    case .personLeft: .personLeft
    case .keyRegistered: .keyRegistered
    case .keyWithdrawn: .keyWithdrawn
    case .settingsChanged: .settingsChanged
    case .factConfirmed: .factConfirmed
    case .costsSet: .costsSet
    case .unread: nil
    }
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    let form = try box.decode(Int.self, forKey: .form)
    let name = try box.decode(String.self, forKey: .kind)
    func body<Body: Decodable>() throws -> Body { try box.decode(Body.self, forKey: .body) }
    guard form == TherapyEvent.form, let kind = Kind(rawValue: name) else {
      self = .unread(UnreadEvent(form: form, kind: name))
      return
    }
    switch kind {
    case .personAdded: self = .personAdded(try body())
    case .roleChanged: self = .roleChanged(try body())
    case .personLeft: self = .personLeft(try body())
    case .keyRegistered: self = .keyRegistered(try body())
    case .keyWithdrawn: self = .keyWithdrawn(try body())
    case .settingsChanged: self = .settingsChanged(try body())
    case .factConfirmed: self = .factConfirmed(try body())
    case .costsSet: self = .costsSet(try body())
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(TherapyEvent.form, forKey: .form)
    try box.encode(kind, forKey: .kind)
    switch self {
    case .personAdded(let body): try box.encode(body, forKey: .body)
    case .roleChanged(let body): try box.encode(body, forKey: .body)
    case .personLeft(let body): try box.encode(body, forKey: .body)
    case .keyRegistered(let body): try box.encode(body, forKey: .body)
    case .keyWithdrawn(let body): try box.encode(body, forKey: .body)
    case .settingsChanged(let body): try box.encode(body, forKey: .body)
    case .factConfirmed(let body): try box.encode(body, forKey: .body)
    case .costsSet(let body): try box.encode(body, forKey: .body)
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
