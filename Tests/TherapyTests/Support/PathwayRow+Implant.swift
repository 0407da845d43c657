import Quantities
import Therapy

/// Checklist and implant.
extension PathwayRow {
  private typealias Sampled = PathwaySample

  private static func site(_ depth: Int64) -> ImplantFigures {
    ImplantFigures(side: .left, pocketSite: .abdomen, depth: Sampled.cm(depth))
  }

  private static func drained(_ microlitres: Int64, of predicted: Int64 = 20) -> ImplantFigures {
    ImplantFigures(
      predicted: Sample.mL(predicted),
      drained: Volume(nanolitres: microlitres * 1_000)
    )
  }

  static let checks: [PathwayRow] = [
    PathwayRow("a check before anything", .new, .stage, "") { _ in Sampled.good(.antidote) },
    PathwayRow("a check in the evaluation", .evaluated, .stage, "") { _ in
      Sampled.good(.antidote)
    },
    PathwayRow("a check in the trial", .trial, .stage, "") { _ in Sampled.good(.antidote) },
    PathwayRow("a check with a pump that stays", .adopted, .outOfOrder, "") { _ in
      Sampled.good(.antidote)
    },
    PathwayRow("a check by the server", .ready, .role, "", by: Sample.server) { _ in
      Sampled.good(.antidote)
    },
    PathwayRow("a check by the patient", .ready, .role, "", by: Sample.patient) { _ in
      Sampled.good(.antidote)
    },
    PathwayRow("bad without a reason", .ready, .value, "note") { _ in
      Sampled.check(.antidote, .bad)
    },
    PathwayRow("not applicable without a reason", .ready, .value, "note") { _ in
      Sampled.check(.levelImaging, .notApplicable)
    },
    PathwayRow("consent that does not apply", .ready, .value, "finding") { _ in
      Sampled.check(.consent, .notApplicable, note: "x")
    },
    PathwayRow("infection that does not apply", .ready, .value, "finding") { _ in
      Sampled.check(.infection, .notApplicable, note: "x")
    },
    PathwayRow("a second person who does not apply", .ready, .value, "finding") { _ in
      Sampled.check(.drugSecond, .notApplicable, note: "alone")
    },
    PathwayRow("a good plan of anticoagulants that is none", .ready, .value, "note") { _ in
      Sampled.check(.anticoagulants)
    },
    PathwayRow("an antibiotic without its name", .ready, .value, "note") { _ in
      Sampled.check(.antibiotic)
    },
    PathwayRow("a blank note", .ready, .value, "note") { _ in
      Sampled.check(.oralWeaning, note: "  ")
    },
    PathwayRow("a figure of another item", .ready, .value, "figures.serial") { _ in
      Sampled.check(.antidote, .good, ImplantFigures(serial: "1"))
    },
    PathwayRow("a site without its side", .ready, .value, "figures.side") { _ in
      Sampled.check(.site, .good, ImplantFigures(pocketSite: .flank, depth: Sampled.cm(20)))
    },
    PathwayRow("a site without its depth", .ready, .value, "figures.depth") { _ in
      Sampled.check(.site, .good, ImplantFigures(side: .left, pocketSite: .flank))
    },
    PathwayRow("26 mm deep", .ready, .limit, "figures.depth") { _ in
      Sampled.check(.site, .good, site(26))
    },
    PathwayRow("no depth at all", .ready, .value, "figures.depth") { _ in
      Sampled.check(.site, .good, site(0))
    },
    PathwayRow("no size", .ready, .value, "figures.capacity") { _ in Sampled.check(.pumpSize) },
    PathwayRow("a size of nothing", .ready, .value, "figures.capacity") { _ in
      Sampled.check(.pumpSize, .good, ImplantFigures(capacity: .zero))
    },
    PathwayRow("no drug", .ready, .value, "figures.fluid") { _ in Sampled.check(.drug) },
    PathwayRow("ten times the strength", .ready, .confirm, "") { _ in
      Sampled.check(.drug, .good, ImplantFigures(fluid: Sample.fluid(20_000)))
    },
    PathwayRow("the second person first", .ready, .outOfOrder, "what") { _ in
      Sampled.good(.drugSecond)
    },
    PathwayRow("the first person again", .checked, .samePerson, "person") { _ in
      Sampled.good(.drugSecond)
    },
    PathwayRow(
      "a second person who reads otherwise",
      .checked,
      .mismatch,
      "figures.fluid",
      by: Sample.nurse
    ) { _ in Sampled.check(.drugSecond, .good, ImplantFigures(fluid: Sample.fluid(500))) },
    PathwayRow("an interrogation without a serial number", .ready, .value, "figures.serial") { _ in
      Sampled.check(.interrogated)
    },
    PathwayRow("another calibration", .ready, .mismatch, "figures.calibration") { _ in
      Sampled.check(
        .calibration,
        .good,
        ImplantFigures(calibration: "121", calibrationLabel: "112")
      )
    },
    PathwayRow("34.9 °C", .ready, .limit, "figures.temperatureTenths") { _ in
      Sampled.check(.warmed, .good, ImplantFigures(temperatureTenths: 349))
    },
    PathwayRow("40.1 °C", .ready, .limit, "figures.temperatureTenths") { _ in
      Sampled.check(.warmed, .good, ImplantFigures(temperatureTenths: 401))
    },
    PathwayRow("drained a microlitre too little", .ready, .limit, "figures.drained") { _ in
      Sampled.check(.drained, .good, drained(15_999))
    },
    PathwayRow("drained a microlitre too much", .ready, .limit, "figures.drained") { _ in
      Sampled.check(.drained, .good, drained(24_001))
    },
    PathwayRow("nothing predicted", .ready, .value, "figures.predicted") { _ in
      Sampled.check(.drained, .good, drained(0, of: 0))
    },
    PathwayRow("drained below nothing", .ready, .value, "figures.drained") { _ in
      Sampled.check(.drained, .good, drained(-1))
    },
    PathwayRow("a trial that was none", .planned, .stop, "finding") { _ in Sampled.good(.trial) },
    PathwayRow("a consent that was not given", .planned, .stop, "finding") { _ in
      Sampled.good(.consent)
    },
  ]

