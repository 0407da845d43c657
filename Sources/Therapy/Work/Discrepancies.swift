import Formulary
public import Quantities

/// What a refill found in the reservoir against what was expected.
public struct RefillDiscrepancy: Equatable, Sendable {
  public let refill: EventID
  public let at: Instant
  public let expected: Volume
  public let aspirated: Volume
  /// Of the volume that was to be delivered, in hundredths of a percent; nothing where not known.
  public let errorHundredths: Int64?

  /// Aspirated less expected; below nothing where less was found.
  public var difference: Volume { aspirated - expected }
}

/// Which way a series goes.
public enum DiscrepancyTrend: String, Codable, Sendable, CaseIterable {
  /// Fewer than two refills to compare.
  case notKnown
  case none
  /// More was found than expected, twice or more in a row by over 5 %: stall or occlusion.
  case underDelivery
  /// Less was found than expected, twice or more in a row by over 5 %: leak, or over-delivery.
  case overDelivery
}

/// Delivered against ordered, by the pump's own daily totals.
public struct DeliveryDifference: Equatable, Sendable {
  public let day: Day
  public let ordered: Volume
  public let delivered: Volume

  public var difference: Volume { delivered - ordered }
}

extension PatientRecord {
  /// Aspirated against expected at each refill, the oldest first: that alone shows leaks and
  /// occlusions, since no pump has a flow sensor (H-21, H-26, H-28).
  public var refillDiscrepancies: [RefillDiscrepancy] {
    pastRefills.compactMap { past in
      guard let expected = past.expected, let aspirated = past.aspirated else { return nil }
      return RefillDiscrepancy(
        refill: past.id,
        at: past.endedAt,
        expected: expected,
        aspirated: aspirated,
        errorHundredths: past.errorHundredths
      )
    }
  }

  /// The direction of the last two refills; 5 % is this project's own threshold, UNVERIFIED.
  public var discrepancyTrend: DiscrepancyTrend {
    let errors = refillDiscrepancies.compactMap(\.errorHundredths).suffix(2)
    guard errors.count == 2 else { return .notKnown }
    if errors.allSatisfy({ $0 < -500 }) { return .underDelivery }
    return errors.allSatisfy { $0 > 500 } ? .overDelivery : .none
  }

  /// The finding of the last refill, where it is outside of its band.
  var openDiscrepancy: ResidualFinding? {
    guard let finding = pastRefills.last?.finding, finding == .recheck || finding == .investigate
    else { return nil }
    return finding
  }

  /// Days on which the pump delivered otherwise than its program asked, the latest last.
  ///
  /// - Parameter permille: of what was asked, that is taken for equal.
  /// - Returns: those days.
  public func deliveryDifferences(over permille: Int64 = 50) -> [DeliveryDifference] {
    deliveries.filter { total in
      let difference = Int128(abs(total.delivered.nanolitres - total.ordered.nanolitres))
      return difference * 1_000 > Int128(total.ordered.nanolitres) * Int128(permille)
    }
    .map {
      DeliveryDifference(day: $0.day, ordered: $0.ordered, delivered: $0.delivered)
    }
  }
}
