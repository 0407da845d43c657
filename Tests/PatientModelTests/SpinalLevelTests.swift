import PatientModel
import Pharmacology
import Testing

/// The names of levels.
struct SpinalLevelTests {
  @Test func `each known level stands at its place, in a canal of any length`() {
    for level in SpinalLevel.all {
      #expect(SpinalLevel.place(of: level.name, length: 60) == level.place)
      let short = SpinalLevel.place(of: level.name.lowercased(), length: 40)
      #expect(((short ?? .nan) - level.place * 40 / 60).magnitude < 1e-12)
    }
  }

  @Test(arguments: [
    ("T9", 28.25), ("T11", 23.5), ("T1", 45.25), ("L1", 19), ("L5", 5.75), ("S1", 8.0 / 3),
    ("C2", 56.25),
  ])
  func `a level between two known ones stands between them`(name: String, place: Double) throws {
    let found = try #require(SpinalLevel.place(of: name, length: 60))
    #expect((found - place).magnitude < 1e-9)
  }

  @Test(arguments: ["", "T", "T13", "L6", "C0", "X4", "T10/11/12", "10", "T-1", "S5"])
  func `what is no level is none`(name: String) {
    #expect(SpinalLevel.place(of: name, length: 60) == nil)
  }
}
