import Quantities
import Synchronization
import Therapy

/// What *Today* shows, kept while nothing has changed: it is the same for whoever may see it, and of ten
/// thousand patients it takes 10 ms to write.
final class TodayShelf: Sendable {
  /// Ages in it are told to the minute; so it is written anew at least so often, ms of therapy time.
  static let keptFor: Int64 = 15_000

  private struct Kept: Sendable {
    let revision: Int
    let at: Instant
    let content: Markup
  }

  private let kept = Mutex<Kept?>(nil)

  /// When what is kept was written; nothing before the first.
  var writtenAt: Instant? { kept.withLock { $0?.at } }

  func content(of records: some RecordReader) async -> Markup {
    let revision = await records.revision
    let now = await records.now
    if let kept = kept.withLock({ $0 }), kept.revision == revision,
      (0..<Self.keptFor).contains((now - kept.at).milliseconds)
    {
      return kept.content
    }
    let page = TodayPage(
      summaries: await records.summaries(),
      work: await records.today(),
      now: now
    )
    // What changed since the revision was read is of a later one.
    let new = Kept(revision: revision, at: now, content: page.content)
    kept.withLock { $0 = new }
    return new.content
  }
}
