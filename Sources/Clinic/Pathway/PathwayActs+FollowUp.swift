import Therapy

extension PathwayActs {
  private struct Planned: Decodable {
    let kind: VisitKind
    let on: Day
    let purpose: String
  }

  private static let visit = ActField(
    "visit",
    "Visit",
    .name,
    hint: "Its name, as in the list above."
  )

  private static let hasVisitAhead: @Sendable (PatientRecord) -> Bool = {
    $0.visits.contains { $0.standing == .planned }
  }

  static let visits: [PathwayAct] = [
    PathwayAct(
      "visit",
      .visits,
      "Plan a visit",
      "Plan the visit",
      audit: "planned a visit",
      by: [.physician, .nurse, .administrator],
      at: [.therapy],
      [
        ActField(
          "kind",
          "Kind",
          .choice([("", "Choose"), ("clinic", "in the clinic"), ("telephone", "by telephone")])
        ),
        ActField("on", "On", .day),
        ActField("purpose", "For what", .words),
      ]
    ) { (body: Planned) in [.planVisit(body.kind, on: body.on, purpose: body.purpose)] },
    PathwayAct(
      "visit-held",
      .visits,
      "A visit took place",
      "Record the visit",
      audit: "recorded a visit",
      at: [.therapy],
      [visit, ActField("on", "On", .day, preset: today), ActField("done", "What was done", .words)]
    ) { (body: VisitHeld) in [.holdVisit(body)] }
    .offered(where: hasVisitAhead),
    PathwayAct(
      "visit-moved",
      .visits,
      "Move a visit",
      "Move the visit",
      audit: "moved a visit",
      by: [.physician, .nurse, .administrator],
      at: [.therapy],
      [visit, ActField("to", "To", .day), ActField("reason", "Why", .words)]
    ) { (body: VisitMoved) in [.moveVisit(body)] }
    .offered(where: hasVisitAhead),
    PathwayAct(
      "visit-missed",
      .visits,
      "A visit was missed",
      "Record it",
      audit: "recorded a missed visit",
      by: [.physician, .nurse, .administrator],
      at: [.therapy],
      [
        visit, ActField("reason", "Why", .words),
        ActField("next", "Held instead on", .day, isRequired: false),
      ]
    ) { (body: VisitMissed) in [.missVisit(body)] }
    .offered(where: hasVisitAhead),
    PathwayAct(
      "call",
      .visits,
      "A call after a change from afar",
      "Record the call",
      audit: "recorded a call after a remote change",
      at: [.therapy],
      [
        ActField(
          "order",
          "Order",
          .name,
          hint: "Its 64 digits; that of the call that is due stands there.",
          preset: { record, _ in record.remoteCallsDue.first?.order.text ?? "" }
        ),
        ActField("calledAt", "Called at", .instant, preset: now),
        ActField("isReached", "Somebody was reached", .answer),
        ActField("note", "How the patient is", .words),
      ]
    ) { (body: RemoteCall) in [.recordCall(body)] }
    .offered { !$0.remoteCallsDue.isEmpty },
  ]

  private struct Destination: Decodable {
    let to: String
    let reason: String
    let unanswered: String?
  }

  static let end: [PathwayAct] = [
    PathwayAct(
      "replacement",
      .end,
      "Plan the replacement of the pump",
      "Plan the replacement",
      audit: "planned a replacement",
      by: [.physician],
      at: [.therapy],
      [
        ActField("on", "On", .day),
        .choice(
          "because",
          "Because",
          { (word: ReplacementReason) in NameWords.spaced(word.rawValue) }
        ),
        ActField("note", "Note", .words, isRequired: false),
      ]
    ) { (body: ReplacementPlanned) in [.planReplacement(body)] },
    PathwayAct(
      "weaning",
      .end,
      "Wean off the drug",
      "Plan the weaning",
      audit: "planned a weaning",
      by: [.physician],
      at: [.therapy],
      [
        ActField("drug", "Drug", .choice(drugs)),
        ActField(
          "steps",
          "Steps",
          .rows(
            [
              ActField("on", "From", .day),
              ActField("dose", "Dose of a day", .quantity(["ug/d", "mg/d"])),
            ],
            6
          )
        ),
        ActField("instead", "What is given instead, or that nothing is", .words),
      ]
    ) { (body: WeaningPlan) in [.planWeaning(body)] },
    PathwayAct(
      "explanted",
      .end,
      "The pump was taken out",
      "Record the explant",
      audit: "recorded an explant",
      by: [.physician],
      at: [.therapy],
      needsVersion: true,
      [
        .choice("reason", "Reason", { (word: ExplantReason) in word.words }),
        ActField("note", "Note", .words, isRequired: false),
        ActField("explantedAt", "At", .instant, preset: now),
        ActField(
          "emptied",
          "Drawn out of the reservoir",
          .quantity(["mL"]),
          hint: "Left empty where it was not emptied.",
          isRequired: false
        ),
        .choice("catheter", "Catheter", { (word: CatheterEnd) in word.rawValue }),
        ActField("isReturned", "Returned to the maker", .answer),
        ActField("isCardWithdrawn", "Implant card withdrawn", .answer),
        ActField("instead", "What the patient gets instead, or that nothing is needed", .words),
        ActField(
          "emergency",
          "Why a drug that must not stop at once does",
          .words,
          hint: "Only where it was not weaned.",
          isRequired: false
        ),
        ActField("unanswered", "Why an order stays without its receipt", .words, isRequired: false),
      ]
    ) { (body: Explanted) in [.explant(body)] },
    PathwayAct(
      "transfer",
      .end,
      "Transfer to another clinic",
      "Transfer the patient",
      audit: "transferred a patient",
      by: [.physician],
      at: [.therapy],
      needsVersion: true,
      [
        ActField("to", "To", .name), ActField("reason", "Why", .words),
        ActField("unanswered", "Why an order stays without its receipt", .words, isRequired: false),
      ]
    ) { (body: Destination) in
      [.transfer(to: body.to, reason: body.reason, unanswered: body.unanswered)]
    },
    PathwayAct(
      "death",
      .end,
      "The patient died",
      "Record the death",
      audit: "recorded a death",
      by: [.physician],
      at: [.evaluation, .trial, .implant, .therapy, .ended],
      needsVersion: true,
      [
        ActField("on", "On", .day, preset: today),
        ActField("cause", "Cause, where it is known", .words, isRequired: false),
        .choice("pump", "The pump", { (word: PumpAfterDeath) in NameWords.spaced(word.rawValue) }),
        ActField("unanswered", "Why an order stays without its receipt", .words, isRequired: false),
      ]
    ) { (body: Died) in [.recordDeath(body)] },
  ]
}
