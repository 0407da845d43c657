import Foundation
import Formulary
import PumpLink
import Quantities
import Testing
import Therapy

@testable import Clinic

/// What the emergency page says of records that are not as usual.
struct EmergencyPageTests {
  static let sample = Result { try PageSample() }

  /// A linked patient with baclofen 2000 ug/mL.
  static func linked() throws -> PatientRecord {
    try PageSample.unwrap(
      sample.get().records.first { record in
        record.isLinked && record.reservoir?.fluid.drugs.map(\.name) == ["baclofen"]
      }
    )
  }

  static func page(
    _ record: PatientRecord,
    _ language: MyLanguage = .english,
    now: Instant = PageSample.now
  ) -> String {
    EmergencyPage(
      record: record,
      heard: record.lastHeard,
      card: EmergencyCard(
        id: "card-1",
        patient: record.id.text,
        hash: "",
        call: "Pump clinic: 1",
        pocket: "left",
        issuedAt: 0
      ),
      language: language,
      now: now,
      isDemonstration: false,
      other: "/emergency/x?lang=es"
    ).html()
  }

  /// The value of a row.
  static func row(_ title: String, of page: String) -> String? {
    let parts = page.components(separatedBy: "<dt>\(title)</dt>")
    guard parts.count == 2 else { return nil }
    return parts[1].components(separatedBy: "</dd>")[0]
  }

  static func mine(_ record: PatientRecord) throws -> MyContext {
    MyContext(
      patient: record.id,
      reader: "Lena",
      formToken: "0",
      language: .english,
      isOwn: true,
      mayWrite: true,
      now: PageSample.now,
      isDemonstration: false,
      freshKey: { "form-1" }
    )
  }

