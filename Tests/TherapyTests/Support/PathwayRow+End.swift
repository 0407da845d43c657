import Quantities
import Therapy

/// Replacement, weaning, explant, transfer and death.
extension PathwayRow {
  private typealias Sampled = PathwaySample

  private static func died(
    on day: Day,
    cause: String? = nil,
    _ pump: PumpAfterDeath = .switchedOff,
    unanswered: String? = nil
  ) -> PathwayCommand {
    .recordDeath(Died(on: day, cause: cause, pump: pump, unanswered: unanswered))
  }

  static let ends: [PathwayRow] = [
    PathwayRow("a replacement of no pump", .ready, .stage, "") { Sampled.replacement($0.now.day) },
    PathwayRow("a replacement by a nurse", .adopted, .role, "", by: Sample.nurse) {
      Sampled.replacement($0.now.day)
    },
    PathwayRow("a replacement last year", .adopted, .value, "on") { _ in
      Sampled.replacement(Sample.day("2025-01-05"))
    },
    PathwayRow("the same plan again", .planned, .twice, "on") { Sampled.replacement($0.now.day) },
    PathwayRow("another reason that is none", .adopted, .value, "note") {
      .planReplacement(ReplacementPlanned(on: $0.now.day, because: .other))
    },
    PathwayRow("weaning before a pump", .ready, .stage, "") {
      Sampled.weaning([(0, "10 ug/d")], at: $0.now)
    },
    PathwayRow("weaning by a nurse", .adopted, .role, "", by: Sample.nurse) {
      Sampled.weaning([(0, "10 ug/d")], at: $0.now)
    },
    PathwayRow("weaning of a drug that is not in it", .adopted, .unknown, "drug") {
      Sampled.weaning([(0, "10 ug/d")], of: "clonidine", at: $0.now)
    },
    PathwayRow("weaning without a step", .adopted, .value, "steps") {
      Sampled.weaning([], at: $0.now)
    },
    PathwayRow("weaning up", .adopted, .value, "steps.0.dose") {
      Sampled.weaning([(0, "310 ug/d")], at: $0.now)
    },
    PathwayRow("a step that is none", .adopted, .value, "steps.1.dose") {
      Sampled.weaning([(0, "250 ug/d"), (2, "250 ug/d")], at: $0.now)
    },
    PathwayRow("two steps on a day", .adopted, .value, "steps.1.on") {
      Sampled.weaning([(0, "250 ug/d"), (0, "200 ug/d")], at: $0.now)
    },
    PathwayRow("a step last week", .adopted, .value, "steps.0.on") {
      Sampled.weaning([(-7, "250 ug/d")], at: $0.now)
    },
    PathwayRow("a step of a half", .adopted, .confirm, "") {
      Sampled.weaning([(0, "150 ug/d"), (1, "50 ug/d")], at: $0.now)
    },
    PathwayRow("nothing instead", .adopted, .value, "instead") { _ in
      .planWeaning(WeaningPlan(drug: "baclofen", steps: [], instead: ""))
    },
    PathwayRow("explant of no pump", .ready, .stage, "") { Sampled.explant(at: $0.now) },
    PathwayRow("explant by a nurse", .adopted, .role, "", by: Sample.nurse) {
      Sampled.explant(at: $0.now)
    },
    PathwayRow("baclofen stopped at once", .adopted, .stop, "emergency") {
      Sampled.explant(at: $0.now)
    },
    PathwayRow("nobody knows what is stopped", .unknown, .stop, "emergency") {
      Sampled.explant(at: $0.now)
    },
    PathwayRow("explant while an order is on its way", .inFlight, .inFlight, "unanswered") {
      Sampled.explant(at: $0.now, emergency: "sepsis")
    },
    PathwayRow("explant while a refill is under way", .refilling, .outOfOrder, "refill") {
      Sampled.explant(at: $0.now, emergency: "sepsis")
    },
    PathwayRow("explant tomorrow", .adopted, .value, "explantedAt") {
      Sampled.explant(at: $0.now + .day, emergency: "sepsis")
    },
    PathwayRow("explant before the implant", .adopted, .value, "explantedAt") { _ in
      Sampled.explant(at: Sample.day("2024-01-01").start, emergency: "sepsis")
    },
    PathwayRow("emptied of more than it holds", .adopted, .limit, "emptied") {
      Sampled.explant(at: $0.now, emptied: Sample.mL(21), emergency: "sepsis")
    },
    PathwayRow("emptied of less than nothing", .adopted, .value, "emptied") {
      Sampled.explant(at: $0.now, emptied: Sample.mL(-1), emergency: "sepsis")
    },
    PathwayRow("not emptied", .adopted, .confirm, "") {
      Sampled.explant(at: $0.now, emptied: nil, emergency: "sepsis")
    },
    PathwayRow("emptied of much less than the forecast", .adopted, .confirm, "") {
      Sampled.explant(at: $0.now, emptied: Sample.mL(3), emergency: "sepsis")
    },
    PathwayRow("explant with nothing instead", .adopted, .value, "instead") {
      Sampled.explant(at: $0.now, instead: "", emergency: "sepsis")
    },
    PathwayRow("an emergency that is none", .adopted, .value, "emergency") {
      Sampled.explant(at: $0.now, emergency: " ")
    },
    PathwayRow("explant for a reason that is not told", .adopted, .value, "note") {
      Sampled.explant(at: $0.now, .other, emergency: "sepsis")
    },
    PathwayRow("explant twice", .ended, .stage, "") { Sampled.explant(at: $0.now) },
    PathwayRow("transfer of no pump", .ready, .stage, "") { _ in
      .transfer(to: "x", reason: "x")
    },
    PathwayRow("transfer to nobody", .adopted, .value, "to") { _ in
      .transfer(to: "", reason: "x")
    },
    PathwayRow("transfer without a reason", .adopted, .value, "reason") { _ in
      .transfer(to: "x", reason: "")
    },
    PathwayRow("transfer by an administrator", .adopted, .role, "", by: Sample.administrator) {
      _ in .transfer(to: "x", reason: "x")
    },
    PathwayRow("transfer with an order on its way", .inFlight, .inFlight, "unanswered") { _ in
      .transfer(to: "x", reason: "x")
    },
    PathwayRow("transfer in a refill", .refilling, .outOfOrder, "refill") { _ in
      .transfer(to: "x", reason: "x")
    },
    PathwayRow("transfer with things not known", .unknown, .confirm, "") { _ in
      .transfer(to: "x", reason: "x")
    },
    PathwayRow("death before anything", .new, .stage, "") { died(on: $0.now.day) },
    PathwayRow("death by a nurse", .adopted, .role, "", by: Sample.nurse) {
      died(on: $0.now.day)
    },
    PathwayRow("death next week", .adopted, .value, "on") { died(on: ($0.now + 7 * .day).day) },
    PathwayRow("death before birth", .adopted, .value, "on") { _ in
      died(on: Sample.day("1960-01-01"))
    },
    PathwayRow("a cause that is blank", .adopted, .value, "cause") {
      died(on: $0.now.day, cause: " ")
    },
    PathwayRow("a pump that is not there", .ready, .mismatch, "pump") { died(on: $0.now.day) },
    PathwayRow("no pump where there is one", .adopted, .mismatch, "pump") {
      died(on: $0.now.day, .noPump)
    },
    PathwayRow("death with an order on its way", .inFlight, .inFlight, "unanswered") {
      died(on: $0.now.day)
    },
    PathwayRow("death twice", .ended, .twice, "on") { died(on: $0.now.day, .noPump) },
  ]
}
