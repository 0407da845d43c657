import Foundation
import Pharmacology
import Testing

/// The functions of the model's own against the system's library.
struct ElementaryTests {
  /// A grid of both signs over many sizes, the same at each run.
  static let grid: [Double] = (0..<20_000).map { index in
    let size = Foundation.exp(Double(index % 1_000) / 1_000 * 40 - 34)
    return (index % 2 == 0 ? 1 : -1) * size * (1 + Double(index) / 40_000)
  }

  static func close(_ own: Double, _ system: Double, _ ulps: Double) -> Bool {
    own == system || (own - system).magnitude <= ulps * system.ulp
  }

  @Test func `exp is within 2 units in the last place`() {
    for x in Self.grid where x > -700 && x < 700 {
      #expect(Self.close(Elementary.exp(x), Foundation.exp(x), 2), "\(x)")
    }
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(-800) == 0)
    #expect(Elementary.exp(710) == .infinity)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(Elementary.exp(-740) > 0)
  }

  @Test func `log is within 2 units in the last place`() {
    for x in Self.grid where x > 0 {
      #expect(Self.close(Elementary.log(x), Foundation.log(x), 2), "\(x)")
    }
    for x in [Double.leastNonzeroMagnitude, 0x1p-1030, .greatestFiniteMagnitude, 1.0, 2.0, 0.5] {
      #expect(Self.close(Elementary.log(x), Foundation.log(x), 2), "\(x)")
    }
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-1).isNaN)
  }

  @Test func `erf and erfc are within 1e-14 of themselves`() {
    for x in Self.grid where x.magnitude < 26 {
      let erf = Foundation.erf(x)
      let erfc = Foundation.erfc(x)
      #expect((Elementary.erf(x) - erf).magnitude <= 1e-14 * erf.magnitude, "erf \(x)")
      #expect((Elementary.erfc(x) - erfc).magnitude <= 3e-13 * erfc, "erfc \(x)")
    }
  }

  @Test func `a power is within 1e-13 of itself`() {
    for x in Self.grid where x > 0 && x < 1e3 {
      for y in [0.3, 1.5, 2.5, 3.0] {
        let system = Foundation.pow(x, y)
        #expect((Elementary.power(x, y) - system).magnitude <= 1e-13 * system, "\(x)^\(y)")
      }
    }
    #expect(Elementary.power(0, 2.5) == 0)
    #expect(Elementary.power(7, 0) == 1)
  }

  @Test func `the normal quantile undoes the distribution function`() {
    for exponent in 1...300 {
      let u = Foundation.pow(10, -Double(exponent) / 10)
      let z = Elementary.normalQuantile(u)
      #expect((Foundation.erfc(-z / 2.0.squareRoot()) / 2 - u).magnitude <= 1e-12 * u, "\(u)")
    }
    for count in 1..<1_000 {
      let u = Double(count) / 1_000
      let z = Elementary.normalQuantile(u)
      #expect((Elementary.normalCDF(z) - u).magnitude <= 1e-15)
      #expect((z + Elementary.normalQuantile(1 - u)).magnitude <= 1e-12)
    }
    #expect(Elementary.normalQuantile(0.5) == 0)
  }
}
