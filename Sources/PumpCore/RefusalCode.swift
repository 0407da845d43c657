/// Why a program or a refill was refused, without the figures: what the journal keeps of it.
public enum RefusalCode: UInt8, Equatable, Sendable {
  case modelRange = 1
  case rateLimit, volumeLimit, primeNotAllowed, primeTooLarge
  case mixtureChanged = 16
  case tooManyMixtures
}

extension ProgramRefusal {
  public var code: RefusalCode {
    switch self {
    case .modelRange: .modelRange
    case .rateLimit: .rateLimit
    case .volumeLimit: .volumeLimit
    case .primeNotAllowed: .primeNotAllowed
    case .primeTooLarge: .primeTooLarge
    }
  }
}

extension RefillRefusal {
  public var code: RefusalCode {
    switch self {
    case .mixtureChanged: .mixtureChanged
    case .tooManyMixtures: .tooManyMixtures
    case .program(let refusal): refusal.code
    }
  }
}
