import Crypto
import Foundation
import JSONText
import OrderText
import Therapy

/// One telling of one alarm to one hook.
struct WebhookMessage: Equatable, Sendable {
  /// The same at each try, so that the other end takes it once.
  let id: String
  let body: [UInt8]

  /// What is told: which record, where to look, and that it is an alarm; no name, no drug, not even which alarm.
  init(hook: String, position: Int64, patient: String, origin: String, at: Int64) {
    id = "\(hook)-\(position)"
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("delivery", id)
    writer.member("event", "alarm")
    writer.member("record", patient)
    writer.member("link", "\(origin)/patients/\(patient)")
    writer.key("at_ms")
    writer.integer(at)
    writer.endObject()
    body = writer.bytes
  }

  /// HMAC-SHA256 over `timestamp.body`, in hexadecimal digits; the timestamp is in seconds since 1970, of the try.
  static func signature(_ body: [UInt8], timestamp: Int64, secret: [UInt8]) -> String {
    var code = HMAC<SHA256>(key: SymmetricKey(data: secret))
    code.update(data: Array("\(timestamp).".utf8))
    code.update(data: body)
    return Hex.text(code.finalize())
  }

  func headers(timestamp: Int64, secret: [UInt8]) -> [(String, String)] {
    [
      ("cisterna-delivery", id), ("cisterna-timestamp", "\(timestamp)"),
      ("cisterna-signature", "v1=\(Self.signature(body, timestamp: timestamp, secret: secret))"),
    ]
  }
}
