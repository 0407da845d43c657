package import PumpLink
import Quantities

extension OrderStatement {
  /// The row of the authority table, as far as the receipt tells it.
  package var act: Act {
    switch order.content {
    case .program:
      guard let force = receipt?.inForce, let plan = program.flatMap({ PlannedFigures($0.program) })
      else { return .programIncrease }
      let isMore =
        plan.total > force.plannedVolume.nanolitres + force.patientDoses.nanolitres
        || plan.largest > force.plannedVolume.nanolitres
        || plan.mean > force.meanRate.nanolitresPerDay
        || plan.patientDoses > force.patientDoses.nanolitres
      return isMore ? .programIncrease : .program
    case .refill(let content):
      let isSame =
        content.program == nil
        && (receipt.map { $0.inForce.mixture.isSame(as: content.mixture) } ?? true)
      return isSame ? .refillSame : .refillChanged
    case .catheter: return .catheter
    case .commissioning: return .commissioning
    case .envelope: return .envelope
    case .limits: return .limits
    case .keys: return .keys
    case .clinicianBolus: return .clinicianBolus
    case .safeRate: return .safeRate
    case .suspend: return .suspend
    case .mri: return .mri
    case .resume: return .resume
    case .clearOverDelivery: return .clearOverDelivery
    case .setClock: return .setClock
    }
  }
}