  @Test
  func `after a refill was broken off nobody is told that the pump gives what it gave (H-70)`()
    throws
  {
    var record = try Self.linked()
    let dose = try #require(EmergencyFacts.dose(record, .english))
    #expect(
      try #require(Self.row("Gives in 24 h", of: Self.page(record))).contains("<b>\(dose)</b>")
    )
    let fluid = try #require(record.reservoir?.fluid)
    let begun = RefillBegun(
      planned: fluid,
      plannedVolume: Volume(nanolitres: 20_000_000),
      hasSymptoms: false
    )
    try PageSample.add(.refillBegun(begun), to: &record)
    let drawn = RefillAspirated(volume: Volume(nanolitres: 3_000_000))
    try PageSample.add(.refillStep(.aspirated(drawn)), to: &record)
    try PageSample.add(.refillAbandoned(RefillAbandoned(reason: "no vial")), to: &record)
    #expect(record.isReservoirUnknown)
    let page = Self.page(record)
    for title in ["Gives in 24 h", "In the reservoir"] {
      let row = try #require(Self.row(title, of: page))
      #expect(row.contains("<b>not known</b>; before that: "), "\(row)")
    }
    #expect(page.contains("what is in it is not known"))
    #expect(page.contains("Baclofen withdrawal"), "the drug before is what a rescuer thinks of")
    let card = MyLeaflets(record: record, context: try Self.mine(record)).card()
    #expect(!card.contains(dose) && card.contains("What is in it now is not known"))
    let own = MyPage(
      record: record,
      heard: record.lastHeard,
      forecast: .failure(
        TherapyRefusal(.notKnown, "", given: "", expected: "", remedy: "")
      ),
      context: try Self.mine(record)
    ).html()
    #expect(own.contains("What is in it now is not known"))
    #expect(!own.contains("Left in the pump"))
    #expect(!own.contains(dose.split(separator: " ").dropFirst().joined(separator: " ")))
  }

  @Test
  func `a reservoir that was emptied for a scan is not known either (H-78)`() throws {
    var record = try Self.linked()
    let plan = MRIPlanned(
      at: PageSample.now,
      reason: "back",
      family: .valves,
      fieldMillitesla: 1_500
    )
    try PageSample.add(.pathway(.mriPlanned(plan)), to: &record)
    let scan = EventID(position: record.position)
    let step = MRIStepDone(scan: scan, step: .emptyReservoir, doneAt: PageSample.now)
    try PageSample.add(.pathway(.mriStepDone(step)), to: &record)
    #expect(record.isReservoirUnknown)
    #expect(EmergencyFacts.dose(record, .english) == nil)
    #expect(EmergencyFacts.drug(record, .english) == nil)
  }

  @Test
  func `a pump that said it gives nothing says so however old its word is (H-11)`() throws {
    var record = try Self.linked()
    let before = try #require(record.lastHeard)
    let halted = StatusHeard(
      heardAt: PageSample.now + TimeSpan(milliseconds: -30 * 3_600_000),
      pumpMilliseconds: before.pumpMilliseconds,
      state: .halted,
      reservoir: before.reservoir,
      rate: before.rate,
      delivered: before.delivered,
      demand: before.demand,
      alarms: []
    )
    try PageSample.add(.statusHeard(halted), to: &record)
    let row = try #require(Self.row("Pump last heard", of: Self.page(record)))
    #expect(row.contains("<b>IT GIVES NOTHING</b>"))
    #expect(row.contains("older than 24 h"))
    let spanish = try #require(
      Self.row("Última señal de la bomba", of: Self.page(record, .spanish))
    )
    #expect(spanish.contains("NO DA NADA"))
  }

  @Test
  func `open alarms and why the pump halted are on it, those that are over too (H-50)`() throws {
    var record = try Self.linked()
    try PageSample.add(
      .pumpHalted(
        PumpHalted(reason: .stalled, haltedAt: PageSample.now, pumpMilliseconds: 1)
      ),
      to: &record
    )
    for alarm in [PumpAlarm.motorStall, .overDelivery] {
      try PageSample.add(
        .alarmRaised(
          AlarmRaised(alarm: alarm, raisedAt: PageSample.now, pumpMilliseconds: 1)
        ),
        to: &record
      )
    }
    try PageSample.add(
      .alarmCleared(
        AlarmCleared(alarm: .overDelivery, clearedAt: PageSample.now, pumpMilliseconds: 2)
      ),
      to: &record
    )
    let page = Self.page(record)
    for text in [
      "GIVES NOTHING", "The motor has stalled", "Motor stall", "Over-delivery", "it ended",
    ] { #expect(page.contains(text), "\(text)") }
    let spanish = Self.page(record, .spanish)
    #expect(spanish.contains("El motor está atascado") && spanish.contains("Dio demasiado"))
  }

  @Test
  func `the dose is the pump's word only where the pump named the order of it (H-70)`() throws {
    var record = try Self.linked()
    // Linked after it was adopted: the pump is heard, and names no order of this record.
    #expect(
      try #require(Self.row("Last known", of: Self.page(record)))
        .contains(HTML.escaped("the clinic's record"))
    )
    let order = try PageSample.unwrap(OrderID(PageSample.orderID))
    let program = try #require(record.program?.program)
    try PageSample.add(
      .programApplied(ProgramApplied(order: order, program: program, pumpMilliseconds: 5)),
      to: &record
    )
    #expect(try #require(Self.row("Last known", of: Self.page(record))).contains("receipt"))
    let before = try #require(record.lastHeard)
    let named = StatusHeard(
      heardAt: PageSample.now,
      pumpMilliseconds: before.pumpMilliseconds,
      state: .running,
      reservoir: before.reservoir,
      rate: before.rate,
      delivered: before.delivered,
      demand: before.demand,
      alarms: [],
      inForce: order
    )
    try PageSample.add(.statusHeard(named), to: &record)
    #expect(
      try #require(Self.row("Last known", of: Self.page(record))).contains("by the pump itself")
    )
  }

  @Test
  func `after a transfer it says so first, with the advice and without a dose (H-70)`() throws {
    var record = try Self.linked()
    let person = try PageSample.unwrap(PersonID("ada"))
    let document = try record.transferDocument(
      to: "Clinic <North>",
      because: "moved",
      by: person,
      at: PageSample.now
    )
    try PageSample.add(.pathway(.transferred(Transferred(document: document))), to: &record)
    let page = Self.page(record)
    #expect(
      page.contains("NOT IN CARE HERE") && page.contains("Transferred to Clinic &lt;North&gt;")
    )
    for title in ["Gives in 24 h", "In the reservoir", "Last known", "Pump last heard"] {
      #expect(Self.row(title, of: page) == nil, "\(title)")
    }
    #expect(Self.row("Pump", of: page) != nil)
    #expect(page.contains("Baclofen withdrawal"))
    #expect(!page.contains("Opioid overdose"))
    // Staff can still make the card worthless.
    let head = PatientHead(record: record, context: PageSample.context()).markup(.overview).html
    #expect(head.contains("/access"))
    #expect(!head.contains("/program"))
  }

  @Test
  func `after the pump was taken out it says so first, and nothing of a pump (H-70)`() throws {
    var record = try Self.linked()
    let out = Explanted(
      reason: .infection,
      explantedAt: PageSample.now,
      emptied: nil,
      catheter: .left,
      isReturned: false,
      isCardWithdrawn: false,
      instead: "baclofen by mouth"
    )
    try PageSample.add(.pathway(.explanted(out)), to: &record)
    let page = Self.page(record)
    #expect(page.contains("The pump was taken out on 5 January 2026."))
    for title in ["Gives in 24 h", "In the reservoir", "Pump", "Where it lies"] {
      #expect(Self.row(title, of: page) == nil, "\(title)")
    }
    #expect(!page.contains("overdose"))
    #expect(Self.page(record, .spanish).contains("La bomba se retiró el 5 de enero de 2026."))
  }

  @Test
  func `where the drug is not known the advice is of every kind, one of which is right`() throws {
    for fluid in [
      nil,
      Fluid(drugs: [Fluid.Drug(name: "saline X", concentration: .init(nanogramsPerMillilitre: 1))]),
    ] {
      let advice = EmergencyAdvice(for: fluid, .english)
      #expect(advice.isOfEvery)
      #expect(advice.cards.count == Therapy.EmergencyCard.all.count)
    }
    let none = EmergencyAdvice(for: Fluid(drugs: []), .english)
    #expect(none.cards.isEmpty && !none.isOfEvery)
  }

  @Test
  func `a Spanish reader reads the drugs by their Spanish names`() throws {
    let record = try Self.linked()
    #expect(try #require(EmergencyFacts.dose(record, .spanish)).hasPrefix("baclofeno "))
    #expect(try #require(EmergencyFacts.drug(record, .spanish)).hasPrefix("baclofeno "))
    let fluid = try #require(record.reservoir?.fluid)
    let pump = try #require(record.pump)
    let program = try #require(record.program?.program)
    let day = try #require(ProgramDay(program, fluid, pump))
    #expect(day.meanDay(.spanish).hasSuffix(" baclofeno"))
    #expect(day.meanDay(.english).hasSuffix(" baclofen"))
  }
}
