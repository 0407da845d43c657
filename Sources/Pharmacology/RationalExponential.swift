/// exp on the negative real axis as a constant and seven pairs of poles.
///
/// exp(z) ≈ constant + Σ Re(w / (z − p)) with weights doubled for the conjugate poles. The values are
/// computed by `scripts/rational-exponential.py`, by the Carathéodory-Fejér method, and a test holds
/// them to the exponential. Each pole is a lane: a step is one solve for all of them at once.
enum RationalExponential {
  /// 1 / pole.
  static let inversePole = ComplexLanes(poleReal, poleImaginary).inverse

  static let pole = ComplexLanes(poleReal, poleImaginary)
  static let weight = ComplexLanes(weightReal, weightImaginary)

  /// The approximation at a real number at most 0.
  static func value(_ z: Double) -> Double {
    let term = weight * (ComplexLanes(real: z) - pole).inverse
    return constant + term.re.total
  }
}

/// Eight complex numbers, one for each pole and an idle one.
struct ComplexLanes: Sendable {
  var re: SIMD8<Double>
  var im: SIMD8<Double>

  @inline(__always)
  init(_ re: SIMD8<Double>, _ im: SIMD8<Double>) {
    self.re = re
    self.im = im
  }

  /// The same real number in all lanes.
  @inline(__always)
  init(real: Double) {
    self.init(SIMD8(repeating: real), .zero)
  }

  static let zero = ComplexLanes(.zero, .zero)

  @inline(__always)
  static func + (lhs: Self, rhs: Self) -> Self { Self(lhs.re + rhs.re, lhs.im + rhs.im) }

  @inline(__always)
  static func - (lhs: Self, rhs: Self) -> Self { Self(lhs.re - rhs.re, lhs.im - rhs.im) }

  @inline(__always)
  static func * (lhs: Self, rhs: Self) -> Self {
    Self(lhs.re * rhs.re - lhs.im * rhs.im, lhs.re * rhs.im + lhs.im * rhs.re)
  }

  @inline(__always)
  static func * (lhs: Double, rhs: Self) -> Self { Self(lhs * rhs.re, lhs * rhs.im) }

  /// 1 / z.
  @inline(__always)
  var inverse: Self {
    let square = re * re + im * im
    return Self(re / square, -im / square)
  }

  /// The real part of a product.
  @inline(__always)
  func realProduct(_ other: Self) -> SIMD8<Double> { re * other.re - im * other.im }
}

extension SIMD8<Double> {
  /// The sum of the lanes, in one order on all machines.
  @inline(__always)
  var total: Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
