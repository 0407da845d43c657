/// Comparing secrets.
enum Secret {
  /// Compares in a time that depends on the lengths alone.
  static func isSame(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
