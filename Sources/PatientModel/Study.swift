package import Pharmacology

/// One case over a sampled population (`docs/model.md`, "The virtual population").
package struct Study: Sendable {
  /// The typical person's case.
  let typical: ModelCase
  package let patients: Int
  package let seed: UInt64
  /// What tells whether two shards are of one study: a sum over the case's bytes and the options.
  let mark: UInt64

  /// The percentiles that the table tells.
  static let percents = [5, 25, 50, 75, 95]

  /// - Parameters:
  ///   - typical: the case; geometry and drug vary around it.
  ///   - bytes: of the file it was read from.
  ///   - patients: how many, one at least.
  ///   - seed: of the population.
  package init(_ typical: ModelCase, bytes: [UInt8], patients: Int, seed: UInt64) {
    self.typical = typical
    self.patients = patients
    self.seed = seed
    // FNV-1a, 64 bits.
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for byte in bytes { add(byte) }
    for number in [UInt64(patients), seed, UInt64(typical.cells)] {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        add(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    mark = sum
  }

  /// The names of what is told by the hour.
  var quantities: [String] {
    typical.places.map { "csf@\(CaseNumber.text($0))" } + ["cisterna", "plasma"]
      + typical.windows.flatMap { window in
        let name = "\(CaseNumber.text(window.from))-\(CaseNumber.text(window.to))"
        return ["effectConc@\(name)", "effect@\(name)"]
      }
  }

  /// The names of a patient's row.
  var columns: [String] {
    ["patient"] + VariedParameter.allCases.map(\.name)
      + typical.places.flatMap { place in
        ["peak_csf@\(CaseNumber.text(place))", "AUC_csf@\(CaseNumber.text(place))"]
      }
      + ["peak_cisterna", "peak_plasma"]
      + typical.windows.map { window in
        "mean_effect@\(CaseNumber.text(window.from))-\(CaseNumber.text(window.to))"
      } + ["mass_error"]
  }

  /// A case as one patient of the population has it.
  package func modelCase(patient index: Int) -> ModelCase {
    let patient = VirtualPatient(index, seed: seed)
    var own = typical
    own.geometry = patient.geometry(from: typical.geometry)
    // The one relation that draws can break: no more is absorbed than is produced.
    own.geometry.spinalAbsorption = min(
      own.geometry.spinalAbsorption,
      own.geometry.production
    )
    own.drug = patient.drug(from: typical.drug)
    return own
  }

  /// Runs one patient.
  ///
  /// - Parameter index: from 0.
  /// - Returns: the patient's row and series; the complaint of a run that lost drug.
  package func run(patient index: Int) -> StudyPatient {
    let own = modelCase(patient: index)
    let result = ModelResult(of: own)
    let parameters: [Double] = [
      own.geometry.spinalVolume, own.geometry.lumbarDispersion, own.geometry.cervicalDispersion,
      own.geometry.production, own.geometry.spinalAbsorption, own.geometry.cisternaVolume,
      own.geometry.cranialVolume, own.drug.fluidLoss, own.drug.permeability,
      own.drug.tissueLoss, own.drug.clearance, own.drug.centralVolume, own.drug.absorption,
      own.drug.effectRate, own.drug.halfEffect,
    ]
    var row = parameters
    for (place, series) in result.fluid.enumerated() {
      row.append(result.peak(of: series).value)
      row.append(result.fluidIntegral[place])
    }
    row.append(result.peak(of: result.cisterna).value)
    row.append(result.peak(of: result.plasma).value)
    for series in result.windowEffect {
      row.append(series.reduce(0, +) / Double(max(1, series.count)))
    }
    row.append(result.massBalance.relativeError)
    var series = result.fluid
    series += [result.cisterna, result.plasma]
    for window in own.windows.indices {
      series += [result.windowConcentration[window], result.windowEffect[window]]
    }
    return StudyPatient(
      index: index,
      row: row,
      series: series,
      complaint: result.massBalance.complaint
    )
  }
}

/// What one patient of a study gave.
package struct StudyPatient: Sendable {
  package let index: Int
  let row: [Double]
  /// By quantity, then by time.
  let series: [[Double]]
  /// What went wrong, in one line.
  package let complaint: String?
}

/// Which patients of a study are run: every n-th, so that shards are of one size.
package struct StudyShard: Equatable, Sendable {
  /// From 1.
  package let number: Int
  package let count: Int

  package static let whole = StudyShard(number: 1, count: 1)

  init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// - Parameter text: as in `3/16`; nothing where it is not so.
  package init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
      (1...100_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }

  package var text: String { "\(number)/\(count)" }

  /// The patients of the shard among all.
  package func patients(of all: Int) -> [Int] {
    Array(stride(from: number - 1, to: all, by: count))
  }
}
