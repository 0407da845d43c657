/// One thing that the server can be asked: all that is to be said of it, in one place.
///
/// The router, the checks before the handler, the OpenAPI document and the security tests are all
/// made from it, so that none of them can say anything else.
public struct Route: Sendable {
  /// Who may ask.
  public enum Access: Hashable, Sendable {
    /// Anyone.
    case `public`
    /// Whoever is signed in, in one of these roles.
    case roles(Set<AccountRole>)
    /// A relay, by its bearer token; nobody else.
    case relay
    /// Whoever brings what a person signed: the signature is looked at, not who brings it. A browser
    /// brings it from a configured signer's page alone.
    case signer

    /// Whoever is signed in.
    public static let anyRole = Access.roles(Set(AccountRole.allCases))
  }

  /// How it is spoken to and how it refuses.
  public enum Face: Sendable {
    /// For people: forms in, HTML out; whoever is not signed in is sent to do so.
    case page
    /// For programs: JSON in and out.
    case api
    /// For programs: bytes in, whatever fits out; refusals as JSON.
    case bytes
  }

  /// What the audit says of it.
  public struct Audit: Hashable, Sendable {
    /// As in `read the orders of the record`; in the past tense.
    public let text: String
    /// The place in the template that holds the patient's id.
    public let patient: String?

    public init(_ text: String, patient: String? = "patient") {
      self.text = text
      self.patient = patient
    }
  }

  public typealias Handler = @Sendable (RouteCall) async throws(WebError) -> WebResponse

  public var method: WebRequest.Method
  public var template: RouteTemplate
  public var summary: String
  /// The group that it is listed under.
  public var tag: String
  public var face: Face
  public var access: Access
  /// Whether a write must carry the session's form token; all of signed-in people's must.
  public var needsFormToken: Bool
  /// Whether a write must carry a key of the client's making (SR-113).
  public var needsKey: Bool
  /// Whether a write must say which version it was decided on.
  public var needsVersion: Bool
  /// What the audit says of it; nothing for what shows and changes nobody's record.
  public var audit: Audit?
  /// What an API's read takes behind the `?`; integers and texts.
  public var query: [SchemaField]
  /// Of the body of an API's route.
  public var request: Schema?
  /// Of what an API's route answers.
  public var response: Schema?
  public var bodyMax: Int
  /// Whether the path itself opens something, so that the audit must not hold it.
  public var isPathSecret = false
  public var handler: Handler

  /// The path as the audit may hold it.
  func audited(_ path: String) -> String { isPathSecret ? template.description : path }

  /// - Parameters:
  ///   - method: `get` reads and changes nothing, all others write.
  ///   - template: its path.
  ///   - summary: one sentence.
  ///   - tag: the group that it is listed under.
  ///   - face: how it is spoken to.
  ///   - access: who may ask.
  ///   - needsFormToken: of writes; follows the access where it is not given.
  ///   - needsKey: of writes; follows the access where it is not given.
  ///   - needsVersion: whether a write must say which version it was decided on.
  ///   - audit: what the audit says of it.
  ///   - query: what a read takes behind the `?`.
  ///   - request: of the body.
  ///   - response: of the answer.
  ///   - bodyMax: how many bytes a body may have.
  ///   - handler: what is done; everything above was checked before.
  public init(
    _ method: WebRequest.Method,
    _ template: RouteTemplate,
    _ summary: String,
    tag: String,
    face: Face,
    access: Access,
    needsFormToken: Bool? = nil,
    needsKey: Bool? = nil,
    needsVersion: Bool = false,
    audit: Audit? = nil,
    query: [SchemaField] = [],
    request: Schema? = nil,
    response: Schema? = nil,
    bodyMax: Int = 64 * 1024,
    handler: @escaping Handler
  ) {
    self.method = method
    self.template = template
    self.summary = summary
    self.tag = tag
    self.face = face
    self.access = access
    let isPersons = if case .roles = access { method != .get } else { false }
    self.needsFormToken = needsFormToken ?? isPersons
    self.needsKey = needsKey ?? isPersons
    self.needsVersion = needsVersion
    self.audit = audit
    self.query = query
    self.request = request
    self.response = response
    self.bodyMax = bodyMax
    self.handler = handler
  }

  /// As in `GET /patients/{patient}`.
  public var name: String { "\(method.rawValue.uppercased()) \(template)" }

  /// What is wrong with it, for whoever wrote it; found when the server starts, and by a test.
  var fault: String? {
    if method == .get, needsFormToken || needsKey || needsVersion || request != nil {
      return "\(name): a read takes no key, no version and no body"
    }
    if case .roles(let roles) = access {
      if roles.isEmpty { return "\(name): nobody may ask it" }
      if method != .get, !needsFormToken { return "\(name): a write without a form token" }
    }
    if template.places.contains("patient"), audit == nil {
      return "\(name): is of a patient's record and not audited"
    }
    if let place = audit?.patient, !template.places.contains(place) {
      return "\(name): has no place {\(place)} for the patient of its audit"
    }
    return nil
  }
}
