import Clinic
import Dispatch
import Foundation
import Ledger
import Logging
import OrderText
import PumpLink
import Signer
import SimulatedClock
import Synchronization

// The clinic's server alone, over the folder of a demonstration: the victim of the crash campaign.
//
//   server-victim FOLDER PORT SIGNER-PORT ROUND HOURS
//
// Pumps, relay and signers run beside it and live on when it is killed. Security time is the wall's and a
// minute more each ROUND, so that everyone may sign in again at once with a fresh code. With HOURS so much
// therapy time passes before it serves. It prints "open" once it listens.

struct Unusable: Error { let what: String }

let arguments = CommandLine.arguments
let (folder, round, hours) = (arguments[1], Int64(arguments[4]) ?? 0, Double(arguments[5]) ?? 0)
guard let port = Int(arguments[2]), let signers = Int(arguments[3]) else {
  throw Unusable(what: "a port")
}

func bytes(_ name: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
}

func line(_ name: String) throws -> String {
  String(decoding: try bytes(name), as: UTF8.self).filter { !$0.isNewline }
}

@Sendable
func wall() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

let clock = try SimulatedClockWriter(
  path: "\(folder)/clock",
  wall: wall(),
  start: 0,
  speed: 0
)
if hours > 0 {
  let speed: Int64 = 20_000
  try clock.set(speed: speed, at: wall())
  try await Task.sleep(for: .seconds(hours * 3_600 / Double(speed)))
}
try clock.set(speed: 1, at: wall())

let chance = ClinicChance { count in
  var generator = SystemRandomNumberGenerator()
  return (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
}
let ledger = try SQLiteLedger(path: "\(folder)/ledger.sqlite")
let house = try await ClinicHouse(
  ledger,
  WebSettings(
    hosts: ["127.0.0.1:\(port)"],
    isSecure: false,
    signerOrigins: ["http://127.0.0.1:\(signers)"],
    relayToken: try line("relay.token")
  ),
  key: try ServerKeyFile.open("\(folder)/server.key", chance),
  clock: ClinicClock(
    therapy: { clock.now(wall: wall()) },
    security: { wall() + round * 60_000 },
    elapsed: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
    sleep: { try await Task.sleep(for: .milliseconds($0)) }
  ),
  chance: chance
)
var pair = CertificatePair()
for certificate in try CertificateFile(bytes: try bytes("server.cert")).certificates {
  _ = pair.append(certificate)
}
let session = try line("server.session")
var digits: [UInt8] = []
for place in stride(from: 0, to: 64, by: 2) {
  let start = session.index(session.startIndex, offsetBy: place)
  let end = session.index(start, offsetBy: 2)
  digits.append(UInt8(session[start..<end], radix: 16) ?? 0)
}
guard let key = Bytes32(digits.span) else { throw Unusable(what: "a session key") }
let certificates = try ["ada", "ben", "noor", "pia"].flatMap { name in
  try CertificateFile(bytes: try bytes("keys/\(name).cert")).certificates
}
let care = try await house.care(
  CareSettings(
    root: try PublicKeys(bytes: try bytes("keys/root.pub")).signing,
    caller: ClinicCaller(key: key, certificates: pair),
    certificates: certificates,
    holdTime: { isHeld in try? isHeld ? clock.hold(at: wall()) : clock.resume(at: wall()) },
    demonstration: DemonstrationClock(
      top: 20_000,
      speed: { clock.current.chosen },
      set: { try clock.set(speed: $0, at: wall()) }
    )
  )
)
let pages = PageRoutes(care, house.parts.accounts, house.parts.sessions, signers: [:])
let server = try house.server(care, pages: pages.routes)
var log = Logger(label: "clinic")
log.logLevel = .error
try await server.run(
  host: "127.0.0.1",
  port: port,
  log: log,
  work: { await care.work() },
  started: { _ in FileHandle.standardOutput.write(Data("open\n".utf8)) }
)
await house.stop()
try ledger.close()
