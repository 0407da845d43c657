import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// The contract's table, written down here a second time and from its text alone, and walked.
struct AuthorityTableTests {
  /// A row: who signs at the bedside and remotely (P prescriber, N nurse, A patient, - nobody), and
  /// who has to sign as well (2 a second prescriber, + a second person).
  private struct Row: Sendable {
    let name: String
    let bedside: String
    let remote: String
    let content: OrderContent
  }

  private static let changed = RefillContent(
    aspirated: Volume(nanolitres: 19_700_000),
    fill: Volume(nanolitres: 18_000_000),
    mixture: .of(Drug.morphine, 1_000_000),
    program: .constant(140_000, drug: Drug.morphine)
  )
  private static let same = RefillContent(
    aspirated: Volume(nanolitres: 19_700_000),
    fill: Volume(nanolitres: 18_000_000),
    mixture: .baclofen,
    program: nil
  )
  private static let program = ProgramContent.constant(145_000, dose: ProgramContent.doses)
  private static let increase = ProgramContent.constant(155_000, dose: ProgramContent.doses)
  private static let primed: ProgramContent = {
    var content = ProgramContent.constant(145_000, dose: ProgramContent.doses)
    content.program.prime = Prime(volume: Volume(nanolitres: 300_000), over: .hour)
    return content
  }()
  private static let commissioning: CommissioningContent = {
    var content = CommissioningContent()
    content.keys = TestClinic.keys
    content.local = LocalTime(milliseconds: 1_767_800_000_000)
    return content
  }()

  private static let rows: [Row] = [
    Row(name: "program", bedside: "P", remote: "P", content: .program(program)),
    Row(name: "increase", bedside: "P", remote: "P2", content: .program(increase)),
    Row(name: "refill, same", bedside: "PN", remote: "", content: .refill(same)),
    Row(name: "refill, changed", bedside: "P+", remote: "", content: .refill(changed)),
    Row(
      name: "catheter",
      bedside: "P",
      remote: "",
      content: .catheter(CatheterContent(pathVolume: Volume(nanolitres: 300_000), isFull: true))
    ),
    Row(name: "commissioning", bedside: "P", remote: "", content: .commissioning(commissioning)),
    Row(name: "envelope", bedside: "P", remote: "", content: .envelope(.standard)),
    Row(
      name: "limits",
      bedside: "P",
      remote: "",
      content: .limits(LimitsContent(program.program.standing, doseLimits: program.doseLimits))
    ),
    Row(name: "keys", bedside: "P", remote: "", content: .keys(TestClinic.keys)),
    Row(
      name: "clinician bolus",
      bedside: "P",
      remote: "",
      content: .clinicianBolus(Volume(nanolitres: 20_000), over: 10 * .minute)
    ),
    Row(name: "safe rate", bedside: "PN", remote: "P", content: .safeRate),
    Row(name: "suspend", bedside: "PN", remote: "", content: .suspend(4 * .hour)),
    Row(name: "mri", bedside: "PN", remote: "", content: .mri(2 * .hour)),
    Row(name: "resume", bedside: "P", remote: "P", content: .resume),
    Row(name: "clear", bedside: "PN", remote: "", content: .clearOverDelivery),
    Row(
      name: "clock",
      bedside: "PN",
      remote: "",
      content: .setClock(LocalTime(milliseconds: 1_767_900_000_000))
    ),
  ]

  private enum Signing: CaseIterable {
    case none, prescriber, nurse, pharmacist, server, twoPrescribers, prescriberAndNurse
    case nurseAndPrescriber, prescriberAndPharmacist, prescriberTwice, nurseTwice

    var people: [Person] {
      switch self {
      case .none: []
      case .prescriber: [TestClinic.prescriber]
      case .nurse: [TestClinic.nurse]
      case .pharmacist: [TestClinic.pharmacist]
      case .server: [TestClinic.server]
      case .twoPrescribers: [TestClinic.prescriber, TestClinic.colleague]
      case .prescriberAndNurse: [TestClinic.prescriber, TestClinic.nurse]
      case .nurseAndPrescriber: [TestClinic.nurse, TestClinic.prescriber]
      case .prescriberAndPharmacist: [TestClinic.prescriber, TestClinic.pharmacist]
      case .prescriberTwice: [TestClinic.prescriber, TestClinic.prescriber]
      case .nurseTwice: [TestClinic.nurse, TestClinic.nurse]
      }
    }

    /// Who has signed, a letter each; one who signed twice counts once.
    var letters: String {
      switch self {
      case .none: ""
      case .prescriber, .prescriberTwice: "P"
      case .nurse, .nurseTwice: "N"
      case .pharmacist: "H"
      case .server: "S"
      case .twoPrescribers: "PP"
      case .prescriberAndNurse, .nurseAndPrescriber: "PN"
      case .prescriberAndPharmacist: "PH"
      }
    }
  }

