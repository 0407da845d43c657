import OrderText

/// Names of drugs as patients read them.
enum ControllerDrugs {
  static func name(of number: UInt32, _ language: ControllerLanguage) -> String {
    let name = DrugNumber.name(of: number)
    return language == .spanish ? DrugNames.spanish(name) : name
  }
}
