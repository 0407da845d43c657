import Therapy

/// The summaries of all patients in the order of their names, kept so: a list of ten thousand is not sorted
/// for each page, and one that changed takes its own place.
struct SummaryShelf {
  private var sorted: [PatientSummary] = []
  private var places: [PatientID: Int] = [:]
  private var isSorted = true

  mutating func put(_ summary: PatientSummary) {
    guard let place = places[summary.patient] else {
      places[summary.patient] = sorted.count
      sorted.append(summary)
      isSorted = false
      return
    }
    if sorted[place].name != summary.name { isSorted = false }
    sorted[place] = summary
  }

  /// By name.
  mutating func all() -> [PatientSummary] {
    if !isSorted {
      sorted.sort { ($0.name, $0.patient.text) < ($1.name, $1.patient.text) }
      for (place, summary) in sorted.enumerated() { places[summary.patient] = place }
      isSorted = true
    }
    return sorted
  }
}
