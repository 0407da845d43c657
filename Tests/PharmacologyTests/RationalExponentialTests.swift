import Foundation
import Testing

@testable import Pharmacology

/// The rational exponential against the exponential.
struct RationalExponentialTests {
  @Test func `it is exp on the whole negative real axis to 1.4e-13`() {
    var worst = 0.0
    for index in 0...40_000 {
      let z = -Foundation.exp(Double(index) / 40_000 * 50 - 25)
      worst = max(worst, (RationalExponential.value(z) - Foundation.exp(z)).magnitude)
    }
    #expect(worst <= 1.4e-13, "\(worst)")
    #expect(worst > 1e-15, "it is an approximation, and this test sees how good a one")
  }

  @Test func `it is 1 at 0, which is what conserves mass`() {
    #expect((RationalExponential.value(0) - 1).magnitude <= 2e-14)
  }

  @Test func `its poles stand in the upper half plane and the eighth lane is idle`() {
    for lane in 0..<7 {
      #expect(RationalExponential.poleImaginary[lane] > 0)
      #expect(RationalExponential.weightReal[lane] != 0)
    }
    #expect(RationalExponential.weightReal[7] == 0)
    #expect(RationalExponential.weightImaginary[7] == 0)
  }
}
