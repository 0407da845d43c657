/// Why a pump could not be asked, or what it did not answer.
public enum LineFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing was sent: no relay asks for this line, or it does not reach the pump.
  case unreachable(String)
  /// The handshake or the introduction failed: nothing was asked.
  case notTaken(String)
  /// A message was sent and no genuine answer came: what became of it is unknown (SR-113).
  case unknown(String)

  public var description: String {
    switch self {
    case .unreachable(let why), .notTaken(let why), .unknown(let why): why
    }
  }

  /// One word for figures and records.
  public var word: String {
    switch self {
    case .unreachable: "unreachable"
    case .notTaken: "notTaken"
    case .unknown: "unknown"
    }
  }
}
