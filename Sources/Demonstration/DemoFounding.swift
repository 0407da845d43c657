import Clinic
import Dispatch
import Foundation
import Ledger
import OrderText
import PumpCore
import PumpLink
import Quantities
import Signer
import Synchronization
import Therapy
import VirtualPump

/// Makes the demonstration: keys, pumps that are commissioned and filled, people, and the records of
/// patients who come with a pump in place.
struct DemoFounding {
  let folder: DemoFolder
  let patients: [DemoPatient]
  /// Therapy time of the first day.
  let start: Instant
  let portBase: Int
  let signerBase: Int
  let chance: @Sendable (Int) -> [UInt8]

  /// Keys and certificates of everyone, each in its file.
  func makeKeys() throws -> DemoKeys {
    let keys = try DemoKeys(from: LocalTime(milliseconds: start.milliseconds), chance: chance)
    try folder.write(keys.rootFile.bytes, to: folder.root)
    for held in keys.staff {
      let name = held.person.name
      try folder.write(held.file.bytes, to: folder.key(name, "key"), secret: true)
      try folder.write(held.file.keys.bytes, to: folder.key(name, "pub"))
      try folder.write(held.certificates.bytes, to: folder.key(name, "cert"))
    }
    guard let session = keys.server.session else { throw DemoError("a server has a session key") }
    try folder.write(
      Array("\(Hexadecimal.text(session.array))\n".utf8),
      to: folder.serverSession,
      secret: true
    )
    try folder.write(keys.serverCertificates.bytes, to: folder.serverCertificate)
    try folder.write(
      Array("\(Hexadecimal.text(chance(32)))\n".utf8),
      to: folder.relayToken,
      secret: true
    )
    return keys
  }

  /// The patients whose pumps speak, with the ports of their pumps.
  var linked: [(patient: DemoPatient, port: Int)] {
    patients.filter(\.isLinked).enumerated().map { ($1, portBase + 2 * $0) }
  }

  /// Implants the pumps, all at once: each takes some sessions, most of which are waiting.
  func implant(_ keys: DemoKeys) throws -> [String: PumpContact] {
    let found = Mutex<[String: Result<PumpContact, any Error>]>([:])
    let linked = linked
    DispatchQueue.concurrentPerform(iterations: linked.count) { index in
      let (patient, port) = linked[index]
      let result = Result { try implant(patient, port, keys) }
      found.withLock { $0[patient.id] = result }
    }
    return try found.withLock { try $0.mapValues { try $0.get() } }
  }

  private func implant(
    _ patient: DemoPatient,
    _ port: Int,
    _ keys: DemoKeys
  ) throws -> PumpContact {
    let near = "127.0.0.1:\(port + 1)"
    let code = try pairingCode(patient)
    var pump = try Self.patiently {
      try DemoPump(code: code, remote: "127.0.0.1:\(port)", near: near, keys: keys)
    }
    let controller = SecretKeys(.person, chance: chance(64))
    try pump.commission(
      local: LocalTime(milliseconds: start.milliseconds),
      patientKeys: controller
    )
    try folder.write(
      try KeyFile(
        sealing: controller,
        name: "\(patient.given) \(patient.family)",
        under: Array(Self.passphrase(of: patient).utf8),
        chance: chance(KeyFile.chanceCount),
        cost: KeyCost(log: 14)
      ).bytes,
      to: folder.key(patient.id, "key"),
      secret: true
    )
    guard let reservoir = patient.reservoir else {
      throw DemoError("\(patient.id): expected what is in the reservoir of a pump that speaks")
    }
    try pump.fill(
      "{\"volume\": \"\(reservoir)\", \"drugs\": \(patient.drugsJSON)}",
      program: patient.program
    )
    // The patients come with a catheter that is full; before the fill it would be full of no drug. Where
    // nobody knows its volume the pump reckons with its own tubing alone.
    try pump.setPath(patient.pathVolume ?? "0.14 mL")
    let known = KnownPump(id: pump.contact.id, key: pump.contact.signingKey)
    try folder.write(known.bytes, to: folder.pump(patient.id) + ".pump")
    try folder.write(pump.contact.json, to: folder.pump(patient.id) + ".contact")
    return pump.contact
  }

  /// Opens the key of a patient's controller.
  static func passphrase(of patient: DemoPatient) -> String { "\(patient.id) controller" }

  /// Whether a patient's controller runs: of whoever has doses to ask for, and of one who reads Spanish.
  static func hasController(_ patient: DemoPatient) -> Bool {
    patient.program.contains("\"patientDose\"") || patient.language == "es"
  }

  /// The controllers of the patients who have one running.
  func handOut() throws -> [DemoFounded.Controller] {
    let chosen = linked.map(\.patient).filter(Self.hasController)
    return try chosen.enumerated().map { place, patient in
      try folder.write(
        Array("\(Self.passphrase(of: patient))\n".utf8),
        to: folder.controllerPassphrase(patient.id),
        secret: true
      )
      return DemoFounded.Controller(
        patient: patient.id,
        port: signerBase + DemoPorts.controllersAbove + place,
        language: patient.language == "es" ? "es" : "en"
      )
    }
  }

