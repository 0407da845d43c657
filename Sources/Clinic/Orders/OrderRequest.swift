public import JSONText
public import Therapy

/// What somebody wants ordered, before it is an order.
public struct OrderRequest: Sendable {
  /// As `cisterna order new` takes it (docs/signer.md, Writing an order).
  public var draft: JSONCursor
  public var way: OrderWay
  public var reason: String

  public init(_ draft: JSONCursor, _ way: OrderWay, reason: String) {
    self.draft = draft
    self.way = way
    self.reason = reason
  }
}

/// Who wants something recorded, and under which key and version.
public struct ActTerms: Sendable {
  public var key: String
  public var author: Author
  public var version: Int64?
  public var isConfirmed: Bool

  public init(key: String, author: Author, version: Int64? = nil, isConfirmed: Bool = false) {
    self.key = key
    self.author = author
    self.version = version
    self.isConfirmed = isConfirmed
  }
}
