import Clinic
import Dispatch
import Foundation
import Ledger
import SimulatedClock
import Therapy

/// The demonstration clinic: its pumps, relay and signers as programs of their own, its server in this
/// process, one simulated clock for all of them.
public struct Demonstration: Sendable {
  /// How it is run.
  public struct Options: Sendable {
    public var folder: String
    /// Of the clinic's pages, on 127.0.0.1.
    public var port: Int
    /// The first port of the pumps, on 127.0.0.1; each takes two.
    public var pumpPort: Int
    /// The port of the first signer, on 127.0.0.1.
    public var signerPort: Int
    /// How fast time may be let go at most.
    public var topSpeed: Int
    /// The path of `cisterna` itself.
    public var program: String

    public init(
      folder: String,
      port: Int,
      pumpPort: Int,
      signerPort: Int,
      topSpeed: Int,
      program: String
    ) {
      self.folder = folder
      self.port = port
      self.pumpPort = pumpPort
      self.signerPort = signerPort
      self.topSpeed = topSpeed
      self.program = program
    }
  }

  let options: Options
  let folder: DemoFolder
  let chance: @Sendable (Int) -> [UInt8]

  /// - Parameters:
  ///   - options: how it is run.
  ///   - chance: gives as many bytes as it is asked for, that nobody can guess.
  public init(_ options: Options, chance: @escaping @Sendable (Int) -> [UInt8]) {
    self.options = options
    self.chance = chance
    folder = DemoFolder(path: options.folder)
  }

  static func wall() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