  private func pairingCode(_ patient: DemoPatient) throws -> PairingCode {
    let path = folder.pump(patient.id) + "/pairing.txt"
    let text = try Self.patiently { String(decoding: try folder.read(path), as: UTF8.self) }
    guard let code = PairingCode(text.filter { !$0.isNewline }, DemoPump.crypto) else {
      throw DemoError("\(path): is no pairing code")
    }
    return code
  }

  /// Tries again while a program that was just started is not there yet.
  private static func patiently<Value>(_ body: () throws -> Value) throws -> Value {
    for _ in 0..<100 {
      if let value = try? body() { return value }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return try body()
  }

  // MARK: The clinic

  /// Opens the accounts.
  func hire(_ accounts: AccountBook) async throws -> [DemoFounded.SignIn] {
    var people: [DemoFounded.SignIn] = []
    for person in DemoPerson.all {
      guard let role = AccountRole(rawValue: person.account) else {
        throw DemoError("\(person.account) is no role of the clinic")
      }
      let (account, secret) = try await accounts.open(
        NewAccount(
          name: person.name,
          fullName: person.fullName,
          roles: [role],
          patient: nil,
          password: person.password
        ),
        AccountAct(key: "found-\(person.name)", who: "demonstration", time: start.milliseconds)
      )
      people.append(
        DemoFounded.SignIn(
          name: person.name,
          fullName: person.fullName,
          role: person.account,
          account: account.id,
          password: person.password,
          codeSecret: secret ?? [],
          passphrase: person.signs == nil ? nil : person.passphrase,
          signerPort: person.signerPlace.map { signerBase + $0 }
        )
      )
    }
    return people + (try await hirePatients(accounts))
  }

  /// Accounts of two patients, who have controllers too, and of somebody who helps one of them.
  private func hirePatients(_ accounts: AccountBook) async throws -> [DemoFounded.SignIn] {
    let wanted = [("daniel", "okafor-daniel"), ("marisol", "reyes-marisol"), ("grace", "")]
    var people: [DemoFounded.SignIn] = []
    for (name, id) in wanted {
      let patient = patients.first { $0.id == id }
      guard patient != nil || id.isEmpty else { continue }
      let role: AccountRole = patient == nil ? .caregiver : .patient
      let password = "reservoir-\(role.rawValue)"
      let fullName = patient.map { "\($0.given) \($0.family)" } ?? "Grace Okafor"
      let (account, secret) = try await accounts.open(
        NewAccount(
          name: name,
          fullName: fullName,
          roles: [role],
          patient: patient?.id,
          password: password
        ),
        AccountAct(key: "found-\(name)", who: "demonstration", time: start.milliseconds)
      )
      people.append(
        DemoFounded.SignIn(
          name: name,
          fullName: fullName,
          role: role.rawValue,
          account: account.id,
          password: password,
          codeSecret: secret ?? [],
          passphrase: nil,
          signerPort: nil
        )
      )
    }
    return people
  }

  /// Lets those live through their courses who are not only adopted.
  ///
  /// - Parameters:
  ///   - records: of the clinic.
  ///   - people: who did it.
  ///   - set: puts the founding's clock to the time of an act.
  /// - Throws: where the rules refuse an act.
  func live(
    _ records: RecordBook,
    by people: [DemoFounded.SignIn],
    set: (Instant) -> Void
  ) async throws {
    for course in try DemoCourse.all(start) {
      guard let id = PatientID(course.id) else { throw DemoError("\(course.id) is no id") }
      for (place, act) in course.acts.enumerated() {
        set(act.at)
        let author =
          switch act.by {
          case .physician: try author("ada", .physician, people)
          case .nurse: try author("noor", .nurse, people)
          case .pharmacist: try author("pia", .pharmacist, people)
          }
        do {
          _ = try await records.record(
            RecordAct(
              id,
              key: "found-\(course.id)-course-\(place)",
              [RecordAct.Step(act.command, by: author)],
              isConfirmed: true
            )
          )
        } catch { throw DemoError("\(course.id), act \(place): \(error)") }
      }
    }
    set(start)
  }

  private func author(
    _ name: String,
    _ role: PersonRole,
    _ people: [DemoFounded.SignIn]
  ) throws -> Author {
    guard let account = people.first(where: { $0.name == name })?.account,
      let person = PersonID(account)
    else { throw DemoError("\(name) has no account") }
    return Author(person: person, role: role)
  }

  /// Adopts every patient, with what their papers say.
  func adopt(
    _ records: RecordBook,
    _ contacts: [String: PumpContact],
    by people: [DemoFounded.SignIn]
  ) async throws {
    let physician = try author("ada", .physician, people)
    let nurse = try author("noor", .nurse, people)
    for patient in patients {
      let history = DemoHistory(patient, start)
      guard let id = PatientID(patient.id) else { throw DemoError("\(patient.id) is no id") }
      var steps: [RecordAct.Step] = []
      if let contact = contacts[patient.id] {
        steps.append(RecordAct.Step(.linkPump(try history.link(contact)), by: physician))
      }
      steps += try history.observations().map { RecordAct.Step($0, by: nurse) }
      do {
        _ = try await records.record(
          RecordAct(
            id,
            key: "found-\(patient.id)",
            [RecordAct.Step(.adopt(try history.adoption()), by: physician)],
            isConfirmed: true
          )
        )
        _ = try await records.record(
          RecordAct(id, key: "found-\(patient.id)-history", steps, isConfirmed: true)
        )
      } catch { throw DemoError("\(patient.id): \(error)") }
    }
  }
}
