import Clinic
import Dispatch
import Foundation
import Ledger
import SimulatedClock
import Therapy

extension Demonstration {
  /// Founds the clinic where there is none, starts it, and serves until it is told to end.
  ///
  /// - Parameters:
  ///   - reset: whether to start over.
  ///   - tell: takes what people read.
  /// - Throws: where the folder or a port cannot be used.
  public func run(reset: Bool, tell: @escaping @Sendable (String) -> Void) async throws {
    if reset || !folder.isFounded {
      let ports = DemoPorts(
        page: options.port,
        pump: options.pumpPort,
        signer: options.signerPort,
        try Self.patients().patients
      )
      if let fault = ports.fault { throw DemoError("\(fault); nothing was changed") }
      try await found(tell: tell)
    }
    let founded = try founded()
    let (start, _) = try Self.patients()
    let clock = try SimulatedClockWriter(
      path: folder.clock,
      wall: Self.wall(),
      start: start.milliseconds,
      speed: 0
    )
    // It stood still since an orderly end; after a kill it went on as it was set, and stands only now.
    try clock.set(speed: 0, at: Self.wall())
    var programs = try startPumps(founded.pumps.map { ($0.patient, $0.port) })
    programs += try startSigners(founded)
    programs += try startControllers(founded)
    programs.append(try startRelay(founded))
    defer {
      try? clock.set(speed: 0, at: Self.wall())
      for program in programs.reversed() { program.stop() }
    }
    try clock.set(speed: 1, at: Self.wall())
    let missed = try DemoVisit(folder: folder, founded: founded).run()
    if !missed.isEmpty { tell("not reached at the bedside: \(missed.joined(separator: ", "))") }
    try await serve(founded, clock, tell)
  }

  /// What stands on the terminal while the clinic is open.
  func welcome(_ founded: DemoFounded) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    var lines = [
      "", "The demonstration clinic is open:  http://127.0.0.1:\(options.port)/", "",
      "Sign in with a name, a password, and a one-time code from",
      "http://127.0.0.1:\(options.port)/demonstration", "",
      padded("name", 9) + padded("who", 30) + padded("password", 24) + "signs with",
    ]
    for person in founded.people {
      lines.append(
        padded(person.name, 9) + padded("\(person.fullName), \(person.role)", 30)
          + padded(person.password, 24) + (person.passphrase ?? "–")
      )
    }
    for controller in founded.controllers ?? [] {
      if lines.last?.hasPrefix("The controller of") != true { lines.append("") }
      let address = (try? folder.read(folder.controllerAddress(controller.patient))) ?? []
      lines.append(
        "The controller of \(controller.patient), port \(controller.port):  "
          + String(decoding: address, as: UTF8.self).filter { !$0.isNewline }
      )
    }
    lines += [
      "", "Everyone here is invented; this is not a medical device. Control-C ends all of it.",
    ]
    return lines.joined(separator: "\n")
  }
}
