import OrderText

/// Names of drugs as patients read them.
enum ControllerDrugs {
  private static let spanish = [
    "baclofen": "baclofeno", "morphine": "morfina", "hydromorphone": "hidromorfona",
    "fentanyl": "fentanilo", "sufentanil": "sufentanilo", "ziconotide": "ziconotida",
    "clonidine": "clonidina", "bupivacaine": "bupivacaína", "ropivacaine": "ropivacaína",
  ]

  /// As the formulary names it where there is no other name.
  static func name(of number: UInt32, _ language: ControllerLanguage) -> String {
    let name = DrugNumber.name(of: number)
    return language == .spanish ? spanish[name] ?? name : name
  }
}
