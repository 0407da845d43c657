import PumpCore
import Quantities

extension RunPicture {
  static let panelHeight = 120.0

  /// Values over time, as a line in a panel.
  typealias Points = [(milliseconds: Int64, value: Double)]

  // MARK: - Rate

  func ratePanel() -> PicturePanel {
    var panel = PicturePanel(title: "Basal rate", unit: "mL/d", height: Self.panelHeight)
    let steps = rateSteps()
    let axis = PictureAxis.upward(
      to: steps.map(\.value).max() ?? 0,
      height: panel.height
    )
    drawTicks(axis, in: &panel)
    let line = path(of: steps, on: axis, asSteps: true)
    drawLine(line, style: "rate", withArea: true, in: &panel)
    if let last = steps.last {
      drawValue(last.value, words: Self.short(last.value), on: axis, style: "t-rate", in: &panel)
    }
    return panel
  }

  /// The basal rate, mL/d, from the samples and from what changes it between them.
  ///
  /// Between two samples the last change says when; the second sample says to what, unless the
  /// change does.
  private func rateSteps() -> Points {
    var points: Points = []
    var changes = rateChanges()[...]
    for sample in story.run.samples {
      var pending: Int64?
      while let change = changes.first, change.milliseconds <= sample.time.milliseconds {
        if let value = change.value {
          points.append((change.milliseconds, value))
          pending = nil
        } else {
          pending = change.milliseconds
        }
        changes = changes.dropFirst()
      }
      let rate = Self.millilitres(sample.rate.nanolitresPerDay)
      points.append((pending ?? sample.time.milliseconds, rate))
      if pending != nil { points.append((sample.time.milliseconds, rate)) }
    }
    return points
  }

  /// When the rate changes, and to what where that is known, mL/d.
  private func rateChanges() -> [(milliseconds: Int64, value: Double?)] {
    var changes: [(milliseconds: Int64, value: Double?)] = story.powerLosses.map {
      ($0.lowerBound.milliseconds, 0)
    }
    for entry in story.run.events {
      let milliseconds = entry.time.milliseconds
      switch entry.event {
      case .stepChanged(let rate):
        changes.append((milliseconds, Self.millilitres(rate.nanolitresPerDay)))
      case .halted:
        changes.append((milliseconds, 0))
      case .resumed, .programActivated, .bridgeStarted, .bridgeEnded, .primeEnded,
        .safeRateEntered, .safeRateLeft, .reset:
        changes.append((milliseconds, nil))
      default: break
      }
    }
    return changes.enumerated().sorted {
      ($0.element.milliseconds, $0.offset) < ($1.element.milliseconds, $1.offset)
    }.map(\.element)
  }

  // MARK: - Delivered against demand

  func deliveryPanel() -> PicturePanel {
    var panel = PicturePanel(
      title: "Delivered",
      unit: "mL, against demand (dashed)",
      height: Self.panelHeight
    )
    let demand = points { $0.demand.nanolitres }
    let delivered = points { $0.delivered.nanolitres }
    let greatest = max(demand.map(\.value).max() ?? 0, delivered.map(\.value).max() ?? 0)
    let axis = PictureAxis.upward(to: greatest, height: panel.height)
    drawTicks(axis, in: &panel)
    drawLine(
      path(of: delivered, on: axis, asSteps: false),
      style: "delivered rate",
      withArea: false,
      in: &panel
    )
    drawLine(
      path(of: demand, on: axis, asSteps: false),
      style: "demand",
      withArea: false,
      in: &panel
    )
    guard let last = story.run.samples.last else { return panel }
    let end = Self.millilitres(last.delivered.nanolitres)
    drawValue(end, words: Self.short(end), on: axis, style: "t-rate", in: &panel)
    let lost = story.lost
    if lost != .zero {
      let amount = Volume(nanolitres: abs(lost.nanolitres)).text
      let words = lost > .zero ? "\(amount) lost, never made up" : "\(amount) too much"
      panel.content.text(words, x: Self.left + 10, y: 18, style: "t-demand")
    }
    return panel
  }

  // MARK: - Reservoir

