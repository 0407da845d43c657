import JSONText
import OrderText
import PumpCore
import PumpLink
import PumpScenario
import Quantities
import Signer
import VirtualPump

/// A pump's status in words, each value with its unit and its age (SR-114).
struct StatusText {
  let status: PumpStatus
  let isSummary: Bool
  /// How long ago the pump has said so, in whole seconds of this computer.
  var secondsOld: Int64 = 0

  private func reading(_ figure: StatusFigure) -> Int64 { status[figure].value }

  var state: String {
    guard let state = PumpState(rawValue: UInt8(clamping: reading(.state))) else {
      return "unknown"
    }
    switch state {
    case .off: return "off"
    case .halted: return "HALTED: \(list(HaltReason.allCases, .halts) { $0.words })"
    case .safe: return "SAFE RATE: \(list(SafeReason.allCases, .safeReasons) { $0.words })"
    case .priming: return "priming"
    case .bridging: return "bridging"
    case .running: return "running"
    }
  }

  var alarms: String {
    let latched = list(Alarm.allCases, .alarms) { $0.words }
    let held = list(Alarm.allCases, .alarmConditions) { $0.words }
    if latched.isEmpty { return "none" }
    return held.isEmpty ? latched : "\(latched); still true: \(held)"
  }

  private func list<Item: RawRepresentable<UInt8>>(
    _ items: [Item],
    _ figure: StatusFigure,
    _ words: (Item) -> String
  ) -> String {
    items.filter { reading(figure) >> Int64($0.rawValue) & 1 == 1 }.map(words)
      .joined(separator: ", ")
  }

  var lines: [String] {
    let time = status[.demand].time
    var rows: [(String, String, PumpTime?)] = [
      ("state", state, status[.state].time),
      ("rate", FlowRate(nanolitresPerDay: reading(.rate)).text, status[.rate].time),
      ("delivered", Volume(nanolitres: reading(.delivered)).text, status[.delivered].time),
      ("demand", Volume(nanolitres: reading(.demand)).text, status[.demand].time),
      ("reservoir", Volume(nanolitres: reading(.reservoir)).text, status[.reservoir].time),
      ("alarms", alarms, status[.alarms].time),
    ]
    for place in 0..<status.tip.count {
      let (drug, amount) = status.tip[place]
      rows.append(
        ("at the tip", "\(DrugNumber.name(of: drug)) \(Mass(femtograms: amount).text)", time)
      )
    }
    let mixture = status.inForce.mixture
    for place in 0..<mixture.count {
      let (drug, concentration) = mixture[place]
      let text = Concentration(nanogramsPerMillilitre: concentration).text
      rows.append(("in the reservoir", "\(DrugNumber.name(of: drug)) \(text)", time))
    }
    rows.append(("planned in 24 h", status.inForce.plannedVolume.text, time))
    rows.append(("safe rate", status.inForce.safeRate.text, time))
    rows.append(
      (
        "order in force", "\(short(status.inForce.order)), sequence \(status.inForce.sequence)",
        time
      )
    )
    if let pending = status.pending {
      rows.append(
        (
          "PENDING", "\(short(pending.hash)) until \(PumpHost.text(pending.until.milliseconds))",
          time
        )
      )
    }
    if let bedside = status.lastBedside {
      rows.append(("last bedside", PumpHost.text(bedside.milliseconds), time))
    }
    let local = LocalTime(milliseconds: reading(.local))
    rows.append(("its clock", "\(local.text), pump time \(PumpHost.text(time.milliseconds))", time))
    return rows.map { name, text, at in
      "\(padded(name, 17))\(padded(text, 46))\(at.map { age(of: $0, now: time) } ?? "")"
    }
  }

  private func age(of instant: PumpTime, now: PumpTime) -> String {
    "\((now - instant).milliseconds / 1_000 + secondsOld) s old"
  }

  private func short(_ hash: Bytes32) -> String {
    hash == Bytes32() ? "none" : String(Hexadecimal.text(hash.array).prefix(16))
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text.count < width ? text + String(repeating: " ", count: width - text.count) : text + " "
  }

  /// All of it in stored units, for programs.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    let names: [(StatusFigure, String)] = [
      (.demand, "demand_nl"), (.delivered, "delivered_nl"), (.reservoir, "reservoir_nl"),
      (.rate, "rate_nl_per_d"), (.local, "local_ms"),
    ]
    for (figure, name) in names {
      writer.key(name)
      writer.beginObject()
      writer.key("value")
      writer.integer(reading(figure))
      writer.key("pump_time_ms")
      writer.integer(status[figure].time.milliseconds)
      writer.endObject()
    }
    for (name, text) in [
      ("state", state), ("alarms", alarms),
      ("order_in_force", Hexadecimal.text(status.inForce.order.array)),
      ("program", Hexadecimal.text(status.inForce.program.array)),
    ] {
      writer.key(name)
      writer.string(text)
    }
    writer.key("sequence")
    writer.integer(Int64(clamping: status.inForce.sequence))
    writer.key("age_s")
    writer.integer(secondsOld)
    writer.key("at_tip_fg")
    writer.beginObject()
    for place in 0..<status.tip.count {
      writer.key("rxnorm_\(status.tip[place].drug)")
      writer.integer(status.tip[place].amount)
    }
    writer.endObject()
    writer.key("pending_until_ms")
    if let pending = status.pending {
      writer.integer(pending.until.milliseconds)
    } else {
      writer.null()
    }
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension StatusText {
  init?(_ reply: LinkReply) {
    switch reply {
    case .status(let status): self.init(status: status, isSummary: false)
    case .summary(let status): self.init(status: status, isSummary: true)
    default: return nil
    }
  }
}
