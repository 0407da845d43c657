/// The functions of the real line that the model needs, in Swift alone.
///
/// The same source gives the same bits on the host and as wasm, where no C library is. Relative errors
/// are a few units in the last place; a test holds them to the system's library.
public enum Elementary {
  private static let ln2High = 0x1.62e42feep-1
  private static let ln2Low = 0x1.a39ef35793c76p-33

  /// e to the x; 0 below −745.2, infinite above 709.8.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -745.2 { return 0 }
    let count = (x * 1.4426950408889634).rounded(.toNearestOrEven)
    let rest = (x - count * ln2High) - count * ln2Low
    // Taylor to the 13th power: |rest| ≤ ln 2 / 2 leaves less than a unit in the last place.
    var sum = 1.0
    var power = 13.0
    while power >= 1 {
      sum = 1 + rest * sum / power
      power -= 1
    }
    // In two steps, so that the smallest results do not underflow on the way.
    let exponent = Int(count)
    let half = exponent / 2
    return sum * twoTo(half) * twoTo(exponent - half)
  }

  /// The natural logarithm; −infinity at 0, not a number below.
  public static func log(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x.isInfinite { return x }
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    // 2 artanh(s), s = (f − 1)/(f + 1), |s| ≤ 0.172.
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    var odd = 23.0
    while odd >= 3 {
      sum = square * (1 / odd + sum)
      odd -= 2
    }
    return exponent * ln2High + (2 * s * (1 + sum) + exponent * ln2Low)
  }

  /// x to the y for x ≥ 0; 0 to a positive power is 0.
  public static func power(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return 1 }
    if x == 0 { return y > 0 ? 0 : .infinity }
    return exp(y * log(x))
  }

  /// The error function.
  public static func erf(_ x: Double) -> Double {
    let size = x.magnitude
    if size > 1.5 { return (x > 0 ? 1 : -1) * (1 - tail(size)) }
    return series(x)
  }

  /// One less the error function, without cancellation for large x.
  public static func erfc(_ x: Double) -> Double {
    if x > 1.5 { return tail(x) }
    if x < -1.5 { return 2 - tail(-x) }
    return 1 - series(x)
  }

  /// The distribution function of the standard normal.
  public static func normalCDF(_ x: Double) -> Double {
    erfc(-x * 0.7071067811865476) / 2
  }

  /// The quantile of the standard normal, for u in (0, 1).
  ///
  /// Newton's steps with Halley's correction on ``normalCDF(_:)``, on the side where it has no
  /// cancellation, from a start by the tail's own asymptote.
  public static func normalQuantile(_ u: Double) -> Double {
    precondition(u > 0 && u < 1, "a probability stands between 0 and 1")
    let isUpper = u > 0.5
    let tailMass = isUpper ? 1 - u : u
    // Phi(−t) is near exp(−t²/2) / (t √2π) far out, and near 1/2 − t/√2π at the middle.
    var z: Double
    if tailMass > 0.1 {
      z = (tailMass - 0.5) * 2.5066282746310002
    } else {
      let square = -2 * log(tailMass)
      z = -(square - log(6.283185307179586 * square)).squareRoot()
    }
    for _ in 0..<60 {
      let density = exp(-z * z / 2) * 0.3989422804014327
      let step = (normalCDF(z) - tailMass) / density
      let correction = step / (1 + z * step / 2)
      z -= correction
      if correction.magnitude <= 1e-16 * max(1, z.magnitude) { break }
    }
    return isUpper ? -z : z
  }

  /// erf by a series whose terms all have one sign: 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!.
  private static func series(_ x: Double) -> Double {
    let square = x * x
    var term = x
    var sum = x
    var odd = 3.0
    while term.magnitude > 1e-17 * sum.magnitude {
      term *= 2 * square / odd
      sum += term
      odd += 2
    }
    return 1.1283791670955126 * exp(-square) * sum
  }

  /// erfc for x > 1.5 by its continued fraction, from the inside out; the nearer, the more of it.
  private static func tail(_ x: Double) -> Double {
    if x > 27 { return 0 }
    var fraction = x
    var count = (20 + 300 / (x * x)).rounded(.up)
    while count >= 1 {
      fraction = x + count / 2 / fraction
      count -= 1
    }
    return exp(-x * x) / (fraction * 1.772453850905516)
  }

  private static func twoTo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }
}
