import Foundation
import HTTPCall
import OrderText
import PumpLink
import Therapy

/// One patient of a simulation, from the referral to the end.
///
/// What they go through is drawn from their own chance; what is recorded of it goes through the API alone.
final class SimulatedLife {
  enum End: Error { case simulation, therapy }

  let world: SimulationWorld
  let number: Int
  var chance: SimulationChance
  /// The record's; empty before there is one.
  var id = ""
  private var version = 0
  private var acts = 0
  var pump: SimulatedPump?
  var regimen: SimulatedRegimen
  /// µg of the regimen's drug a day, by the program in force.
  var dose = 0
  /// The same, as it was last set in person; and when somebody certified was last at the bedside.
  var doseInPerson = 0
  var visitedAt: Int64 = 0
  var serial = ""
  var agenda = SimulatedAgenda()

  init(_ world: SimulationWorld, _ number: Int) {
    (self.world, self.number) = (world, number)
    chance = SimulationChance(seed: world.options.seed, stream: UInt64(number))
    regimen = SimulatedRegimen.draw(&chance)
  }

  var now: Int64 { world.time.now }
  var today: String { Instant(milliseconds: now).day.text }

  func day(after days: Int) -> String {
    Instant(milliseconds: now + Int64(days) * SimulationTime.day).day.text
  }

  var familyName: String { "Simulated \(number)" }
  var born: String { regimen.born }
  var recordNumber: String { "SIM-\(number)" }

  func tell(_ what: String, _ detail: String = "") { world.tell(what, of: number, detail) }

  /// Sleeps; the end of the simulation ends the life.
  func sleep(until at: Int64) async throws {
    guard await world.time.sleep(until: at) else { throw End.simulation }
  }

  func sleep(days: Int) async throws {
    try await sleep(until: now + Int64(days) * SimulationTime.day)
  }

  func sleep(hours: Int) async throws {
    try await sleep(until: now + Int64(hours) * SimulationTime.hour)
  }

  /// So many days on, at the hour at which this clinic sees everyone: whoever comes on a day acts at once, and
  /// the server has them all at the same time.
  func morning(after days: Int) -> Int64 {
    let midnight = (now / SimulationTime.day + Int64(max(1, days))) * SimulationTime.day
    return midnight + 10 * SimulationTime.hour
  }

  // MARK: The API

  /// Records something, on the record as it is.
  ///
  /// - Parameters:
  ///   - who: by whom.
  ///   - path: behind the patient; behind all patients where there is no record yet.
  ///   - fields: of the body.
  ///   - confirmed: whether what it asks is answered with yes; where not, a question refuses it.
  /// - Returns: what was answered.
  /// - Throws: where it is refused.
  @discardableResult
  func act(
    _ who: String,
    _ path: String,
    _ fields: Fields = [:],
    confirmed: Bool = true
  ) async throws -> Fields {
    let (status, answer) = try await send(who, path, fields, confirmed: confirmed)
    guard (200...201).contains(status) else {
      throw SimulationFault(
        "\(who) \(path) \(FieldText.text(fields).prefix(300)): \(status) "
          + FieldText.text(answer).prefix(600)
      )
    }
    take(answer)
    return answer
  }

  /// Tries something that has to be refused, with the code that says why.
  func refused(_ who: String, _ path: String, _ fields: Fields, as code: String) async throws {
    let (status, answer) = try await send(who, path, fields, confirmed: false)
    let found = (answer["error"] as? Fields)?["code"] as? String ?? "\(status)"
    guard found == code else {
      throw SimulationFault(
        "\(who) \(path) \(FieldText.text(fields).prefix(300)): answered \(status) \(found), expected \(code)"
      )
    }
    tell("refused: \(code)", path)
  }

  private func send(
    _ who: String,
    _ path: String,
    _ fields: Fields,
    confirmed: Bool = true
  ) async throws -> (Int, Fields) {
    var fields = fields
    if confirmed { fields["confirmed"] = true }
    let body = FieldText.bytes(fields)
    let person = try world.person(who)
    acts += 1
    let base = id.isEmpty ? "/api/v1/patients" : "/api/v1/patients/\(id)"
    for attempt in 0..<8 {
      let answer = try await person.send(
        .post,
        path.isEmpty ? base : "\(base)/\(path)",
        body,
        key: "sim-\(number)-\(acts)-\(attempt)",
        version: id.isEmpty ? nil : version
      )
      guard answer.status == 412 else { return (answer.status, FieldText.object(answer.body)) }
      // What the pump told meanwhile is read, and it is sent again.
      try await refresh(who)
    }
    throw SimulationFault("\(path): the record changed eight times")
  }

  private func take(_ answer: Fields) {
    if let version = answer["version"] as? Int { self.version = version }
    if let id = answer["patient"] as? String { self.id = id }
    let (id, kinds) = (id, answer["events"] as? [String] ?? [])
    world.change { tally in
      for kind in kinds { tally.recorded[id, default: [:]][kind, default: 0] += 1 }
    }
  }

  /// Where the first event of an answer stands in the record.
  func position(of kind: String, in answer: Fields) throws -> Int {
    guard let version = answer["version"] as? Int, let kinds = answer["events"] as? [String],
      let place = kinds.firstIndex(of: kind)
    else { throw SimulationFault("no \(kind) in \(FieldText.text(answer).prefix(200))") }
    return version - (kinds.count - 1 - place)
  }

  private func refresh(_ who: String) async throws {
    let answer = try await world.person(who).send(.get, "/api/v1/patients/\(id)")
    guard let tag = answer.text("etag"), let version = Int(tag.filter(\.isNumber)) else {
      throw SimulationFault("no version of \(id): \(answer.status)")
    }
    self.version = version
  }

  /// Somebody certified comes to the bedside; after that the pump takes orders from afar again.
  func visit(by name: String) throws {
    try pump?.visit(by: world.keys[name])
    visitedAt = now
  }

  func read(_ path: String, as who: String = "ada") async throws -> [UInt8] {
    let answer = try await world.person(who).send(.get, "/api/v1/patients/\(id)\(path)")
    guard answer.status == 200 else {
      throw SimulationFault("reading \(path) of \(id): \(answer.status)")
    }
    return answer.body
  }
}
