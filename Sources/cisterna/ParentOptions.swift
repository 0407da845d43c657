import ArgumentParser
import Dispatch
import Foundation

/// For a program that another one starts and that must not outlive it.
struct ParentOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp("End when standard input closes, as it does when the parent ends.")
  )
  var endWithParent = false

  /// Begins to wait for the end of standard input, and then asks itself to stop.
  func follow() {
    guard endWithParent else { return }
    // Nothing is ever written to it; reading returns when whoever holds the other end is gone.
    Thread.detachNewThread {
      while let read = try? FileHandle.standardInput.read(upToCount: 1), !read.isEmpty {}
      kill(getpid(), SIGTERM)
    }
  }
}
