import Testing

/// The longest of the stories, which waits more than it works: beside the others.
struct PathwayStoryTests {
  /// `pathway.py`: two patients from the first visit to the explant, over real processes of their own.
  @Test(
    .enabled(if: StoryTests.hasBrowser, "skipped: scripts/ensure-browser.sh says what is missing"),
    .timeLimit(.minutes(30))
  )
  func
    `the whole pathway in a browser, from the first visit to the explant (SR-041, SR-101, SR-113)`()
    throws
  {
    #expect(throws: Never.self) { try StoryTests.play("pathway.py", with: StoryTests.driver) }
  }
}
