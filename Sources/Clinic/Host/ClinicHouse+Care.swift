extension ClinicHouse {
  /// The patients' part, on the same ledger, clocks and lines.
  ///
  /// - Parameter settings: root, keys and what a demonstration adds.
  /// - Returns: what pages are made with; its ``ClinicCare/work()`` is to run beside the server.
  /// - Throws: where the ledger cannot be read.
  public func care(_ settings: CareSettings) async throws(WebError) -> ClinicCare {
    try await ClinicCare(parts, hub, lines, settings)
  }

  /// The whole server: the house, the patients' API and whatever pages there are.
  ///
  /// - Parameters:
  ///   - care: of this house.
  ///   - pages: routes of pages; none of a path that is there already.
  /// - Returns: the server, to be run with `care.work()` as its work.
  /// - Throws: where routes contradict each other.
  public func server(
    _ care: ClinicCare,
    pages: [Route]
  ) throws(RouteTableError) -> ClinicServer {
    try server(routes(mayKnow: ClinicCare.mayKnow) + care.routes + pages)
  }
}