  private enum Validity: CaseIterable { case now, later, before, tooLong }
  private enum State: CaseIterable { case calm, alarm, stale, pending }

  /// What the contract says of a cell, worked out from the table's text.
  private static func expected(
    _ row: Row,
    _ way: Way,
    _ signing: Signing,
    _ validity: Validity,
    _ state: State
  ) -> RefusalReason {
    let who = signing.letters
    if who.isEmpty { return .badSignature }
    if who.contains("S") { return .unknownKey }
    let anywhere = row.bedside + row.remote
    guard who.contains(where: { anywhere.contains($0) }) else { return .role }
    let here = way == .bedside ? row.bedside : row.remote
    guard who.contains(where: { here.contains($0) }) else { return .way }
    if state == .stale { return .stale }
    if validity == .later { return .notYet }
    if validity == .before { return .expired }
    if validity == .tooLong { return .ceiling }
    if way == .remote, state == .alarm { return .envelope }
    if here.contains("2"), who != "PP" { return .secondSignature }
    if here.contains("+"), who.count < 2 { return .secondSignature }
    return .none
  }

  @Test func `the whole table is walked, and every refusal is in the journal (SR-100, SR-106)`()
    throws
  {
    var cells = 0
    var allowed = 0
    var wrong: [String] = []
    for state in State.allCases {
      var start = try World.started()
      if state == .alarm { start.pump.perform { $0.clockStepped() } }
      if state == .pending {
        let two = [TestClinic.prescriber, TestClinic.colleague]
        #expect(start.fate(.program(Self.increase), by: two, .remote) == .pending)
      }
      for row in Self.rows {
        for way in Way.allCases {
          for signing in Signing.allCases {
            for validity in Validity.allCases {
              cells += 1
              var world = start
              let people = signing.people
              let order = Self.order(row, people, validity, state, world)
              let fate = world.fate(of: order, people, way)
              let wanted = Self.expected(row, way, signing, validity, state)
              if wanted == .none { allowed += 1 }
              let cell = "\(row.name), \(way), \(signing), \(validity), \(state)"
              if fate.reason != wanted { wrong.append("\(cell): \(fate), not \(wanted)") }
              if let problem = Self.journalProblem(fate, world, since: start) {
                wrong.append("\(cell): \(problem)")
              }
            }
          }
        }
      }
    }
    print("authority table: \(cells) cells, \(allowed) allowed, \(wrong.count) wrong")
    #expect(wrong.isEmpty, "\(wrong.prefix(12).joined(separator: "\n"))")
    #expect(allowed > 300)
  }

  private static func order(
    _ row: Row,
    _ people: [Person],
    _ validity: Validity,
    _ state: State,
    _ world: World
  ) -> Order {
    let window: (Int64, Int64) =
      switch validity {
      case .now: (0, 600_000)
      case .later: (1, 600_000)
      case .before: (-600_000, -1)
      case .tooLong: (0, 604_800_001)
      }
    return world.order(
      row.content,
      by: people,
      sequence: state == .stale ? 2 : nil,
      from: window.0,
      until: window.1
    )
  }

  private static func journalProblem(_ fate: Fate, _ world: World, since start: World) -> String? {
    let last = start.journal.map(\.sequence).max() ?? 0
    let added = world.journal.filter { $0.sequence > last }
    let act = world.pump.controller.actNumber - start.pump.controller.actNumber
    switch fate {
    case .refused(let reason, _):
      let told = added.contains { $0.kind == .orderRefused && $0.detail == reason.rawValue }
      if !told { return "the refusal is not in the journal" }
      return act == 0 ? nil : "refused, and it took effect"
    case .applied:
      if !added.contains(where: { $0.kind == .orderApplied }) { return "not in the journal" }
      return act <= 1 ? nil : "it took effect twice"
    case .pending:
      return added.contains { $0.kind == .orderPending } && act == 0 ? nil : "not told as pending"
    case .superseded, .cancelled: return "no outcome of a new order"
    }
  }

  @Test func `what only the bedside may do inside a program is refused from a distance (SR-105)`()
    throws
  {
    let world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    var primed = world
    #expect(primed.fate(.program(Self.primed), by: people, .remote) == .envelope(.prime))
    var changes: [ProgramContent] = []
    for change in 0..<6 {
      var content = Self.program
      switch change {
      case 0: content.program.safeRate = FlowRate(nanolitresPerDay: 40_000)
      case 1: content.program.limits.maxRate = FlowRate(nanolitresPerDay: 19_000_000)
      case 2: content.program.limits.maxVolumePer24h = Volume(nanolitres: 8_000_000)
      case 3: content.program.restartGap = .hour
      case 4: content.program.lowReservoir = Volume(nanolitres: 1_000_000)
      default: content.doseLimits = .of(Drug.baclofen, 40_000_000_000_000)
      }
      changes.append(content)
    }
    for content in changes {
      var trial = world
      #expect(trial.fate(.program(content), by: people, .remote) == .envelope(.limits))
      #expect(trial.fate(.program(content), by: people, .bedside) == .applied)
    }
  }

