import Formulary
import Quantities
import Therapy

/// Orders, by whom and when they must not be.
extension RefusalRow {
  static let orders: [RefusalRow] = [
    RefusalRow(
      name: "an order for a pump that does not speak",
      code: .notKnown,
      field: "order",
      command: .draftOrder(Sample.draft(1))
    ),
    RefusalRow(
      name: "an order without a reason",
      code: .value,
      field: "reason",
      command: .draftOrder(draft(1, reason: "")),
      isLinked: true
    ),
    RefusalRow(
      name: "an order on another basis",
      code: .outOfDate,
      field: "basis",
      command: .draftOrder(Sample.draft(1, basis: Sample.order(7))),
      isLinked: true
    ),
    RefusalRow(
      name: "an order valid for 8 days",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, until: now + 8 * .day)),
      isLinked: true
    ),
    RefusalRow(
      name: "an order that has expired",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, until: now)),
      isLinked: true
    ),
    RefusalRow(
      name: "a bolus valid for an hour",
      code: .limit,
      field: "notAfterAt",
      command: .draftOrder(draft(1, act: .clinicianBolus, until: later)),
      isLinked: true
    ),
    RefusalRow(
      name: "a bolus from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .clinicianBolus, way: .remote)),
      isLinked: true
    ),
    RefusalRow(
      name: "a suspension from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .suspend, way: .remote)),
      isLinked: true
    ),
    RefusalRow(
      name: "a refill from afar",
      code: .limit,
      field: "way",
      command: .draftOrder(Sample.draft(1, act: .refillSame, way: .remote)),
      isLinked: true
    ),
    RefusalRow(
      name: "an increase called a program",
      code: .mismatch,
      field: "act",
      command: .draftOrder(Sample.draft(1, program: Sample.program(dose: "310 ug/d"))),
      isLinked: true
    ),
    RefusalRow(
      name: "a decrease called an increase",
      code: .mismatch,
      field: "act",
      command: .draftOrder(Sample.draft(1, act: .programIncrease)),
      isLinked: true
    ),
    RefusalRow(
      name: "a program order without a program",
      code: .value,
      field: "program",
      command: .draftOrder(Sample.draft(1, program: nil)),
      isLinked: true
    ),
    RefusalRow(
      name: "a refill order without a refill",
      code: .outOfOrder,
      field: "act",
      command: .draftOrder(Sample.draft(1, act: .refillSame)),
      isLinked: true
    ),
    RefusalRow(
      name: "signing an order that is not there",
      code: .unknown,
      field: "order",
      command: .signOrder(Sample.order(5), Sample.signature),
      isLinked: true
    ),
    RefusalRow(
      name: "queueing an order that is not there",
      code: .unknown,
      field: "order",
      command: .queueOrder(Sample.order(5)),
      isLinked: true
    ),
    RefusalRow(
      name: "a receipt of an order that is not there",
      code: .unknown,
      field: "order",
      command: .takeReceipt(Sample.answer(5)),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "withdrawing what is not there",
      code: .unknown,
      field: "order",
      command: .withdrawOrder(OrderWithdrawn(order: Sample.order(5), reason: "x")),
      isLinked: true
    ),
    RefusalRow(
      name: "a nurse who writes a receipt",
      code: .role,
      field: "",
      command: .takeReceipt(Sample.answer(5)),
      author: Sample.nurse,
      isLinked: true
    ),
    RefusalRow(
      name: "a server that drafts",
      code: .role,
      field: "",
      command: .draftOrder(Sample.draft(1)),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a server that signs",
      code: .role,
      field: "",
      command: .signOrder(Sample.order(1), Sample.signature),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a patient who signs",
      code: .role,
      field: "",
      command: .signOrder(Sample.order(1), Sample.signature),
      author: Sample.patient,
      isLinked: true
    ),
  ]
}
