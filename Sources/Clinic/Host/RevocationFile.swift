import Foundation
import OrderText
public import PumpLink
import PumpLinkCrypto
import Synchronization

/// The newest list of revoked keys, from a file that is read again whenever it changed (SR-111).
///
/// What was in force stays so where the file is gone, is no list, is not the root's, or is older than what was
/// read before: nobody gets a key back by breaking a file.
public final class RevocationFile: Sendable {
  private struct Seen: Equatable, Sendable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int64
    var node: UInt64
  }

  private struct State: Sendable {
    var seen: Seen?
    var list: Revocation?
  }

  public let path: String
  private let root: Bytes32
  private let tell: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - path: of the file; it need not be there yet.
  ///   - root: the clinic's, which signs lists.
  ///   - tell: takes a line for whoever runs the server, when the list changes or cannot be taken.
  /// - Throws: where there is a file that is no list of this root.
  public init(
    _ path: String,
    root: Bytes32,
    tell: @escaping @Sendable (String) -> Void
  ) throws(RevocationFileError) {
    self.path = path
    self.root = root
    self.tell = tell
    guard let seen = Self.look(path) else { return }
    let list = try Self.read(path, root)
    state.withLock { $0 = State(seen: seen, list: list) }
  }

  /// The list in force now; nothing where there was never one.
  public var newest: Revocation? {
    let (list, line) = state.withLock { state -> (Revocation?, String?) in
      let seen = Self.look(path)
      guard seen != state.seen else { return (state.list, nil) }
      state.seen = seen
      let held = state.list.map { "list \($0.number)" } ?? "no list"
      guard seen != nil else {
        return (state.list, "\(path): is gone; \(held) stays in force until there is a newer one")
      }
      do throws(RevocationFileError) {
        let list = try Self.read(path, root)
        guard list.number >= state.list?.number ?? 0 else {
          return (
            state.list,
            "\(path): given list \(list.number), expected a newer one than \(held), which stays"
          )
        }
        state.list = list
        return (list, "\(path): list \(list.number) is in force, with \(list.count) keys")
      } catch { return (state.list, "\(error.description); \(held) stays in force") }
    }
    if let line { tell(line) }
    return list
  }

  private static func look(_ path: String) -> Seen? {
    var about = stat()
    guard unsafe stat(path, &about) == 0 else { return nil }
    #if canImport(Darwin)
    let changed = about.st_mtimespec
    #else
    let changed = about.st_mtim
    #endif
    return Seen(
      seconds: Int(changed.tv_sec),
      nanoseconds: Int(changed.tv_nsec),
      size: Int64(about.st_size),
      node: UInt64(about.st_ino)
    )
  }

  private static func read(
    _ path: String,
    _ root: Bytes32
  ) throws(RevocationFileError) -> Revocation {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RevocationFileError(description: "\(path): cannot be read")
    }
    guard let list = Revocation(bytes: Array(data)) else {
      throw RevocationFileError(
        description: "\(path): given \(data.count) bytes that are no list of revoked keys, "
          + "expected one of `cisterna key revoke`"
      )
    }
    guard list.isValid(list.signature, by: root, SwiftCrypto()) else {
      throw RevocationFileError(
        description: "\(path): given a list that this clinic's root did not sign: "
          + "make it with `cisterna key revoke` and the root of this clinic"
      )
    }
    return list
  }
}

/// Why a list of revoked keys is not taken.
public struct RevocationFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line: where, what was found, what to do.
  public let description: String
}
