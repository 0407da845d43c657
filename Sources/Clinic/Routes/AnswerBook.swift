import Crypto
import Foundation

/// Answers that were given, by the client's key: the same request again gets the same answer (SR-113).
///
/// In memory and bounded: what it no longer holds the ledger still knows by the event's id, so that
/// nothing is ever recorded twice. Two of the same at once are done once.
actor AnswerBook {
  /// So many answers.
  static let countMax = 4_096
  /// Larger answers are not kept.
  static let bytesMax = 64 * 1024
  static let keptFor: Int64 = 24 * 3_600_000

  private enum Entry {
    case underWay(Task<WebResponse, Never>)
    case given(WebResponse)
  }

  private var entries: [String: (print: SHA256Digest, at: Int64, entry: Entry)] = [:]
  /// Their keys and when each was taken, the oldest first; some may be gone, or there again behind.
  private var order: [(key: String, at: Int64)] = []

  static let keyTaken = WebError(
    409,
    "keyTaken",
    "This key was used before for something else; nothing was changed.",
    field: "Idempotency-Key",
    expected: "a fresh one for each act",
    todo: "Send it with a new key."
  )

  /// The answer to a request.
  ///
  /// - Parameters:
  ///   - key: of whoever asks, and theirs.
  ///   - print: of all that makes the request what it is.
  ///   - now: security time.
  ///   - work: does it, where it was not done before.
  /// - Returns: the answer, the first one where the same was asked before.
  /// - Throws: where the key stands for another request.
  func answer(
    _ key: String,
    print: SHA256Digest,
    at now: Int64,
    _ work: @escaping @Sendable () async -> WebResponse
  ) async throws(WebError) -> WebResponse {
    if let known = entries[key] {
      guard known.print == print else { throw Self.keyTaken }
      switch known.entry {
      case .given(let response): return response
      case .underWay(let task): return await task.value
      }
    }
    makeRoom(at: now)
    let task = Task { await work() }
    entries[key] = (print, now, .underWay(task))
    order.append((key, now))
    let response = await task.value
    // What was refused may be tried again: it was not done.
    let isDone = (200..<400).contains(response.status)
    if isDone, response.bytes.count <= Self.bytesMax {
      entries[key] = (print, now, .given(response))
    } else {
      entries[key] = nil
    }
    return response
  }

  /// An eighth at once, so that not every request looks at them.
  private func makeRoom(at now: Int64) {
    guard order.count >= Self.countMax else { return }
    var kept: [(key: String, at: Int64)] = []
    for (place, item) in order.enumerated() {
      // A key that was tried again stands behind too: there is its age.
      guard let known = entries[item.key], known.at == item.at else { continue }
      if case .given = known.entry, place < Self.countMax / 8 || now - known.at > Self.keptFor {
        entries[item.key] = nil
      } else {
        kept.append(item)
      }
    }
    order = kept
  }
}
