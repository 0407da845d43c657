/// Names of drugs as patients read them.
public enum DrugNames {
  private static let spanish = [
    "baclofen": "baclofeno", "morphine": "morfina", "hydromorphone": "hidromorfona",
    "fentanyl": "fentanilo", "sufentanil": "sufentanilo", "ziconotide": "ziconotida",
    "clonidine": "clonidina", "bupivacaine": "bupivacaína", "ropivacaine": "ropivacaína",
  ]

  /// In Spanish; as the formulary names it where there is no other name.
  public static func spanish(_ drug: String) -> String { spanish[drug] ?? drug }
}
