import PumpCore
import PumpLink
public import Quantities

extension VirtualPump {
  /// How far a step goes while a body listens, so that it is told in time.
  static var bodyStep: TimeSpan { .minute }

  /// Goes on to an instant of pump time; needs no network and waits for none (SR-104).
  public mutating func advance(to target: PumpTime) {
    while let next = faults.first, next.at <= target {
      faults.removeFirst()
      step(to: max(next.at, now))
      happen(next.fault, at: max(next.at, now))
    }
    step(to: target)
  }

  private mutating func step(to target: PumpTime) {
    if let back = powerBack {
      guard back <= target else { return }
      restart(at: max(back, now))
    }
    if body != nil {
      while now + Self.bodyStep < target { run(to: now + Self.bodyStep) }
    }
    run(to: target)
  }

  private mutating func run(to target: PumpTime) {
    server.advance(to: target, &pump, crypto)
    account()
    takeEvents()
    if !power.isOn, powerBack == nil { lightsOut(until: tornUntil ?? target) }
  }

  /// What strokes and time cost, and what the body got.
  private mutating func account() {
    let strokes = pump.motor.driven - strokesCounted
    strokesCounted += strokes
    battery.spend(strokes * Battery.stroke)
    let hours = now.milliseconds / 3_600_000 - wakingCounted
    wakingCounted += hours
    battery.spend(hours * Battery.hour)
    if !battery.marks.isEmpty { showBattery() }
    let moved = pump.motor.recent
    guard let last = moved.last else { return }
    pump.motor.recent.removeAll(keepingCapacity: true)
    guard body != nil else { return }
    let tip = pump.controller.sample.tipFemtograms
    var given = InlineArray<8, Int64>(repeating: 0)
    for drug in 0..<Capacity.drugs { given[drug] = tip[drug] - tipCounted[drug] }
    tipCounted = tip
    body?.received(strokes: moved.count, at: last, femtograms: given)
  }

  private mutating func showBattery() {
    let marks = battery.marks
    if pump.controller.state != .off, !marks.isSubset(of: shownMarks) {
      shownMarks.formUnion(marks)
      pump.perform { $0.batteryShows(marks) }
    }
  }

  // MARK: Faults

  /// Does a fault at its own instant: a pump without power still stands at when it was lost.
  private mutating func happen(_ fault: WorldFault, at instant: PumpTime) {
    tell("fault: \(fault.words)")
    if let back = powerBack {
      switch fault {
      // The input still shows it at the start; nobody sees the others without power.
      case .battery:
        add([ScriptedFault(at: back, fault)])
        return
      case .clockStep, .extraStrokes: return
      case .stall, .wear, .powerLoss, .corruptProgram, .drain, .clockDrift, .tornWrite, .leak,
        .catheterOff:
        break
      }
    }
    switch fault {
    case .stall(let span): pump.motor.stalls.append((instant, instant + span))
    case .wear(let every): pump.motor.slipEvery = every
    case .extraStrokes(let count): pump.extraStrokesSeen(count)
    case .powerLoss(let span): lightsOut(until: max(instant + span, powerBack ?? instant))
    case .corruptProgram(let copies):
      for copy in 0..<copies { corruptProgram(copy) }
    case .battery(let marks): pump.perform { $0.batteryShows(marks) }
    case .drain(let permille): battery.spend(permille * (Battery.capacity / 1_000))
    case .clockStep: pump.perform { $0.clockStepped() }
    case .clockDrift(let parts): driftPartsPerMillion = parts
    case .tornWrite(let span):
      tornUntil = instant + span
      pump.memory.tearNextWrite()
    case .leak(let volume): leaked = leaked + volume
    case .catheterOff(let span): catheterBack = max(catheterBack, instant + span)
    }
    takeEvents()
  }

  private mutating func corruptProgram(_ copy: Int) {
    var byte: [UInt8] = [0]
    var read = byte.mutableSpan
    let offset = StoreLayout.program(copy) + 41
    pump.memory.read(into: &read, at: offset)
    byte[0] ^= 4
    pump.memory.write(byte.span, at: offset)
  }

  /// The power is gone, without a warning: nothing is stored, driven or answered.
  mutating func lightsOut(until back: PumpTime) {
    tornUntil = nil
    powerBack = back
    connections = [:]
    tell("no power for \((max(back, now) - now).text)")
  }

  /// Starts again from what the memory holds, as after any loss of power.
  private mutating func restart(at instant: PumpTime) {
    powerBack = nil
    var world = PumpWorld(
      secrets: secrets,
      model: model,
      layout: layout,
      battery: battery,
      strokes: pump.motor.driven,
      entropy: entropy
    )
    world.power.isOn = true
    world.battery = battery
    guard
      let again = VirtualPump(recovering: pump.memory, at: instant, linkTime: .commissioning, world)
    else {
      tell("the memory holds no whole pump: it has to be commissioned anew")
      powerBack = .never
      return
    }
    let motor = pump.motor
    pump = again.pump
    pump.motor = motor
    server = again.server
    power.isOn = true
    tell("power is back")
    takeEvents()
  }

  // MARK: Telling

  mutating func takeEvents() {
    guard !pump.sink.events.isEmpty else { return }
    let events = pump.sink.events
    pump.sink.events.removeAll(keepingCapacity: true)
    for (time, event) in events {
      // What was put in was measured in a syringe: from here on the count is true again.
      if case .refilled = event { leaked = Volume(nanolitres: 0) }
      guard let words = event.words, log.count < 1_000 else { continue }
      log.append(PumpLogLine(time: time, text: words))
    }
  }
}
