public import Therapy

/// What pages read: never the disk where memory will do, and never anything that writes.
public protocol RecordReader: Sendable {
  /// A patient's record; its `position` is the version that a form carries.
  ///
  /// - Throws: `notFound` where there is no such patient.
  func patient(_ id: PatientID) async throws(WebError) -> PatientRecord
  /// Of all patients, by name.
  func summaries() async -> [PatientSummary]
  func summary(_ id: PatientID) async -> PatientSummary?
  /// What is to be done, the most urgent first.
  func today() async -> WorkList
  func settings() async -> ClinicSettings
  /// Another number whenever summaries or work have changed otherwise than by the passing of time.
  var revision: Int { get async }
  /// The forecast now, or what is missing for one.
  ///
  /// - Throws: `notFound` where there is no such patient.
  func forecast(
    _ id: PatientID
  ) async throws(WebError) -> Result<ReservoirForecast, TherapyRefusal>
  /// What the pump last said since the server started; nothing where it has said nothing.
  func live(_ id: PatientID) async -> LiveStatus?
  /// Therapy time, by which all of the above is told.
  var now: Instant { get async }
}
