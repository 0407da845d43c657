import Foundation
import PumpCore
import Quantities
import Testing

@testable import VirtualPump

/// The world's own account of what reached the body, and the script that a running pump follows.
struct TipDiaryTests {
  private static func hours(_ hours: Int64) -> PumpTime {
    PumpTime(milliseconds: hours * 3_600_000)
  }

  /// Runs a pump by the minute and keeps the diary as its host does.
  private static func diary(
    of pump: inout TestPump,
    until end: Int64,
    each step: TimeSpan = .minute
  ) -> TipDiary {
    var diary = TipDiary()
    var time = pump.now
    while time < hours(end) {
      time = min(time + step, hours(end))
      pump.advance(to: time, keeping: &diary)
    }
    return diary
  }

  @Test
  func `the diary holds what the pump counted at its tip, to the femtogram`() throws {
    var pump = try TestPump.started()
    let diary = Self.diary(of: &pump, until: 96)
    let sum = diary.quarters.reduce(0) { $0 + $1.femtograms[0] }
    #expect(sum == pump.pump.controller.sample.tipFemtograms[0])
    #expect(sum > 0)
    #expect(diary.until == Self.hours(96))
    #expect(TipDiary(text: diary.text) == diary)
    #expect(TipDiary(text: diary.text + "quarter 3") == nil)
    #expect(TipDiary(text: "quarter 3 1 0 0 0 0 0 0 -1\n") == nil)
  }

  @Test
  func `what came stands in its quarter, however late somebody looks (H-21)`() throws {
    var (often, seldom) = (try TestPump.started(), try TestPump.started())
    let exact = Self.diary(of: &often, until: 96)
    let late = Self.diary(of: &seldom, until: 96, each: TimeSpan(milliseconds: 31 * 3_600_000))
    #expect(exact.quarters.count == 8)
    #expect(late.quarters == exact.quarters)
  }

  @Test
  func
    `nothing reaches the body while the catheter is off or the reservoir has run out (H-21, H-26)`()
    throws
  {
    var pump = try TestPump.started()
    pump.add([
      ScriptedFault(at: Self.hours(54), .catheterOff(TimeSpan(milliseconds: 12 * 3_600_000))),
      ScriptedFault(at: Self.hours(72), .leak(Volume(nanolitres: 25_000_000))),
    ])
    let diary = Self.diary(of: &pump, until: 96)
    let numbers = diary.quarters.map(\.number)
    #expect(numbers.contains(8) && numbers.contains(11))
    #expect(!numbers.contains(9) && !numbers.contains(10), "54 to 66 h: off")
    #expect(numbers.allSatisfy { $0 < 12 }, "from 72 h on it is dry")
    #expect(pump.syringe == Volume(nanolitres: 0))
    #expect(pump.pump.controller.sample.tipFemtograms[0] > 0, "and the pump counts on")
    #expect(!pump.takeLog().contains { $0.text.hasPrefix("ALARM") })
  }

  @Test
  func `lines that are added while it runs are taken once, and a bad one is told with its number`()
    throws
  {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-faults-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func add(_ text: String) throws {
      let old = FileManager.default.contents(atPath: path) ?? Data()
      try (old + Data(text.utf8)).write(to: URL(fileURLWithPath: path))
    }
    try add("# a remark\n{\"at\":\"now\",\"fault\":\"clockStep\"}\n")
    var script = try FollowedScript(path)
    let now = Self.hours(5)
    #expect(try script.added(at: now).isEmpty, "what was there at the start was read then")
    try add("{\"at\":\"now\",\"fault\":\"stall\",\"for\":\"2 h\"}")
    #expect(try script.added(at: now).isEmpty, "half a line")
    try add("\n{\"at\":\"9 h\",\"fault\":\"leak\",\"volume\":\"1 mL\"}\n")
    let expected = [
      ScriptedFault(at: now, .stall(TimeSpan(milliseconds: 7_200_000))),
      ScriptedFault(at: Self.hours(9), .leak(Volume(nanolitres: 1_000_000))),
    ]
    #expect(try script.added(at: now) == expected)
    #expect(try script.added(at: now).isEmpty)
    try add("{\"at\":\"now\",\"fault\":\"leak\",\"volume\":\"0 mL\"}\n")
    let error = #expect(throws: FaultScriptError.self) { _ = try script.added(at: now) }
    #expect(error?.line == 5)
    #expect(error?.what.contains("a volume above 0") == true)
    #expect(try script.added(at: now).isEmpty, "a bad line is left behind")
  }
}
