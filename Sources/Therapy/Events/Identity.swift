/// Who a patient is.
public struct Identity: Codable, Equatable, Sendable {
  public let givenName: String
  public let familyName: String
  public let born: Day
  /// Of the clinic's own file.
  public let recordNumber: String
  /// Not known, or not asked.
  public let sex: Sex?
  /// As in BCP 47: `en`, `de-CH`.
  public let language: String

  public init(
    givenName: String,
    familyName: String,
    born: Day,
    recordNumber: String,
    sex: Sex? = nil,
    language: String
  ) {
    self.givenName = givenName
    self.familyName = familyName
    self.born = born
    self.recordNumber = recordNumber
    self.sex = sex
    self.language = language
  }
}

/// The identity as it is right, and why it was wrong.
public struct IdentityCorrected: Codable, Equatable, Sendable {
  public let identity: Identity
  public let reason: String

  public init(identity: Identity, reason: String) {
    self.identity = identity
    self.reason = reason
  }
}

/// How a patient is reached; what is missing is not known.
public struct ContactDetails: Codable, Equatable, Sendable {
  public let phone: String?
  public let email: String?
  public let address: String?
  /// Who is called where the patient cannot be reached, and how.
  public let companion: String?

  public init(
    phone: String? = nil,
    email: String? = nil,
    address: String? = nil,
    companion: String? = nil
  ) {
    self.phone = phone
    self.email = email
    self.address = address
    self.companion = companion
  }
}
