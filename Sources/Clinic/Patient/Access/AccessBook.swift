import Ledger
import OrderText
import Therapy

/// Cards, calendars, caregivers and hooks, kept in the ledger's stream `clinic/access`.
actor AccessBook {
  private let ledger: any LedgerStore
  private let key: ServerKey
  private(set) var table = AccessTable()

  /// Reads what there is.
  ///
  /// - Throws: where the ledger cannot be read: what may be revoked is not honoured.
  init(_ ledger: any LedgerStore, key: ServerKey) async throws(WebError) {
    self.ledger = ledger
    self.key = key
    try await catchUp()
  }

  /// Records an event with the entry in the audit, all or none, and takes it.
  ///
  /// - Parameters:
  ///   - event: what is recorded.
  ///   - call: who asks; its audit names the patient.
  /// - Throws: where it is not recorded.
  func record(_ event: AccessEvent, _ call: RouteCall) async throws(WebError) {
    let draft = try event.draft(id: call.actKey, who: call.visitor.who, at: call.now)
    _ = try await call.commit([StreamDrafts([draft], to: AccessEvent.stream, expecting: .any)])
    try await catchUp()
  }

  /// The card or the calendar of a secret, whatever has become of it.
  func id(of token: AccessToken) -> String? { table[hash: token.hash] }

  func seal(_ secret: [UInt8], for hook: String, _ chance: ClinicChance) -> String {
    Hex.text(key.seal(secret, for: "hook \(hook)", nonce: chance.bytes(12)))
  }

  func secret(of hook: Webhook) -> [UInt8]? {
    Hex.bytes(hook.sealedSecret).flatMap { key.open($0, for: "hook \(hook.id)") }
  }

  private func catchUp() async throws(WebError) {
    while true {
      do throws(LedgerError) {
        let events = try await ledger.read(
          stream: AccessEvent.stream,
          after: table.version,
          limit: 1_000
        )
        for event in events {
          if let read = AccessEvent(event.draft) {
            table.apply(
              read,
              version: event.version,
              position: event.position,
              who: event.draft.who,
              at: event.draft.time
            )
          } else {
            table.skip(to: event.version)
          }
        }
        if events.count < 1_000 { return }
      } catch { throw WebError(error) }
    }
  }
}
