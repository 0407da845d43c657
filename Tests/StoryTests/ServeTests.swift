import Foundation
import Testing

/// A clinic that is founded and served by the program itself.
struct ServeTests {
  /// What is asked of it is checked where it is told: `serve.py`, beside this file.
  @Test(
    .enabled(if: StoryTests.python != nil, "skipped: no python3 is here"),
    .timeLimit(.minutes(3))
  )
  func `a clinic is founded, served, signed in to, and ends within 2 s (SR-111, H-71)`() throws {
    try StoryTests.play("serve.py")
  }
}
