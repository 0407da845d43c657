/// A whole number of any length, by schoolbook arithmetic on groups of four decimal digits.
///
/// The product works with reduced fractions of two 128-bit integers; this shares nothing with it.
struct Long: Equatable, Comparable, CustomStringConvertible {
  private static let base = 10_000
  /// Lowest group first, no zeros at the top; empty for zero.
  private var groups: [Int] = []
  private(set) var isNegative = false

  static let zero = Long(0)

  init(_ value: Int64) {
    var rest = value.magnitude
    while rest > 0 {
      groups.append(Int(rest % 10_000))
      rest /= 10_000
    }
    isNegative = value < 0
  }

  private init(groups: [Int], isNegative: Bool) {
    self.groups = groups
    while self.groups.last == 0 { self.groups.removeLast() }
    self.isNegative = isNegative && !self.groups.isEmpty
  }

  static func power(_ exponent: Int) -> Long {
    var power = Long(1)
    for _ in 0..<exponent { power = power * Long(10) }
    return power
  }

  var isZero: Bool { groups.isEmpty }
  var isOdd: Bool { (groups.first ?? 0) % 2 == 1 }
  var magnitude: Long { Long(groups: groups, isNegative: false) }

  var description: String {
    guard let top = groups.last else { return "0" }
    let rest = groups.dropLast().reversed().map { group in
      let digits = String(group)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }
    return (isNegative ? "-" : "") + String(top) + rest.joined()
  }

  private static func compareMagnitudes(_ lhs: [Int], _ rhs: [Int]) -> Int {
    if lhs.count != rhs.count { return lhs.count < rhs.count ? -1 : 1 }
    for index in lhs.indices.reversed() where lhs[index] != rhs[index] {
      return lhs[index] < rhs[index] ? -1 : 1
    }
    return 0
  }

  static func < (lhs: Long, rhs: Long) -> Bool {
    if lhs.isNegative != rhs.isNegative { return lhs.isNegative }
    let order = compareMagnitudes(lhs.groups, rhs.groups)
    return lhs.isNegative ? order > 0 : order < 0
  }

  static prefix func - (value: Long) -> Long {
    Long(groups: value.groups, isNegative: !value.isNegative)
  }

  static func + (lhs: Long, rhs: Long) -> Long {
    if lhs.isNegative == rhs.isNegative {
      return Long(groups: sum(lhs.groups, rhs.groups), isNegative: lhs.isNegative)
    }
    let order = compareMagnitudes(lhs.groups, rhs.groups)
    if order == 0 { return .zero }
    return order > 0
      ? Long(groups: difference(lhs.groups, rhs.groups), isNegative: lhs.isNegative)
      : Long(groups: difference(rhs.groups, lhs.groups), isNegative: rhs.isNegative)
  }

  static func - (lhs: Long, rhs: Long) -> Long { lhs + (-rhs) }

  private static func sum(_ lhs: [Int], _ rhs: [Int]) -> [Int] {
    var groups: [Int] = []
    var carry = 0
    for index in 0..<max(lhs.count, rhs.count) {
      let left = index < lhs.count ? lhs[index] : 0
      let right = index < rhs.count ? rhs[index] : 0
      carry += left + right
      groups.append(carry % base)
      carry /= base
    }
    return groups + [carry]
  }

  /// Of a larger and a smaller one.
  private static func difference(_ lhs: [Int], _ rhs: [Int]) -> [Int] {
    var groups = lhs
    for index in groups.indices {
      groups[index] -= index < rhs.count ? rhs[index] : 0
      if groups[index] < 0 {
        groups[index] += base
        groups[index + 1] -= 1
      }
    }
    return groups
  }

  static func * (lhs: Long, rhs: Long) -> Long {
    var groups = Array(repeating: 0, count: lhs.groups.count + rhs.groups.count + 1)
    for (i, left) in lhs.groups.enumerated() {
      var carry = 0
      for (j, right) in rhs.groups.enumerated() {
        carry += groups[i + j] + left * right
        groups[i + j] = carry % base
        carry /= base
      }
      groups[i + rhs.groups.count] += carry
    }
    return Long(groups: groups, isNegative: lhs.isNegative != rhs.isNegative)
  }

  /// Long division of magnitudes, group by group.
  func divided(by divisor: Long) -> (quotient: Long, rest: Long) {
    precondition(!divisor.isZero)
    var quotient: [Int] = []
    var rest = Long.zero
    for group in groups.reversed() {
      rest = Long(groups: [group] + rest.groups, isNegative: false)
      var low = 0
      var high = Self.base - 1
      while low < high {
        let middle = (low + high + 1) / 2
        if divisor.magnitude * Long(Int64(middle)) <= rest {
          low = middle
        } else {
          high = middle - 1
        }
      }
      rest = rest - divisor.magnitude * Long(Int64(low))
      quotient.append(low)
    }
    return (Long(groups: quotient.reversed(), isNegative: false), rest)
  }
}

/// A share of two whole numbers, never reduced; the divisor is positive.
struct Share: Comparable {
  let top: Long
  let bottom: Long

  init(_ top: Long, _ bottom: Long = Long(1)) {
    self.top = bottom.isNegative ? -top : top
    self.bottom = bottom.magnitude
  }

  init(_ value: Int) {
    self.init(Long(Int64(value)))
  }

  static func + (a: Share, b: Share) -> Share {
    a.bottom == b.bottom
      ? Share(a.top + b.top, a.bottom)
      : Share(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
  }
  static func - (a: Share, b: Share) -> Share { a + Share(-b.top, b.bottom) }
  static func * (a: Share, b: Share) -> Share { Share(a.top * b.top, a.bottom * b.bottom) }
  static func / (a: Share, b: Share) -> Share { Share(a.top * b.bottom, a.bottom * b.top) }
  static func < (a: Share, b: Share) -> Bool { a.top * b.bottom < b.top * a.bottom }
  static func == (a: Share, b: Share) -> Bool { a.top * b.bottom == b.top * a.bottom }

  var magnitude: Share { Share(top.magnitude, bottom) }

  /// To the nearest whole number, a tie to the even one.
  var nearest: Long {
    let (quotient, rest) = top.magnitude.divided(by: bottom)
    let twice = rest + rest
    let isUp = twice > bottom || (twice == bottom && quotient.isOdd)
    let rounded = isUp ? quotient + Long(1) : quotient
    return top.isNegative ? -rounded : rounded
  }

  /// Not above it.
  var floor: Long {
    let (quotient, rest) = top.magnitude.divided(by: bottom)
    guard top.isNegative else { return quotient }
    return rest.isZero ? -quotient : -(quotient + Long(1))
  }

  /// The nearest double, by way of 60 decimals.
  var double: Double {
    let scaled = (top.magnitude * Long.power(60)).divided(by: bottom).quotient
    return Double("\(top.isNegative ? "-" : "")\(scaled)e-60") ?? .nan
  }
}