  func reservoirPanel() -> PicturePanel {
    var panel = PicturePanel(title: "Reservoir", unit: "mL", height: Self.panelHeight)
    let values = reservoirPoints()
    let axis = PictureAxis.upward(to: values.map(\.value).max() ?? 0, height: panel.height)
    drawTicks(axis, in: &panel)
    drawLine(path(of: values, on: axis, asSteps: false), style: "fluid", withArea: true, in: &panel)
    drawBound(
      story.activations.map { ($0.time, Self.millilitres($0.program.lowReservoir.nanolitres)) },
      words: "low mark",
      on: axis,
      in: &panel
    )
    if let last = values.last {
      drawValue(last.value, words: Self.short(last.value), on: axis, style: "t-fluid", in: &panel)
    }
    return panel
  }

  /// The samples, and the jump at each refill.
  private func reservoirPoints() -> Points {
    var points = points { $0.reservoir.nanolitres }
    for entry in story.run.events {
      guard case .refilled(let expected, _, _) = entry.event else { continue }
      let milliseconds = entry.time.milliseconds
      let index = points.firstIndex { $0.milliseconds >= milliseconds } ?? points.endIndex
      points.insert((milliseconds, Self.millilitres(expected.nanolitres)), at: index)
      if let fill = story.fills.last(where: { $0.time == entry.time }) {
        points.insert((milliseconds, Self.millilitres(fill.volume.nanolitres)), at: index + 1)
      }
    }
    return points
  }

  // MARK: - Dose at the tip

  /// What left the tip in the 24 h before, with its limit.
  func dosePanel(_ drug: Int) -> PicturePanel {
    let name = story.run.drugNames[drug]
    let unit = self.unit(ofDrug: drug)
    var panel = PicturePanel(
      title: "\(name) at the tip",
      unit: "\(unit.rawValue) in the 24 h before",
      height: Self.panelHeight
    )
    let scale = Double(unit.femtograms)
    let values = window(ofDrug: drug).map { ($0.milliseconds, $0.value / scale) }
    let limits = story.activations.compactMap { activation -> (PumpTime, Double)? in
      guard let limit = activation.program.limits[DrugID(drug)] else { return nil }
      return (activation.time, Double(limit.femtograms) / scale)
    }
    let greatest = values.map(\.1).max() ?? 0
    let highest = limits.map(\.1).max() ?? 0
    // A limit far above what is given would press the line to the floor: it is named, not drawn.
    let showsLimit = highest <= 4 * greatest
    let axis = PictureAxis.upward(
      to: showsLimit ? max(greatest, highest) : greatest,
      height: panel.height
    )
    drawTicks(axis, in: &panel)
    let points: Points = values.map { (milliseconds: $0.0, value: $0.1) }
    drawLine(path(of: points, on: axis, asSteps: false), style: "dose", withArea: true, in: &panel)
    if greatest == 0 {
      panel.content.text(
        "none has reached the tip",
        x: Self.left + 10,
        y: panel.height - 12,
        style: "t-dose"
      )
    }
    if showsLimit {
      drawBound(limits, words: "limit", on: axis, in: &panel)
    } else if let limit = limits.last {
      let mass = Mass(femtograms: Int64(limit.1 * scale))
      panel.content.text(
        "limit \(unit.text(mass)), far above",
        x: Self.left + 10,
        y: 16,
        style: "t-limit"
      )
    }
    if let last = points.last {
      drawValue(last.value, words: Self.short(last.value), on: axis, style: "t-dose", in: &panel)
    }
    return panel
  }

  /// The mass, fg, that left the tip in the 24 h before each sample.
  private func window(ofDrug drug: Int) -> Points {
    let samples = story.run.samples
    var oldest = 0
    return samples.map { sample in
      let from = sample.time.milliseconds - 86_400_000
      while oldest + 1 < samples.count, samples[oldest + 1].time.milliseconds <= from {
        oldest += 1
      }
      let now = Double(sample.tipFemtograms[drug])
      guard from > 0 else { return (sample.time.milliseconds, now) }
      let before = samples[oldest]
      let after = samples[min(oldest + 1, samples.count - 1)]
      let gap = Double((after.time - before.time).milliseconds)
      let part = gap > 0 ? Double(from - before.time.milliseconds) / gap : 0
      let low = Double(before.tipFemtograms[drug])
      let then = low + part * (Double(after.tipFemtograms[drug]) - low)
      return (sample.time.milliseconds, now - then)
    }
  }
}
