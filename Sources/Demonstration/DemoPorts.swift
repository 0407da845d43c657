/// The ports that the demonstration listens at, all on 127.0.0.1.
struct DemoPorts: Sendable {
  /// Patients' controllers begin so many above the first signer.
  static let controllersAbove = 40

  let page: Int
  let pumps: ClosedRange<Int>
  let signers: ClosedRange<Int>
  let controllers: ClosedRange<Int>

  /// - Parameters:
  ///   - page: of the clinic's pages.
  ///   - pump: the first of the pumps' ports; each pump takes two.
  ///   - signer: the first of the signers' ports.
  ///   - patients: who has a pump and a controller is in it.
  init(page: Int, pump: Int, signer: Int, _ patients: [DemoPatient]) {
    let linked = patients.filter(\.isLinked)
    let signing = DemoPerson.all.compactMap(\.signerPlace).max() ?? 0
    let held = linked.count(where: DemoFounding.hasController)
    self.page = page
    pumps = pump...(pump + max(1, 2 * linked.count) - 1)
    signers = signer...(signer + signing)
    let first = signer + Self.controllersAbove
    controllers = first...(first + max(1, held) - 1)
  }

  /// What is wrong with them, as a person reads it; nothing where each program has ports of its own.
  var fault: String? {
    let all = [
      ("--port", page...page), ("--pump-port, the pumps", pumps),
      ("--signer-port, the signers", signers),
      ("--signer-port + 40, the patients' controllers", controllers),
    ]
    for (place, (name, range)) in all.enumerated() {
      guard range.lowerBound >= 1, range.upperBound <= 65_535 else {
        return "\(name): given \(Self.text(range)), expected ports 1 to 65535"
      }
      for (other, taken) in all[..<place] where taken.overlaps(range) {
        return "\(name): given \(Self.text(range)), which \(other) takes (\(Self.text(taken))); "
          + "expected ports that nothing else of the demonstration has: give others"
      }
    }
    return nil
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
