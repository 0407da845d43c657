import Pharmacology

/// The results of a study, or of a part of it, as they grow.
package struct StudyTable: Sendable {
  let study: Study
  /// By patient.
  private var rows: [Int: String] = [:]
  /// By quantity, then by time.
  private var histograms: [[StudyHistogram]]

  package init(_ study: Study) {
    self.study = study
    let times = study.typical.outputTimes.count
    let empty = [StudyHistogram](repeating: StudyHistogram(), count: times)
    histograms = [[StudyHistogram]](repeating: empty, count: study.quantities.count)
  }

  /// Adds a patient; the order in which they come does not show.
  package mutating func add(_ patient: StudyPatient) {
    rows[patient.index] = patient.row.map(CaseNumber.text).joined(separator: ",")
    for (quantity, series) in patient.series.enumerated() {
      for (time, value) in series.enumerated() { histograms[quantity][time].add(value) }
    }
  }

  /// Adds what another worker has.
  package mutating func add(_ other: StudyTable) {
    rows.merge(other.rows) { own, _ in own }
    for quantity in histograms.indices {
      for time in histograms[quantity].indices {
        histograms[quantity][time].add(other.histograms[quantity][time])
      }
    }
  }

  /// The file: patients, then percentiles by hour; of a shard, the counts that give them.
  ///
  /// - Parameter shard: what part this is.
  /// - Returns: UTF-8 with a line break at the end of each line.
  package func csv(shard: StudyShard = .whole) -> [UInt8] {
    StudyFile(
      head: StudyFile.Head(
        mark: study.mark,
        seed: study.seed,
        patients: study.patients,
        shard: shard
      ),
      columns: study.columns,
      rows: rows,
      quantities: study.quantities,
      times: study.typical.outputTimes.map(CaseNumber.text),
      histograms: histograms
    ).bytes
  }
}
