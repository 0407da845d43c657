import Formulary
import Foundation
import JSONText
import PumpTesting
import Testing

struct RefillTests {
  private struct Order {
    let fill: Given
    let concentration: Given
    let reserve: Given
    let basal: PaperBasal
    let patientDose: PaperPatientDose?
    let stability: [Given]
    let filledAt: String
    let endOfService: String?

    init(_ seeded: inout Seeded) {
      fill = Given(5...20, "mL", &seeded)
      concentration = .concentration(&seeded)
      reserve = Given(0...4, "mL", &seeded)
      basal = PaperBasal(concentration: concentration, &seeded)
      patientDose = seeded.once(in: 2) ? PaperPatientDose(concentration, &seeded) : nil
      stability = seeded.once(in: 2) ? [Given(7...180, "d", &seeded)] : []
      let day =
        "20\(seeded.pick(20...79))-\(String(100 + seeded.pick(1...12)).suffix(2))-"
        + String(100 + seeded.pick(1...28)).suffix(2)
      let time =
        "\(String(100 + seeded.pick(0...23)).suffix(2)):\(String(100 + seeded.pick(0...59)).suffix(2)):07"
      filledAt = seeded.once(in: 3) ? day : "\(day)T\(time)"
      endOfService = seeded.once(in: 3) ? "2080-02-28" : nil
    }

    var json: String {
      var text =
        #"{"fill":{"volume":"\#(fill.text)","drugs":[{"drug":"alpha","concentration":"#
        + #""\#(concentration.text)"}]},"reserve":"\#(reserve.text)","basal":\#(basal.json),"#
        + #""filledAt":"\#(filledAt)","pump":{"capacity":"20 mL","minimumRate":"0.048 mL/d","#
        + #""maximumRate":"24 mL/d","tubing":"0.14 mL"}"#
      if let patientDose { text += #","patientDose":\#(patientDose.json)"# }
      if let span = stability.first { text += #","stability":["\#(span.text)"]"# }
      if let endOfService { text += #","endOfService":"\#(endOfService)""# }
      return text + "}"
    }

    /// The date after so many ms, by the calendar of Foundation, rounded down to what is shown.
    func date(after milliseconds: Share) -> String? {
      let format = Date.ISO8601FormatStyle(timeZone: .gmt)
      let isDay = filledAt.count == 10
      guard let start = try? format.parse(isDay ? "\(filledAt)T00:00:00Z" : "\(filledAt)Z") else {
        return nil
      }
      let seconds = Double((milliseconds / Share(1_000)).floor.description) ?? .nan
      let text = (start + seconds).formatted(format)
      return String(isDay ? text.prefix(10) : text.dropLast())
    }
  }

  @Test
  func `four hundred refills are those of a calendar and of minutes counted one by one (H-08)`() {
    let campaign = Campaign(name: "refill", seed: 0x8EF111, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let order = Order(&seeded)
      do {
        return Self.difference(try Answer(.refill, order.json), order)
          .map { "\(order.json): \($0)" }
      } catch {
        return "\(order.json): \(error)"
      }
    }
    #expect(failure == nil)
  }

  private static func difference(_ answer: Answer, _ order: Order) -> String? {
    let day = Share(86_400_000)
    let room = order.fill.stored - order.reserve.stored
    var most = order.basal.average
    if let dose = order.patientDose { most = most + dose.volume * dose.perDay }
    let expected = room / order.basal.average * day
    let earliest = room / most * day
    let low = order.date(after: earliest)
    var due = (because: "lowReservoir", date: low ?? "9")
    if let span = order.stability.first, let date = order.date(after: span.stored), date < due.date
    {
      due = ("stability", date)
    }
    if let end = order.endOfService, end < due.date { due = ("endOfService", end) }
    return answer.difference([
      ("expectedInterval", .quantity(expected, "d")),
      ("earliestInterval", .quantity(earliest, "d")),
      ("lowDate", .text(order.date(after: expected))),
      ("emptyDate", .text(order.date(after: order.fill.stored / order.basal.average * day))),
      ("dueDate", .text(due.date)), ("dueBecause", .text(due.because)),
    ]) ?? laws(answer)
  }

  /// The earliest is not after the expected one, and the due date not after any candidate.
  private static func laws(_ answer: Answer) -> String? {
    guard let earliest = answer.number("earliestInterval.value"),
      let expected = answer.number("expectedInterval.value"), earliest <= expected
    else { return "earliest after expected" }
    let names = ["lowReservoir", "stability", "endOfService"]
    let candidates = names.compactMap { answer.text("candidates.\($0)") }
    guard let due = answer.text("dueDate"), candidates.contains(due),
      candidates.allSatisfy({ due.prefix(10) <= $0.prefix(10) })
    else { return "due after a candidate" }
    return nil
  }

  @Test
  func `a pump that gives nothing has no refill date by itself`() throws {
    let answer = try Answer(
      .refill,
      """
      {"fill":"20 mL","reserve":"2 mL","basal":{"mode":"stopped"},"filledAt":"2026-01-05",
       "stability":[90],"pump":"SynchroMed II"}
      """
    )
    #expect(answer["expectedInterval"] == .null)
    #expect(answer.text("dueDate") == "2026-04-05")
    #expect(answer.text("dueBecause") == "stability")
  }

  @Test(
    "a date keeps its form and its zone",
    arguments: [
      ("2026-01-05", "2026-05-05"), ("2026-01-05T08:30", "2026-05-05T08:30"),
      ("2026-01-05T08:30:15Z", "2026-05-05T08:30:15Z"),
      ("2026-01-05T08:30:15+01:00", "2026-05-05T08:30:15+01:00"),
    ]
  )
  func forms(filledAt: String, low: String) throws {
    let answer = try Answer(
      .refill,
      """
      {"fill":"20 mL","reserve":"2 mL","basal":"0.15 mL/d","filledAt":"\(filledAt)",
       "pump":"SynchroMed II"}
      """
    )
    #expect(answer.text("lowDate") == low)
  }
}
