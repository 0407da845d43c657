import Quantities
@testable import Therapy

/// Scans and tapers that must not go on as given.
extension BesideRefusalTests {
  static func scans(_ ward: Ward) -> [Row] {
    func plan(
      _ family: MRIPumpFamily = .rotor,
      at instant: Instant = later,
      reason: String = "x",
      field: Int = 1_500
    ) -> PathwayCommand {
      .planMRI(MRIPlanned(at: instant, reason: reason, family: family, fieldMillitesla: field))
    }
    func step(
      _ step: MRIStep = .conditions,
      of id: EventID? = nil,
      at instant: Instant = now,
      isGood: Bool = true,
      exposure: MRIExposure? = nil,
      volume: Volume? = nil,
      note: String? = nil
    ) -> PathwayCommand {
      .takeMRIStep(
        MRIStepDone(
          scan: id ?? ward.scan,
          step: step,
          doneAt: instant,
          isGood: isGood,
          exposure: exposure,
          volume: volume,
          note: note
        )
      )
    }
    let exposure = MRIExposure(fieldMillitesla: 1_500, sarMilliwattsPerKilogram: 1)
    return [
      Row("a second scan", .twice, "", plan()),
      Row("a scan of yesterday", .value, "at", plan(at: Instant(milliseconds: 1))),
      Row("a scan in three years", .value, "at", plan(at: now + 1_095 * .day)),
      Row("a scan for no reason", .value, "reason", plan(reason: "")),
      Row("a scan of another pump", .mismatch, "family", plan(.valves)),
      Row("a scan by a patient", .role, "", plan(), by: Sample.patient),
      Row("a step of nothing", .unknown, "scan", step(of: none)),
      Row("a scan before its conditions", .outOfOrder, "step", step(.scan, exposure: exposure)),
      Row("reading before the scan", .outOfOrder, "step", step(.interrogateAfter)),
      Row("emptying a SynchroMed", .outOfOrder, "step", step(.emptyReservoir)),
      Row("a step of tomorrow", .value, "doneAt", step(at: later)),
      Row("conditions that do not hold", .stop, "isGood", step(isGood: false)),
      Row("a volume of conditions", .value, "volume", step(volume: Sample.mL(1))),
      Row("an exposure of conditions", .value, "exposure", step(exposure: exposure)),
      Row("an empty note of a step", .value, "note", step(note: "")),
      Row("a step by a pharmacist", .role, "", step(), by: Sample.pharmacist),
      Row("closing a scan first", .outOfOrder, "scan", .closeMRI(MRIClosed(scan: ward.scan))),
      Row("closing no scan", .unknown, "scan", .closeMRI(MRIClosed(scan: none))),
      Row(
        "cancelling for no reason",
        .value,
        "reason",
        .cancelMRI(MRICancelled(scan: ward.scan, reason: ""))
      ),
      Row(
        "cancelling nothing",
        .unknown,
        "scan",
        .cancelMRI(MRICancelled(scan: none, reason: "x"))
      ),
    ]
  }

  static func tapers(_ ward: Ward) -> [Row] {
    func plan(
      _ steps: [(Int64, Int64)],
      of medicine: TaperedMedicine = .other("baclofen"),
      from dose: Int64 = 60
    ) -> PathwayCommand {
      .planTaper(
        TaperPlan(
          medicine: medicine,
          from: PathwaySample.milligrams(dose),
          steps: steps.map {
            TaperStep(
              on: PathwaySample.day($0.0, from: now),
              dose: PathwaySample.milligrams($0.1)
            )
          }
        )
      )
    }
    func step(
      _ number: Int,
      _ dose: Int64 = 45,
      of id: EventID? = nil,
      on offset: Int64 = 0
    ) -> PathwayCommand {
      .takeTaperStep(
        TaperStepTaken(
          plan: id ?? ward.taper,
          step: number,
          dose: PathwaySample.milligrams(dose),
          on: PathwaySample.day(offset, from: now)
        )
      )
    }
    func stop(_ id: EventID, _ what: String = "x", _ dose: Int64 = 60) -> PathwayCommand {
      .stopTaper(
        TaperStopped(
          plan: id,
          reason: .other,
          what: what,
          dose: PathwaySample.milligrams(dose)
        )
      )
    }
    return [
      Row("a taper of nothing", .value, "medicine", plan([(0, 1)], of: .other(""))),
      Row("a taper from nothing", .value, "from", plan([(0, 0)], from: 0)),
      Row("a taper from 101 g", .value, "from", plan([(0, 1)], from: 101_000)),
      Row("a taper of no steps", .value, "steps", plan([])),
      Row("a second taper", .twice, "medicine", plan([(0, 1)], of: .opioid(.oxycodone))),
      Row("a step up", .value, "steps[0].dose", plan([(0, 61)])),
      Row("a step that stays", .value, "steps[1].dose", plan([(0, 30), (7, 30)])),
      Row("a step below nothing", .value, "steps[0].dose", plan([(0, -1)])),
      Row("a step of yesterday", .value, "steps[0].on", plan([(-1, 30)])),
      Row("two steps of one day", .value, "steps[1].on", plan([(1, 30), (1, 20)])),
      Row("a taper by a nurse", .role, "", plan([(0, 1)]), by: Sample.nurse),
      Row("a step of no taper", .unknown, "plan", step(1, of: none)),
      Row("the second step first", .outOfOrder, "step", step(2)),
      Row("step 0", .twice, "step", step(0)),
      Row("a step after the stop", .outOfOrder, "step", step(1, of: ward.ended)),
      Row("a step of next week", .value, "on", step(1, on: 7)),
      Row("a step to more", .value, "dose", step(1, 61)),
      Row("a step to less than nothing", .value, "dose", step(1, -1)),
      Row("a step by the patient", .role, "", step(1), by: Sample.patient),
      Row("stopping twice", .twice, "plan", stop(ward.ended)),
      Row("stopping nothing", .unknown, "plan", stop(none)),
      Row("stopping without words", .value, "what", stop(ward.taper, "")),
      Row("stopping at less than nothing", .value, "dose", stop(ward.taper, "x", -1)),
    ]
  }
}
