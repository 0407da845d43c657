// Written by scripts/rational-exponential.py; the worst error on the negative real axis is
// 3.83e-14 (in exact arithmetic), and the value at 0 is 1.

extension RationalExponential {
  /// The value at minus infinity.
  static let constant = 3.846002005204901e-14

  /// Real parts of the poles in the upper half plane; the eighth lane stands idle.
  static let poleReal = SIMD8<Double>(
    5.623142572746064,
    5.089345060580715,
    3.9933697105786674,
    2.269783829231225,
    -0.20875863824999716,
    -3.703275049423281,
    -8.897773186468662,
    -1.0
  )

  /// Imaginary parts of the poles.
  static let poleImaginary = SIMD8<Double>(
    1.1940690463439736,
    3.588824029027027,
    6.004831642235073,
    8.461737973040277,
    10.991260561901344,
    13.656371871483397,
    16.630982619902316,
    1.0
  )

  /// Real parts of the weights, doubled for the conjugate pole.
  static let weightReal = SIMD8<Double>(
    -55.750323878505874,
    93.86654897563622,
    -46.996464182490904,
    9.614224198304024,
    -0.7527200775992337,
    0.018878050583314113,
    -0.00014308576085575065,
    0.0
  )

  /// Imaginary parts of the weights, doubled for the conjugate pole.
  static let weightImaginary = SIMD8<Double>(
    -204.29467998337302,
    91.28729953666358,
    -11.61671825807101,
    -2.6419587674793905,
    0.6703669403913295,
    -0.034369583907407956,
    0.00028722087085335447,
    0.0
  )
}
