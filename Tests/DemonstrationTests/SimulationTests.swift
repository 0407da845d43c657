import Foundation
import Quantities
import SimulatedClock
import Testing
import Therapy

@testable import Demonstration

/// The parts of a simulation that need no server.
struct SimulationTests {
  private actor Told {
    private(set) var lines: [String] = []
    func tell(_ line: String) { lines.append(line) }
  }

  @Test
  func `the same seed draws the same, and each patient has a stream of their own`() {
    func draw(_ seed: UInt64, _ stream: UInt64) -> [Int] {
      var chance = SimulationChance(seed: seed, stream: stream)
      return (0..<50).map { _ in chance.among(0...999) }
    }
    #expect(draw(1, 7) == draw(1, 7))
    #expect(draw(1, 7) != draw(1, 8))
    #expect(draw(1, 7) != draw(2, 7))
  }

  @Test
  func `time stands still while anyone is awake, and jumps to whoever wakes first`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "simulation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let clock = try SimulatedClockWriter(
      path: folder.appending(path: "clock").path,
      wall: 1_000,
      start: 0,
      speed: 0
    )
    let time = SimulationTime(clock, start: 0, days: 2, awake: 3, between: { _ in })
    let told = Told()
    await withTaskGroup(of: Void.self) { group in
      for (name, hours) in [("late", [30, 47]), ("early", [1, 2, 47]), ("never", [60])] {
        group.addTask {
          for hour in hours {
            guard await time.sleep(until: Int64(hour) * SimulationTime.hour) else {
              await told.tell("\(name) ends")
              break
            }
            await told.tell("\(name) \(time.now / SimulationTime.hour)")
          }
          await time.leave()
        }
      }
    }
    let lines = await told.lines
    #expect(Array(lines.prefix(3)) == ["early 1", "early 2", "late 30"])
    #expect(Set(lines[3...4]) == ["early 47", "late 47"])
    #expect(lines.last == "never ends")
    #expect(time.now == 2 * SimulationTime.day)
    #expect(try SimulatedClockFile(path: clock.path).now(wall: 5_000) == time.now)
  }

  private static let fluid: Fluid = {
    guard let strength = try? Concentration(text: "2000 ug/mL") else { return Fluid(drugs: []) }
    return Fluid(drugs: [Fluid.Drug(name: "baclofen", concentration: strength)])
  }()

  private static func linked(_ pump: String) throws -> TherapyEvent {
    .pumpLinked(
      PumpLinked(
        pump: try #require(PumpID(pump)),
        receiptKey: try #require(KeyText(String(repeating: "a", count: 64)))
      )
    )
  }

  /// 18 mL at 200 ug/d of 2000 ug/mL, so 0.1 mL/d; halved after ten days; a pause of a day.
  private static func books(_ more: [TherapyEvent] = []) throws -> SimulationBooks {
    let pump = String(repeating: "c", count: 32)
    let day: Int64 = 86_400_000
    func program(_ rate: String) -> ProgramJSON {
      ProgramJSON("{\"basal\":{\"mode\":\"constant\",\"rate\":\"\(rate)\"}}")
    }
    let events: [TherapyEvent] =
      [
        .fillRecorded(
          FillRecorded(
            volume: Volume(nanolitres: 18_000_000),
            fluid: fluid,
            filledAt: Instant(milliseconds: 0),
            lots: [],
            standing: .byHand
          )
        ),
        .programRecorded(
          ProgramRecorded(
            program: program("200 ug/d"),
            programmedAt: Instant(milliseconds: 0),
            reason: "papers"
          )
        ), try linked(pump),
        .programApplied(
          ProgramApplied(
            order: try #require(OrderID(String(repeating: "1", count: 64))),
            program: program("100 ug/d"),
            pumpMilliseconds: 10 * day
          )
        ),
        .pumpHalted(
          PumpHalted(
            reason: .mri,
            haltedAt: Instant(milliseconds: 12 * day),
            pumpMilliseconds: 12 * day
          )
        ),
        .pumpResumed(
          PumpResumed(resumedAt: Instant(milliseconds: 13 * day), pumpMilliseconds: 13 * day)
        ),
      ] + more
    return SimulationBooks(
      events.map { ($0, Instant(milliseconds: 0)) },
      of: pump,
      made: 0
    )
  }

  @Test
  func `what orders ask for is their rates by their times, less the pauses, and each dose`() throws
  {
    let day: Int64 = 86_400_000
    let books = try Self.books()
    #expect(books.filled == 18_000_000 && books.drawn == 0)
    #expect(books.asked(until: 5 * day).rounded() == 500_000)
    #expect(books.asked(until: 12 * day).rounded() == 1_100_000)
    #expect(books.asked(until: 13 * day).rounded() == 1_100_000)
    #expect(books.asked(until: 14 * day).rounded() == 1_150_000)
    let dosed = try Self.books([
      .doseRequested(DoseRequest(requestedAt: Instant(milliseconds: 11 * day), isGranted: true)),
      .doseRequested(DoseRequest(requestedAt: Instant(milliseconds: 11 * day), isGranted: false)),
    ])
    #expect(dosed.asked(until: 14 * day).rounded() == 1_160_000)
  }

  @Test
  func `a fill that is recorded twice shows in the books`() throws {
    let fill = TherapyEvent.fillRecorded(
      FillRecorded(
        volume: Volume(nanolitres: 18_000_000),
        fluid: Self.fluid,
        filledAt: Instant(milliseconds: 0),
        lots: [],
        standing: .byHand
      )
    )
    #expect(try Self.books([fill]).filled == 36_000_000)
  }

  @Test
  func `a clock that is put forward goes on from there, and never back`() {
    let anchor = ClockAnchor(wall: 1_000, simulated: 5_000, speed: 0)
    #expect(anchor.stepped(to: 9_000, at: 2_000).simulated(at: 3_000) == 9_000)
    #expect(anchor.stepped(to: 4_000, at: 2_000) == anchor)
  }
}
