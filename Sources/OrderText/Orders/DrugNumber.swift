import Formulary

/// The number under which orders name a drug of the formulary (RxNorm, ingredients).
///
/// An order holds numbers only, so that its bytes say which drug is meant without any list. A number
/// that nobody has read in RxNorm itself is shown as unverified, as every such fact is.
public struct DrugNumber: Equatable, Sendable {
  public let number: UInt32
  /// As the formulary names it.
  public let name: String
  /// Whether an official value set has it.
  public let isVerified: Bool

  private init(_ number: UInt32, _ name: String, isVerified: Bool = false) {
    self.number = number
    self.name = name
    self.isVerified = isVerified
  }

  /// All that are known.
  ///
  /// For ziconotide it is the number of its product, as that of the ingredient
  /// was not found.
  public static let all = [
    DrugNumber(1_292, "baclofen"),
    DrugNumber(1_815, "bupivacaine"),
    DrugNumber(2_599, "clonidine"),
    DrugNumber(3_423, "hydromorphone", isVerified: true),
    DrugNumber(4_337, "fentanyl", isVerified: true),
    DrugNumber(7_052, "morphine", isVerified: true),
    DrugNumber(35_780, "ropivacaine"),
    DrugNumber(56_795, "sufentanil"),
    DrugNumber(486_133, "ziconotide"),
  ]

  /// The drug of a number; nothing where it is not of the formulary.
  public static func known(_ number: UInt32) -> DrugNumber? { all.first { $0.number == number } }

  /// The number that a text means: a name of the formulary, or `RxNorm 1292`.
  public static func number(of text: String) -> UInt32? {
    if let known = all.first(where: { $0.name == text }) { return known.number }
    guard text.hasPrefix("RxNorm "), let number = UInt32(text.dropFirst(7)), number > 0 else {
      return nil
    }
    return number
  }

  /// The name of a number, or the number itself.
  public static func name(of number: UInt32) -> String {
    known(number)?.name ?? "RxNorm \(number)"
  }
}
