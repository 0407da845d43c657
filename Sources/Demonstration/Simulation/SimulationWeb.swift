import Foundation
import HTTPCall
import NIOCore
import NIOPosix

/// Why a simulation cannot go on, or what it found wrong.
struct SimulationFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What an API takes and answers, as its JSON.
typealias Fields = [String: Any]

enum FieldText {
  /// Members in the order of their names, so that the same act is the same bytes.
  static func bytes(_ fields: Fields) -> [UInt8] {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    let data = try? JSONSerialization.data(withJSONObject: fields, options: options)
    return data.map { Array($0) } ?? []
  }

  static func object(_ bytes: [UInt8]) -> Fields {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) as? Fields ?? [:]
  }

  static func array(_ bytes: [UInt8]) -> [Fields] {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [Fields] ?? []
  }

  static func text(_ fields: Fields) -> String { String(decoding: bytes(fields), as: UTF8.self) }
}

/// The clinic's server, over as many connections as are wanted at once.
actor SimulationWeb {
  static let answerLimit: Int64 = 60

  nonisolated let port: Int
  private var free: [HTTPCall] = []
  private(set) var count = 0

  init(port: Int) { self.port = port }

  func send(
    _ method: HTTPCall.Method,
    _ path: String,
    _ body: [UInt8] = [],
    type: String = "application/json",
    headers: [(String, String)] = []
  ) async throws -> HTTPAnswer {
    count += 1
    let call =
      free.popLast()
      ?? HTTPCall(
        host: "127.0.0.1",
        port: port,
        answerLimit: .seconds(Self.answerLimit),
        // Lists of a whole clinic.
        bodyMax: 8 << 20,
        group: .singletonMultiThreadedEventLoopGroup
      )
    defer { free.append(call) }
    return try await call.send(method, path, body, type: type, headers: headers)
  }
}
