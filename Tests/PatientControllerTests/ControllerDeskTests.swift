import PumpCore
import PumpLink
import Quantities
import Testing

@testable import PatientController
@testable import VirtualPump

/// The patient's own controller with a real pump at the other end.
struct ControllerDeskTests {
  @Test
  func `a dose is given once, and the pump says when the next is possible (SR-011)`() async throws {
    let pump = try PatientsPump()
    let desk = pump.desk()
    let asked = await pump.now
    guard case .dose(let next?) = await desk.request(.patientDose) else {
      Issue.record("no dose")
      return
    }
    #expect(next == asked + 3 * .hour)
    #expect(await pump.dosesGiven == 1)
    #expect(await desk.look().nextDose == next)
    let refused = await desk.request(.patientDose)
    guard case .refused(let why, _) = refused else {
      Issue.record("\(refused)")
      return
    }
    #expect(why.reason == .bolus)
    // The first one may still run: then that is the reason, and no time is told.
    #expect(await pump.dosesGiven == 1)
    await pump.pass(10 * .minute)
    guard case .refused(let later, _) = await desk.request(.patientDose) else {
      Issue.record("not refused")
      return
    }
    #expect(BolusRefusal(rawValue: later.detail) == .lockout)
    #expect(later.limit == next.milliseconds)
    await pump.pass(3 * .hour)
    guard case .dose = await desk.request(.patientDose) else {
      Issue.record("not given after the lockout")
      return
    }
    #expect(await pump.dosesGiven == 2)
  }

