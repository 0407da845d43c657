import Quantities
import Therapy

/// A command from implant to end that must not be taken, and what it is refused with.
struct PathwayRow: Sendable {
  /// From where it is given; each is built once.
  enum Start: CaseIterable {
    case new, evaluated, trial, ready, checked, implanted, started, adopted, increased, inFlight
    case refilling, unknown, planned, replacing, ended

    func journey() throws -> Journey {
      switch self {
      case .new: return Journey()
      case .evaluated: return try PathwaySample.evaluated()
      case .trial: return try PathwaySample.dosed()
      case .ready: return try PathwaySample.ready()
      case .checked: return try PathwaySample.checked()
      case .implanted: return try PathwaySample.implanted()
      case .started: return try PathwaySample.started()
      case .adopted: return try Journey.adopted()
      case .increased: return try PathwaySample.increased()
      case .inFlight: return try PathwaySample.inFlight()
      case .refilling: return try Journey.refill(upTo: .aspirate) ?? Journey()
      case .unknown:
        var journey = try Journey.refill(upTo: .labelAgain) ?? Journey()
        try journey.give(.abandonRefill(RefillAbandoned(reason: "sick")))
        return journey
      case .planned:
        var journey = try Journey.adopted()
        try journey.give(.pathway(PathwaySample.replacement(journey.now.day)))
        let plan = PathwayCommand.planVisit(
          .clinic,
          on: (journey.now + 20 * .day).day,
          purpose: "gait"
        )
        try journey.give(.pathway(plan))
        let now = PathwayCommand.planVisit(.clinic, on: journey.now.day, purpose: "gait")
        try journey.give(.pathway(now))
        try journey.give(.pathway(.missVisit(VisitMissed(visit: "visit-2", reason: "ill"))))
        return journey
      case .replacing: return try PathwaySample.replacing()
      case .ended:
        var journey = try Journey.adopted()
        try journey.give(.pathway(.transfer(to: "elsewhere", reason: "moves")))
        try journey.give(
          .pathway(.recordDeath(Died(on: journey.now.day, pump: .noPump)))
        )
        return journey
      }
    }
  }

  let name: String
  let start: Start
  let code: TherapyRefusal.Code
  let field: String
  let author: Author
  let isConfirmed: Bool
  let command: @Sendable (Journey) -> PathwayCommand

  init(
    _ name: String,
    _ start: Start,
    _ code: TherapyRefusal.Code,
    _ field: String,
    by author: Author = Sample.physician,
    _ command: @escaping @Sendable (Journey) -> PathwayCommand
  ) {
    (self.name, self.start, self.code, self.field) = (name, start, code, field)
    (self.author, isConfirmed, self.command) = (author, code != .confirm, command)
  }
}
