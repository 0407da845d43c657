import Formulary
import PumpLink
import Quantities
import Therapy

@testable import Clinic

extension PageSample {
  /// Who looks at the pages, and when.
  static func context(
    _ roles: Set<AccountRole> = [.physician],
    clock: PageClock? = PageClock(speed: 1)
  ) -> PageContext {
    PageContext(
      visitor: PageVisitor(
        account: "ada",
        name: "Ada Ruiz",
        roles: roles,
        formToken: "0123456789abcdef"
      ),
      now: now,
      clock: clock,
      names: ["ada": "Ada Ruiz", "tom": "Tom Berg"],
      path: "/",
      freshKey: { "form-000102030405060708090a0b0c0d0e0f" }
    )
  }

  static let orderID = String(repeating: "ab", count: 32)

  /// A patient with a program order at a point of its life.
  func ordered(_ id: String, isSent: Bool, answer: OrderOutcome? = nil) throws -> PatientRecord {
    var record = try record(id)
    let order = try Self.unwrap(OrderID(Self.orderID))
    let bytes = try Self.unwrap(Base64Text("AQID+/8="))
    let program = ProgramJSON(
      (record.program?.program.text ?? "").replacing("412 ug/d", with: "430 ug/d")
    )
    try Self.add(
      .orderDrafted(
        OrderDraft(
          order: order,
          act: .programIncrease,
          way: .bedside,
          sequence: 7,
          notAfterAt: Self.now + 24 * .hour,
          bytes: bytes,
          program: program,
          reason: "Spasms again in the evening"
        )
      ),
      to: &record,
      minutesAgo: 12
    )
    guard isSent else { return record }
    try Self.add(
      .orderSigned(
        OrderSignature(
          order: order,
          signer: try Self.unwrap(PersonID("ada")),
          role: .physician,
          signature: bytes
        )
      ),
      to: &record,
      minutesAgo: 10
    )
    try Self.add(.orderQueued(OrderQueued(order: order)), to: &record, minutesAgo: 9)
    try Self.add(.orderSent(OrderSent(order: order)), to: &record, minutesAgo: 8)
    if let answer {
      try Self.add(
        .orderAnswered(
          OrderAnswer(
            order: order,
            outcome: answer,
            pumpMilliseconds: 9_000_000_000,
            inForce: order,
            receipt: bytes
          )
        ),
        to: &record,
        minutesAgo: 4
      )
    }
    return record
  }

  /// A patient whose pump stalls, with an old alarm and an old status.
  func stalled(_ id: String) throws -> PatientRecord {
    var record = try record(id)
    try Self.add(
      .alarmRaised(
        AlarmRaised(
          alarm: .reservoirLow,
          raisedAt: Self.now + TimeSpan(milliseconds: -9 * 86_400_000),
          pumpMilliseconds: 8_000_000_000
        )
      ),
      to: &record,
      minutesAgo: 12_960
    )
    try Self.add(
      .alarmAcknowledged(AlarmAcknowledged(alarm: .reservoirLow)),
      to: &record,
      minutesAgo: 12_900
    )
    try Self.add(
      .alarmActed(AlarmActed(alarm: .reservoirLow, action: "Refill brought forward")),
      to: &record,
      minutesAgo: 12_890
    )
    try Self.add(
      .alarmCleared(
        AlarmCleared(
          alarm: .reservoirLow,
          clearedAt: Self.now + TimeSpan(milliseconds: -8 * 86_400_000),
          pumpMilliseconds: 8_080_000_000
        )
      ),
      to: &record,
      minutesAgo: 11_520
    )
    try Self.add(
      .alarmRaised(
        AlarmRaised(
          alarm: .motorStall,
          raisedAt: Self.now + TimeSpan(milliseconds: -31 * 60_000),
          pumpMilliseconds: 9_000_000_000
        )
      ),
      to: &record,
      minutesAgo: 31
    )
    try Self.add(
      .sideEffectRecorded(
        SideEffect(what: "Itching", severity: .mild, since: Day("2025-12-20"))
      ),
      to: &record,
      minutesAgo: 5_000
    )
    try Self.add(
      .noteWritten(Note(text: "Called; <no> new symptoms & walking well.")),
      to: &record,
      minutesAgo: 300
    )
    return record
  }

  /// A refill at each of its steps; the fluid changes.
  func refills(_ id: String) throws -> [(String, PatientRecord)] {
    var record = try record(id)
    let planned = Fluid(drugs: [
      Fluid.Drug(name: "baclofen", concentration: try Concentration(text: "4000 ug/mL"))
    ])
    let label = DrugLabel(
      fluid: planned,
      volume: try Volume(text: "20 mL"),
      lot: "BCL-25001",
      expiresOn: try Self.unwrap(Day("2027-05-31")),
      entry: .scanned
    )
    let steps: [RefillStep] = [
      .identified(RefillIdentified(identifiers: [.name, .born], pumpSerial: "CV-0001")),
      .expected(RefillExpected(volume: try Volume(text: "8.4 mL"), source: .pump)),
      .aspirated(RefillAspirated(volume: try Volume(text: "10.9 mL"))),
      .judged(
        RefillJudged(
          finding: .investigate,
          difference: try Volume(text: "2.5 mL"),
          errorText: "21.6 %",
          likelyCauses: ["motor stall", "catheter occlusion"]
        )
      ), .aspirated(RefillAspirated(volume: try Volume(text: "11 mL"))),
      .judged(
        RefillJudged(
          finding: .investigate,
          difference: try Volume(text: "2.6 mL"),
          errorText: "22.4 %",
          likelyCauses: ["motor stall", "catheter occlusion"]
        )
      ), .accounted(RefillAccounted(reason: "Imaging is booked for today; therapy must not stop")),
      .labelled(label), .labelRepeated(label),
      .bridged(
        BridgeDecision(
          isOmitted: false,
          volume: try Volume(text: "0.316 mL"),
          rate: try FlowRate(text: "0.15 mL/d"),
          duration: try TimeSpan(text: "50.6 h"),
          consequence: "600 ug/d in place of 300 ug/d for 50.6 h"
        )
      ),
      .checked(
        RefillChecked(answers: RefillCheck.allCases.map { CheckAnswer(item: $0, isGood: true) })
      ), .seconded(RefillSeconded(person: try Self.unwrap(PersonID("tom")))),
    ]
    try Self.add(
      .refillBegun(
        RefillBegun(planned: planned, plannedVolume: try Volume(text: "20 mL"), hasSymptoms: true)
      ),
      to: &record,
      minutesAgo: 30
    )
    var all = [("0-identity", record)]
    for (index, step) in steps.enumerated() {
      try Self.add(.refillStep(step), to: &record, minutesAgo: 29)
      if let next = record.refill?.next { all.append(("\(index + 1)-\(next.rawValue)", record)) }
    }
    return all
  }
}
