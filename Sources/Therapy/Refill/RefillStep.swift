/// A step of a guided refill, in the order in which they are taken (docs/clinic.md, Therapy).
public enum RefillStep: Equatable, Sendable {
  case identified(RefillIdentified)
  case expected(RefillExpected)
  case aspirated(RefillAspirated)
  /// Follows each aspiration by itself.
  case judged(RefillJudged)
  case accounted(RefillAccounted)
  case labelled(DrugLabel)
  case labelRepeated(DrugLabel)
  case bridged(BridgeDecision)
  case checked(RefillChecked)
  case seconded(RefillSeconded)
  case waived(RefillWaived)
  case ordered(RefillOrdered)
  case programmed(RefillProgrammed)
  case readBack(RefillReadBack)

  /// The names of the steps; they are stable.
  public enum Name: String, Codable, Sendable, CaseIterable {
    case identified, expected, aspirated, judged, accounted, labelled, labelRepeated, bridged
    case checked, seconded, waived, ordered, programmed, readBack
  }

  public var name: Name {
    switch self {
    case .identified: .identified
    case .expected: .expected
    case .aspirated: .aspirated
    case .judged: .judged
    case .accounted: .accounted
    case .labelled: .labelled
    case .labelRepeated: .labelRepeated
    case .bridged: .bridged
    case .checked: .checked
    case .seconded: .seconded
    case .waived: .waived
    case .ordered: .ordered
    case .programmed: .programmed
    case .readBack: .readBack
    }
  }
}

extension RefillStep: Codable {
  private enum Key: String, CodingKey {
    case step, value
  }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    func value<Value: Decodable>() throws -> Value { try box.decode(Value.self, forKey: .value) }
    switch try box.decode(Name.self, forKey: .step) {
    case .identified: self = .identified(try value())
    case .expected: self = .expected(try value())
    case .aspirated: self = .aspirated(try value())
    case .judged: self = .judged(try value())
    case .accounted: self = .accounted(try value())
    case .labelled: self = .labelled(try value())
    case .labelRepeated: self = .labelRepeated(try value())
    case .bridged: self = .bridged(try value())
    case .checked: self = .checked(try value())
    case .seconded: self = .seconded(try value())
    case .waived: self = .waived(try value())
    case .ordered: self = .ordered(try value())
    case .programmed: self = .programmed(try value())
    case .readBack: self = .readBack(try value())
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(name, forKey: .step)
    switch self {
    case .identified(let value): try box.encode(value, forKey: .value)
    case .expected(let value): try box.encode(value, forKey: .value)
    case .aspirated(let value): try box.encode(value, forKey: .value)
    case .judged(let value): try box.encode(value, forKey: .value)
    case .accounted(let value): try box.encode(value, forKey: .value)
    case .labelled(let value): try box.encode(value, forKey: .value)
    case .labelRepeated(let value): try box.encode(value, forKey: .value)
    case .bridged(let value): try box.encode(value, forKey: .value)
    case .checked(let value): try box.encode(value, forKey: .value)
    case .seconded(let value): try box.encode(value, forKey: .value)
    case .waived(let value): try box.encode(value, forKey: .value)
    case .ordered(let value): try box.encode(value, forKey: .value)
    case .programmed(let value): try box.encode(value, forKey: .value)
    case .readBack(let value): try box.encode(value, forKey: .value)
    }
  }
}
