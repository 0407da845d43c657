import Testing

@testable import Demonstration

/// Which refusals of a small step from afar the simulated world takes for right.
struct RemoteBoundsTests {
  private static func bounds(
    asked: Int = 106,
    inPerson: Int = 100,
    days: Int64 = 10,
    reservoir: Int64 = 10_000_000
  ) -> RemoteBounds {
    RemoteBounds(
      asked: asked,
      inPerson: inPerson,
      visited: days * SimulationTime.day,
      reservoir: reservoir
    )
  }

  @Test
  func `a refusal counts as good only where the world knows its reason`() {
    let week = "envelope (week): given 240 uL, limit 238 uL"
    #expect(!Self.bounds(asked: 118).mayRefuse(week))
    #expect(Self.bounds(asked: 120).mayRefuse(week))
    #expect(Self.bounds(asked: 80).mayRefuse(week))
    #expect(!Self.bounds(days: 120).mayRefuse("envelope (bedsideAge)"))
    #expect(Self.bounds(days: 121).mayRefuse("envelope (bedsideAge)"))
    #expect(!Self.bounds().mayRefuse("envelope (fault)"))
    #expect(Self.bounds(reservoir: 2_000_000).mayRefuse("envelope (fault)"))
    for other in ["envelope (step)", "envelope (limits)", "secondSignature", "stale", ""] {
      #expect(!Self.bounds(asked: 200, days: 300, reservoir: 0).mayRefuse(other))
    }
  }
}