  @Test
  func `where the doses of 24 h are used up the pump says until when (SR-011, H-58)`() async throws
  {
    let pump = try PatientsPump(dose: PatientsPump.dose(lockout: .hour, most: 2))
    let desk = pump.desk()
    let first = await pump.now
    for _ in 0..<2 {
      guard case .dose(let next?) = await desk.request(.patientDose) else {
        Issue.record("no dose")
        return
      }
      if await pump.dosesGiven == 2 { #expect(next == first + .day) }
      await pump.pass(2 * .hour)
    }
    guard case .refused(let why, _) = await desk.request(.patientDose) else {
      Issue.record("a third one")
      return
    }
    #expect(BolusRefusal(rawValue: why.detail) == .dailyMaximum)
    #expect(why.limit == (first + .day).milliseconds)
    await pump.pass(19 * .hour + 59 * .minute)
    guard case .refused = await desk.request(.patientDose) else {
      Issue.record("given a minute too early")
      return
    }
    await pump.pass(2 * .minute)
    guard case .dose = await desk.request(.patientDose) else {
      Issue.record("not given when the pump had said so")
      return
    }
  }

  @Test
  func `an answer that is lost is unknown, and asking again gives one dose (SR-101, H-69)`()
    async throws
  {
    let pump = try PatientsPump()
    let desk = pump.desk()
    await pump.set(.losesAnswers)
    #expect(await desk.request(.patientDose) == .unknown)
    #expect(await desk.look().hasOpen)
    // Another press of the button makes no second request.
    #expect(await desk.request(.patientDose) == .unknown)
    #expect(await pump.dosesGiven == 1)
    await pump.set(.whole)
    guard case .dose = await desk.bringAgain() else {
      Issue.record("not told of the dose that was given")
      return
    }
    #expect(await pump.dosesGiven == 1)
    #expect(await desk.look().hasOpen == false)
  }

  @Test
  func `a request that nobody heard of for two minutes is told so, and is not sent again`()
    async throws
  {
    let clock = Seconds()
    let pump = try PatientsPump()
    let desk = pump.desk(clock)
    await pump.set(.losesAnswers)
    #expect(await desk.request(.patientDose) == .unknown)
    clock.pass(121)
    let look = await desk.look()
    #expect(!look.hasOpen && look.wasOpen)
    #expect(await desk.bringAgain() == .unknown)
    #expect(await pump.dosesGiven == 1)
  }

  @Test
  func `a receipt that the pump did not sign is no word of its own (SR-114, H-63)`() async throws {
    let pump = try PatientsPump()
    let desk = pump.desk()
    await pump.set(.lies)
    #expect(await desk.request(.patientDose) == .unknown)
    #expect(await desk.look().nextDose == nil)
  }

  @Test
  func `where the pump is not reached nothing is sent`() async throws {
    let pump = try PatientsPump()
    let desk = pump.desk()
    await pump.set(.dead)
    #expect(await desk.request(.patientDose) == .notReached)
    #expect(await desk.look().isSilent)
    await pump.set(.whole)
    #expect(await pump.dosesGiven == 0)
    #expect(await desk.look().hasOpen == false)
  }

  @Test
  func `the patient stops an increase that waits, and the old program goes on (SR-107)`()
    async throws
  {
    let pump = try PatientsPump()
    let desk = pump.desk()
    let before = await pump.rate
    try await pump.raise(to: 540_000)
    #expect(await pump.isPending)
    let hash = try #require(await desk.look().status?.pending?.hash)
    #expect(await desk.request(.cancelPending(hash)) == .changeStopped)
    #expect(await pump.isPending == false)
    await pump.pass(.day)
    #expect(await pump.rate == before)
    guard case .refused(let why, _) = await desk.request(.cancelPending(hash)) else {
      Issue.record("stopped twice")
      return
    }
    #expect(why.reason == .notFound)
  }

  @Test
  func
    `a stop never waits for a dose of unknown outcome and never brings that dose (SR-107, H-69)`()
    async throws
  {
    let pump = try PatientsPump()
    let desk = pump.desk()
    let before = await pump.rate
    try await pump.raise(to: 540_000)
    let hash = try #require(await desk.look().status?.pending?.hash)
    // The dose is signed and sent, and the pump never hears of it.
    await pump.set(.losesRequests)
    #expect(await desk.request(.patientDose) == .unknown)
    #expect(await desk.look().hasOpen)
    await pump.set(.whole)
    #expect(await desk.request(.cancelPending(hash)) == .changeStopped)
    #expect(await pump.dosesGiven == 0)
    #expect(await pump.isPending == false)
    // What became of the dose stays unknown and is said so; it is not brought again.
    let look = await desk.look()
    #expect(!look.hasOpen && look.wasOpen)
    _ = await desk.bringAgain()
    #expect(await pump.dosesGiven == 0)
    await pump.pass(.day)
    #expect(await pump.rate == before)
  }

  @Test
  func `a stop of the dose whose answer was lost stops it, and asks for none (SR-107, H-69)`()
    async throws
  {
    let pump = try PatientsPump()
    let desk = pump.desk()
    await pump.set(.losesAnswers)
    #expect(await desk.request(.patientDose) == .unknown)
    #expect(await pump.isBolusRunning)
    await pump.set(.whole)
    #expect(await desk.request(.cancelBolus) == .bolusStopped)
    #expect(await pump.dosesGiven == 1)
    #expect(await pump.isBolusRunning == false)
  }

  @Test
  func `a stop of unknown outcome is itself asked about again, and no dose is asked for meanwhile`()
    async throws
  {
    let pump = try PatientsPump()
    let desk = pump.desk()
    try await pump.raise(to: 540_000)
    let hash = try #require(await desk.look().status?.pending?.hash)
    await pump.set(.losesAnswers)
    #expect(await desk.request(.cancelPending(hash)) == .unknown)
    await pump.set(.whole)
    #expect(await desk.request(.patientDose) == .changeStopped)
    #expect(await pump.dosesGiven == 0)
  }

  @Test
  func `the same request through the clinic's own session is refused (H-62)`() async throws {
    let pump = try PatientsPump()
    var request = Request()
    (request.pump, request.nonce) = (PatientsPump.id, Bytes16(repeating: 3))
    request.notBefore = await pump.now
    request.notAfter = request.notBefore + 2 * .minute
    request.content = .patientDose
    request.signature =
      request.signature(by: PatientsPump.patientSeed, PatientsPump.crypto) ?? KeySignature()
    let bytes = try #require(request.encoded)
    let reply = await pump.ask(.request(CertificatePair(), bytes), as: .clinicServer)
    guard case .success(.receipt(let receipt)) = reply else {
      Issue.record("no receipt")
      return
    }
    #expect(receipt.outcome == .refused)
    #expect(receipt.refusal.reason == .way)
    #expect(await pump.dosesGiven == 0)
  }
}
