import Clinic
import Dispatch
import Foundation
import Ledger
import PumpLink

/// The whole server over a clinic that was founded, with a choice of how many appends share a transaction.
///
/// It calls no pump and takes no signed order; everything else is what `cisterna clinic serve` runs.
enum BenchClinic {
  static let clock = ClinicClock(
    therapy: now,
    security: now,
    elapsed: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
    sleep: { try await Task.sleep(for: .milliseconds($0)) }
  )

  @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  static let chance = ClinicChance { count in
    var generator = SystemRandomNumberGenerator()
    let words = (0..<(count + 7) / 8).map { _ in generator.next() }
    return (0..<count).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> (8 * UInt64($0 % 8))) }
  }

  static func serve(_ folder: String, port: Int, batchMax: Int) async throws {
    let ledger = try SQLiteLedger(path: "\(folder)/ledger.sqlite", batchMax: batchMax)
    let clinic = try await ServedClinic(
      ledger,
      WebSettings(hosts: ["127.0.0.1:\(port)"], isSecure: false),
      CareSettings(root: Bytes32()),
      key: try ServerKeyFile.open("\(folder)/server.key", chance),
      clock: clock,
      chance: chance
    )
    try await clinic.run(host: "127.0.0.1", port: port) { _ in
      FileHandle.standardError.write(Data("listening\n".utf8))
    }
    try ledger.close()
  }
}