  /// The rows of what needs no order: who may do it at the bedside, remotely, and remotely as the
  /// patient's own controller.
  @Test func `every act, role, way and peer is allowed or refused as the table says (SR-100)`() {
    let all = "-PNHASE"
    let rows: [(acts: [Act], bedside: String, remote: String, own: String)] = [
      ([.identify], all, all, all),
      ([.readStatus], "PNHS", "PNHS", "PNHS"),
      ([.readOwnSummary], "A", "A", "A"),
      ([.program, .programIncrease, .resume], "P", "P", "P"),
      ([.refillChanged, .catheter, .commissioning, .envelope, .limits, .keys], "P", "", ""),
      ([.clinicianBolus], "P", "", ""),
      ([.refillSame, .suspend, .mri, .clearOverDelivery, .setClock], "PN", "", ""),
      ([.patientDose], "A", "", "A"),
      ([.cancelBolus, .cancelPending], "APN", "APN", "APN"),
      ([.safeRate], "PN", "P", "P"),
      ([.acknowledge], "PN", "PN", "PN"),
      ([.emergencyStatus, .emergencySafeRate, .emergencySuspend], "E", "", ""),
      ([.challenge], all, "", ""),
    ]
    let letters: [Role: Character] = [
      .none: "-", .prescriber: "P", .nurse: "N", .pharmacist: "H", .patient: "A",
      .clinicServer: "S", .emergencyCard: "E",
    ]
    var cells = 0
    var walked = 0
    for row in rows {
      for act in row.acts {
        walked += 1
        for role in Role.allCases {
          guard let letter = letters[role] else { continue }
          for peer in Role.allCases {
            for way in Way.allCases {
              cells += 1
              let here =
                way == .bedside ? row.bedside : peer == .patient ? row.own : row.remote
              let verdict = authority(act, role, way, peer: peer)
              let anywhere = row.bedside + row.own
              if here.contains(letter) {
                let isAllowed = if case .allowed = verdict { true } else { false }
                #expect(isAllowed, "\(act) \(role) \(way) \(peer)")
              } else {
                let wanted: Authority = anywhere.contains(letter) ? .way : .role
                #expect(verdict == wanted, "\(act) \(role) \(way) \(peer)")
              }
            }
          }
        }
      }
    }
    #expect(walked == Act.allCases.count, "each act is in the table once")
    print("acts, roles, ways and peers: \(cells) cells")
  }

  @Test func `requests are walked by signer, way, peer and validity (SR-100)`() throws {
    let start = try World.started()
    let signers: [(letter: Character, seed: Bytes32, people: [Person])] = [
      ("A", TestClinic.patientSeed, []),
      ("P", TestClinic.prescriber.seed, [TestClinic.prescriber]),
      ("N", TestClinic.nurse.seed, [TestClinic.nurse]),
      ("H", TestClinic.pharmacist.seed, [TestClinic.pharmacist]),
      ("S", TestClinic.server.seed, [TestClinic.server]),
    ]
    let rows: [(RequestContent, bedside: String, remote: String, own: String)] = [
      (.patientDose, "A", "", "A"), (.cancelBolus, "APN", "APN", "APN"),
      (.acknowledge(.reservoirLow), "PN", "PN", "PN"),
    ]
    var cells = 0
    for (content, bedside, remote, own) in rows {
      for signer in signers {
        for peer in [Role.patient, .clinicServer, .none, .nurse] {
          for way in Way.allCases {
            for late in [false, true] {
              cells += 1
              var world = start
              let request = world.request(content, by: signer.seed)
              if late { world.advance(by: TimeSpan(milliseconds: 120_001)) }
              let fate = world.fate(of: request, signer.people, way, peer: peer)
              let here = way == .bedside ? bedside : peer == .patient ? own : remote
              let wanted: RefusalReason =
                signer.letter == "S"
                ? .unknownKey
                : here.contains(signer.letter)
                  ? (late ? .expired : .none)
                  : bedside.contains(signer.letter) ? .way : .role
              #expect(fate.reason == wanted, "\(content) \(signer.letter) \(peer) \(way) \(late)")
              let kinds = world.journal.map(\.kind)
              #expect(kinds.contains(wanted == .none ? .requestApplied : .requestRefused))
            }
          }
        }
      }
    }
    print("requests: \(cells) cells")
  }
}