  static let implants: [PathwayRow] = [
    PathwayRow("an implant before anything", .new, .stage, "") { Sampled.implant(at: $0.now) },
    PathwayRow("an implant in the trial", .trial, .stage, "") { Sampled.implant(at: $0.now) },
    PathwayRow("an implant after the end", .ended, .stage, "") { Sampled.implant(at: $0.now) },
    PathwayRow("an implant by a nurse", .checked, .role, "", by: Sample.nurse) {
      Sampled.implant(at: $0.now)
    },
    PathwayRow("an implant without its checklist", .ready, .outOfOrder, "checks") {
      Sampled.implant(at: $0.now)
    },
    PathwayRow("a second pump beside the first", .implanted, .outOfOrder, "") {
      Sampled.implant(at: $0.now, replaces: "worn")
    },
    PathwayRow("a replacement of nothing", .checked, .value, "replaces") {
      Sampled.implant(at: $0.now, replaces: "worn")
    },
    PathwayRow("no surgeon", .checked, .value, "surgeon") {
      Sampled.implant(at: $0.now, surgeon: " ")
    },
    PathwayRow("no day", .checked, .value, "pump.implantedOn") {
      Sampled.implant(at: $0.now, isDated: false)
    },
    PathwayRow("a day before the trial", .checked, .value, "pump.implantedOn") {
      Sampled.implant(at: $0.now, implantedOn: Sample.day("2025-12-01"))
    },
    PathwayRow("a day to come", .checked, .value, "pump.implantedOn") {
      Sampled.implant(at: $0.now, implantedOn: ($0.now + 2 * .day).day)
    },
    PathwayRow("replaced before it was implanted", .checked, .value, "pump.replaceBy") {
      Sampled.implant(at: $0.now, replaceBy: $0.now.day)
    },
    PathwayRow("no day of replacement", .checked, .confirm, "") {
      Sampled.implant(at: $0.now, replaceBy: nil)
    },
    PathwayRow("a pump of no catalogue", .checked, .unknown, "pump.model") {
      Sampled.implant(at: $0.now, model: "SynchroMed 9")
    },
    PathwayRow("another pump than was interrogated", .checked, .mismatch, "pump.serial") {
      Sampled.implant(at: $0.now, serial: "NGP654321I")
    },
    PathwayRow("another size than was planned", .checked, .mismatch, "pump.capacity") {
      Sampled.implant(at: $0.now, capacity: 40)
    },
    PathwayRow("a pocket of 30 mm", .checked, .limit, "pocket.depth") {
      Sampled.implant(at: $0.now, depth: Sampled.cm(30))
    },
    PathwayRow("the other side", .checked, .confirm, "") {
      Sampled.implant(at: $0.now, side: .right)
    },
    PathwayRow("no catheter", .checked, .value, "catheter") {
      Sampled.implant(at: $0.now, catheter: nil)
    },
    PathwayRow("a catheter of no length", .checked, .value, "catheter.implantedLength") {
      Sampled.implant(
        at: $0.now,
        catheter: ImplantedCatheter(
          implantedLength: Sampled.cm(0),
          trimmedLength: Sampled.cm(340),
          volume: Volume(nanolitres: 176_000),
          tip: .t10,
          imaging: "film"
        )
      )
    },
    PathwayRow("cut off less than nothing", .checked, .value, "catheter.trimmedLength") {
      Sampled.implant(
        at: $0.now,
        catheter: ImplantedCatheter(
          implantedLength: Sampled.cm(800),
          trimmedLength: Sampled.cm(-1),
          volume: Volume(nanolitres: 176_000),
          tip: .t10,
          imaging: "film"
        )
      )
    },
    PathwayRow("a catheter of no volume", .checked, .value, "catheter.volumePerLength") {
      Sampled.implant(
        at: $0.now,
        catheter: ImplantedCatheter(
          implantedLength: Sampled.cm(800),
          trimmedLength: Sampled.cm(0),
          tip: .t10,
          imaging: "film"
        )
      )
    },
    PathwayRow("a tip that no film shows", .checked, .confirm, "") {
      Sampled.implant(at: $0.now, catheter: Sampled.tip(.t10, imaging: nil))
    },
    PathwayRow("a tip at L3 for spasticity", .checked, .confirm, "") {
      Sampled.implant(at: $0.now, catheter: Sampled.tip(.l3))
    },
    PathwayRow("another drug than was read", .checked, .mismatch, "fill.fluid") {
      Sampled.implant(at: $0.now, fluid: Sample.fluid(500))
    },
    PathwayRow("an overfilled reservoir", .checked, .limit, "fill.volume") {
      Sampled.implant(at: $0.now, volume: 21)
    },
    PathwayRow("no lot", .checked, .value, "fill.lot") { Sampled.implant(at: $0.now, lot: "") },
    PathwayRow("a drug past its date", .checked, .limit, "fill.expiresOn") {
      Sampled.implant(at: $0.now, expires: "2026-01-05")
    },
    PathwayRow("a fill on another day", .checked, .mismatch, "fill.filledAt") {
      Sampled.implant(
        at: $0.now,
        expires: "2027-01-01",
        filledAt: Instant(milliseconds: $0.now.milliseconds - 3 * 86_400_000)
      )
    },
    PathwayRow("a fill to come", .checked, .value, "fill.filledAt") {
      Sampled.implant(at: $0.now, filledAt: $0.now + .hour)
    },
    PathwayRow("no prime and no reason", .checked, .value, "prime.reason") {
      Sampled.implant(at: $0.now, prime: PrimePlan())
    },
    PathwayRow("a prime of nothing", .checked, .value, "prime.volume") {
      Sampled.implant(at: $0.now, prime: PrimePlan(volume: .zero))
    },
    PathwayRow("a prime of twice the path", .checked, .confirm, "") {
      Sampled.implant(at: $0.now, prime: PrimePlan(volume: Volume(nanolitres: 632_000)))
    },
    PathwayRow("a replacement without its reason", .replacing, .value, "replaces") {
      Sampled.implant(at: $0.now, serial: "NEW-1")
    },
    PathwayRow("a reason for orders that are not there", .replacing, .value, "unanswered") {
      Sampled.implant(at: $0.now, serial: "NEW-1", replaces: "worn", unanswered: "x")
    },
    PathwayRow("a replacement of which nothing was checked", .planned, .outOfOrder, "checks") {
      Sampled.implant(at: $0.now, serial: "NEW-1", replaces: "worn")
    },
    PathwayRow("adopting whom we implant", .checked, .stage, "") { _ in
      .enroll(Sampled.enrolled, nil)
    },
  ]
}
