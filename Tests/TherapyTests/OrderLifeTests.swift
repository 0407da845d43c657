import Quantities
import Testing
import Therapy

/// An order's life: what ends it, and what never does.
struct OrderLifeTests {
  private func sent() throws -> Journey {
    var journey = try Journey.adopted(linked: true)
    try journey.give(.draftOrder(Sample.draft(1)))
    try journey.give(.signOrder(Sample.order(1), Sample.signature))
    try journey.give(.queueOrder(Sample.order(1)))
    try journey.give(.markSent(Sample.order(1)), by: Sample.server)
    return journey
  }

  @Test
  func `only a receipt says that an order is applied, with its program (SR-101)`() throws {
    var journey = try sent()
    #expect(journey.record.program?.standing == .byHand)
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.state == .applied)
    #expect(journey.record.program?.standing == .receipt)
    #expect(journey.record.program?.order == Sample.order(1))
    #expect(journey.record.orderInForce == Sample.order(1))
  }

  @Test(arguments: [1, 3, 24, 24 * 365 * 20])
  func `an order without a receipt stays unknown however long it takes (SR-101)`(
    hours: Int64
  ) throws {
    var journey = try sent()
    let life = try #require(journey.record.order(Sample.order(1)))
    #expect(life.standing(at: journey.now, wait: 2 * .minute) == .sent)
    journey.now = journey.now + hours * .hour
    #expect(life.standing(at: journey.now, wait: 2 * .minute) == .unknown)
    let lapse = journey.refusal(.lapseOrder(Sample.order(1)), by: Sample.server)
    #expect(lapse?.code == .orderState)
    let withdraw = OrderWithdrawn(order: Sample.order(1), reason: "too late")
    #expect(journey.refusal(.withdrawOrder(withdraw))?.code == .orderState)
    // Asking again sends the same bytes, leaves no event, and a receipt still ends it.
    try journey.give(.markSent(Sample.order(1)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.isInFlight == true)
    try journey.give(.takeReceipt(Sample.answer(1, .refused)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.state == .refused)
  }

  @Test
  func `one order of a pump is in flight at a time`() throws {
    var journey = try sent()
    try journey.give(.draftOrder(Sample.draft(2)))
    try journey.give(.signOrder(Sample.order(2), Sample.signature))
    #expect(journey.refusal(.queueOrder(Sample.order(2)))?.code == .inFlight)
    try journey.give(.takeReceipt(Sample.answer(1, .refused)), by: Sample.server)
    #expect(journey.refusal(.queueOrder(Sample.order(2))) == nil)
  }

  @Test
  func `a remote increase needs two prescribers, and no nurse counts as one (SR-100)`() throws {
    var journey = try Journey.adopted(linked: true)
    let draft = Sample.draft(
      1,
      act: .programIncrease,
      way: .remote,
      program: Sample.program(dose: "310 ug/d")
    )
    try journey.give(.draftOrder(draft))
    let id = Sample.order(1)
    #expect(journey.refusal(.signOrder(id, Sample.signature), by: Sample.nurse)?.code == .role)
    try journey.give(.signOrder(id, Sample.signature))
    #expect(journey.record.order(id)?.state == .drafted)
    #expect(journey.refusal(.queueOrder(id))?.code == .orderState)
    #expect(journey.refusal(.signOrder(id, Sample.signature))?.code == .samePerson)
    #expect(journey.refusal(.signOrder(id, Sample.signature), by: Sample.nurse)?.code == .role)
    try journey.give(.signOrder(id, Sample.signature), by: Sample.second)
    #expect(journey.record.order(id)?.state == .signed)
  }

  @Test
  func `an order is out of date as soon as another is in force`() throws {
    var journey = try sent()
    try journey.give(.draftOrder(Sample.draft(2)))
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    let sign = journey.refusal(.signOrder(Sample.order(2), Sample.signature))
    #expect(sign?.code == .outOfDate)
    #expect(journey.refusal(.draftOrder(Sample.draft(3)))?.code == .outOfDate)
    let current = Sample.draft(3, basis: Sample.order(1), program: Sample.program(dose: "280 ug/d"))
    #expect(journey.refusal(.draftOrder(current)) == nil)
  }

  @Test
  func `a pending increase is not in flight, and its end comes by receipt`() throws {
    var journey = try sent()
    try journey.give(.takeReceipt(Sample.answer(1, .pending)), by: Sample.server)
    #expect(journey.record.orderInFlight == nil)
    #expect(journey.record.program?.standing == .byHand)
    let again = journey.refusal(
      .takeReceipt(
        OrderAnswer(
          order: Sample.order(1),
          outcome: .pending,
          pumpMilliseconds: 2_000,
          pendingUntilMilliseconds: 9,
          receipt: Sample.bytes
        )
      ),
      by: Sample.server
    )
    #expect(again?.code == .orderState)
    try journey.give(.takeReceipt(Sample.answer(1, .cancelled)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.state == .cancelled)
  }

  @Test
  func `the same receipt twice leaves nothing, another one for an ended order is refused (SR-102)`()
    throws
  {
    var journey = try sent()
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    let position = journey.record.position
    try journey.give(.takeReceipt(Sample.answer(1)), by: Sample.server)
    #expect(journey.record.position == position)
    let other = journey.refusal(.takeReceipt(Sample.answer(1, .refused)), by: Sample.server)
    #expect(other?.code == .orderState)
  }

  @Test
  func `what was never sent lapses after its validity, not before`() throws {
    var journey = try Journey.adopted(linked: true)
    try journey.give(.draftOrder(Sample.draft(1)))
    #expect(journey.refusal(.lapseOrder(Sample.order(1)), by: Sample.server)?.code == .orderState)
    journey.now = journey.now + 3 * .day
    let sign = journey.refusal(.signOrder(Sample.order(1), Sample.signature))
    #expect(sign?.code == .orderState)
    try journey.give(.lapseOrder(Sample.order(1)), by: Sample.server)
    #expect(journey.record.order(Sample.order(1))?.state == .lapsed)
  }
}
