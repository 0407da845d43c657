import Therapy

/// A card with which anyone who finds the patient in need learns what the pump gives.
struct EmergencyCard: Equatable, Sendable, Identifiable {
  /// Somebody who opened its page.
  struct Look: Equatable, Sendable {
    let at: Int64
    let address: String
  }

  let id: String
  let patient: String
  let hash: String
  let call: String
  let pocket: String
  let issuedAt: Int64
  var revokedAt: Int64?
  /// The last ones, oldest first.
  var looks: [Look] = []
  var lookCount = 0
}

/// A secret address of a calendar.
struct CalendarFeed: Equatable, Sendable, Identifiable {
  let id: String
  /// Whose refills, or nothing for those of all patients.
  let patient: String?
  /// Who has it.
  let account: String
  let hash: String
  let issuedAt: Int64
  var revokedAt: Int64?
}

/// That somebody may see a patient's page.
struct Caregiver: Equatable, Sendable, Identifiable {
  let id: String
  let patient: String
  let account: String
  let mayWrite: Bool
  let since: Int64
  var endedAt: Int64?
}

/// Where alarms are told besides.
struct Webhook: Equatable, Sendable, Identifiable {
  let id: String
  let url: String
  let sealedSecret: String
  /// Whether an administrator said that it lies in the clinic's own network.
  let mayBeLocal: Bool
  let addedAt: Int64
  /// Of the ledger: alarms before it are not told.
  let position: Int64
  var removedAt: Int64?
}

/// The fold of the stream `clinic/access`.
struct AccessTable: Sendable {
  /// So many looks of a card are shown; all are in the ledger.
  static let looksShown = 100

  private(set) var version: Int64 = 0
  private(set) var cards: [String: EmergencyCard] = [:]
  private(set) var feeds: [String: CalendarFeed] = [:]
  private(set) var caregivers: [String: Caregiver] = [:]
  private(set) var hooks: [String: Webhook] = [:]
  /// By account.
  private(set) var languages: [String: String] = [:]
  /// Whether calendars may hold names and drugs.
  private(set) var showsNames = false
  private var byHash: [String: String] = [:]

  subscript(hash hash: String) -> String? { byHash[hash] }

  mutating func apply(
    _ event: AccessEvent,
    version: Int64,
    position: Int64,
    who: String,
    at: Int64
  ) {
    guard version > self.version else { return }
    self.version = version
    let id = event.id ?? ""
    switch event.kind {
    case .cardIssued:
      guard let patient = event.patient, let hash = event.hash else { return }
      for (other, card) in cards where card.patient == patient && card.revokedAt == nil {
        cards[other]?.revokedAt = at
      }
      cards[id] = EmergencyCard(
        id: id,
        patient: patient,
        hash: hash,
        call: event.call ?? "",
        pocket: event.pocket ?? "",
        issuedAt: at
      )
      byHash[hash] = id
    case .cardRevoked: if cards[id]?.revokedAt == nil { cards[id]?.revokedAt = at }
    case .cardLooked:
      cards[id]?.looks.append(EmergencyCard.Look(at: at, address: event.address ?? "unknown"))
      cards[id]?.lookCount += 1
      if let count = cards[id]?.looks.count, count > Self.looksShown {
        cards[id]?.looks.removeFirst(count - Self.looksShown)
      }
    case .feedIssued:
      guard let hash = event.hash, let account = event.account else { return }
      feeds[id] = CalendarFeed(
        id: id,
        patient: event.patient,
        account: account,
        hash: hash,
        issuedAt: at
      )
      byHash[hash] = id
    case .feedRevoked: if feeds[id]?.revokedAt == nil { feeds[id]?.revokedAt = at }
    case .calendarNames: showsNames = event.isYes ?? false
    case .caregiverAllowed:
      guard let patient = event.patient, let account = event.account else { return }
      for (other, one) in caregivers
      where one.patient == patient && one.account == account && one.endedAt == nil {
        caregivers[other]?.endedAt = at
      }
      caregivers[id] = Caregiver(
        id: id,
        patient: patient,
        account: account,
        mayWrite: event.isYes ?? false,
        since: at
      )
    case .caregiverEnded: if caregivers[id]?.endedAt == nil { caregivers[id]?.endedAt = at }
    case .hookAdded:
      guard let url = event.url, let sealed = event.sealed else { return }
      hooks[id] = Webhook(
        id: id,
        url: url,
        sealedSecret: sealed,
        mayBeLocal: event.isYes ?? false,
        addedAt: at,
        position: position
      )
    case .hookRemoved: if hooks[id]?.removedAt == nil { hooks[id]?.removedAt = at }
    case .languageChosen:
      if let account = event.account { languages[account] = event.language }
    }
  }

  /// Passes over an event that this version cannot read.
  mutating func skip(to version: Int64) { self.version = max(self.version, version) }

  // MARK: Asking

  /// The card that holds for a patient.
  func card(of patient: PatientID) -> EmergencyCard? {
    cards.values.first { $0.patient == patient.text && $0.revokedAt == nil }
  }

  /// Those who may see a patient's page now, the first first.
  func caregivers(of patient: PatientID) -> [Caregiver] {
    caregivers.values.filter { $0.patient == patient.text && $0.endedAt == nil }
      .sorted { ($0.since, $0.id) < ($1.since, $1.id) }
  }

  /// Whose pages an account may see.
  func permissions(of account: String) -> [Caregiver] {
    caregivers.values.filter { $0.account == account && $0.endedAt == nil }
      .sorted { $0.patient < $1.patient }
  }

  func feeds(of account: String) -> [CalendarFeed] {
    feeds.values.filter { $0.account == account && $0.revokedAt == nil }
      .sorted { ($0.issuedAt, $0.id) < ($1.issuedAt, $1.id) }
  }

  /// Those that alarms are told to, the first first.
  var openHooks: [Webhook] {
    hooks.values.filter { $0.removedAt == nil }.sorted { ($0.addedAt, $0.id) < ($1.addedAt, $1.id) }
  }
}
