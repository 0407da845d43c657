/// What the emergency page says, in both languages.
enum EmergencyPhrase: String, CaseIterable, Sendable {
  case title, under, who, born, pump, serial, drug, dose, known, knownBy, pocket, tip, call
  case notKnown, notRecorded, byPump, byReceipt, byHand, byPapers, heard, old, most, before
  case halted, alarm, since, over, reservoirUnknown
  case ended, endedSince, died, explanted, transferred
  case always, signs, unverified, source, card, entryTitle, entryHelp, entryCode
  case entryGo, entryFault, wrong, print, anyDrug, tooMany

  func words(_ language: MyLanguage) -> String {
    guard let both = Self.table[self] else { return rawValue }
    return language == .english ? both.0 : both.1
  }

  func words(_ language: MyLanguage, _ value: String) -> String {
    words(language).replacing("#", with: value)
  }

  static let table: [EmergencyPhrase: (String, String)] = [
    .title: (
      "EMERGENCY: implanted drug pump into the spine",
      "EMERGENCIA: bomba implantada de fármaco intratecal"
    ),
    .under: (
      "For whoever treats this person now. Both too much and too little can kill.",
      "Para quien atiende a esta persona ahora. Tanto el exceso como la falta pueden matar."
    ),
    .who: ("Who", "Quién"),
    .born: ("born #", "nacimiento #"),
    .pump: ("Pump", "Bomba"),
    .serial: ("serial #", "n.º de serie #"),
    .drug: ("In the reservoir", "En el depósito"),
    .dose: ("Gives in 24 h", "Da en 24 h"),
    .most: ("at most # with all patient doses", "como máximo # con todas las dosis del paciente"),
    .before: ("before that: #", "antes: #"),
    .halted: ("GIVES NOTHING", "NO DA NADA"),
    .alarm: ("ALARM", "ALARMA"),
    .since: ("since #", "desde #"),
    .over: ("it ended #", "terminó #"),
    .reservoirUnknown: (
      "The reservoir was emptied or opened; what is in it is not known. The advice is for the drug before.",
      "El depósito se vació o se abrió; no se sabe qué contiene. Los consejos son para el fármaco anterior."
    ),
    .ended: ("NOT IN CARE HERE", "YA NO SE ATIENDE AQUÍ"),
    .endedSince: (
      "Since #. What this clinic knows of the pump ends then.",
      "Desde el #. Lo que esta clínica sabe de la bomba acaba entonces."
    ),
    .died: ("Died on #.", "Falleció el #."),
    .explanted: ("The pump was taken out on #.", "La bomba se retiró el #."),
    .transferred: (
      "Transferred to #. Ask there what the pump gives now; the advice is for the drug when it left.",
      "Traslado a #. Pregunte allí qué da la bomba ahora; los consejos son para el fármaco de entonces."
    ),
    .heard: ("Pump last heard", "Última señal de la bomba"),
    .known: ("Last known", "Última información"),
    .knownBy: ("#, by", "#, según"),
    .pocket: ("Where it lies", "Dónde está"),
    .tip: ("Catheter tip", "Punta del catéter"),
    .call: ("CALL", "LLAME"),
    .notKnown: ("not known", "no se sabe"),
    .notRecorded: ("not recorded: feel for it", "no consta: palpe"),
    .byPump: ("the pump itself", "la propia bomba"),
    .byReceipt: (
      "the pump's receipt of its last program", "el recibo de la bomba de su último programa"
    ),
    .byHand: ("the clinic's record", "el registro de la clínica"),
    .byPapers: ("papers, not checked", "documentos, sin comprobar"),
    .old: ("older than 24 h: it may have changed", "hace más de 24 h: puede haber cambiado"),
    .always: ("Always", "Siempre"),
    .signs: ("Signs: #.", "Signos: #."),
    .unverified: ("unverified", "sin verificar"),
    .source: ("Sources", "Fuentes"),
    .anyDrug: (
      "Which drug is in the pump is not known here. What follows is for every kind; one of them is right. Call.",
      "Aquí no se sabe qué fármaco hay en la bomba. Sigue lo de cada clase; una es la correcta. Llame."
    ),
    .card: (
      "Opened with the patient's card of the clinic. Each look is recorded and shown to the patient. This code changes nothing in the pump; the card that can is another one.",
      "Abierta con la tarjeta del paciente. Cada consulta se registra y se muestra al paciente. Este código no cambia nada en la bomba; la tarjeta que sí puede es otra."
    ),
    .entryTitle: ("Emergency card", "Tarjeta de emergencia"),
    .entryHelp: (
      "Type the code that stands on the patient's card: 26 letters and digits. Hyphens and small letters do not matter.",
      "Escriba el código de la tarjeta del paciente: 26 letras y cifras. Los guiones y las minúsculas no importan."
    ),
    .entryCode: ("Code of the card", "Código de la tarjeta"),
    .entryGo: ("Show what the pump gives", "Mostrar qué da la bomba"),
    .entryFault: ("NOT FOUND", "NO SE ENCONTRÓ"),
    .wrong: (
      "No card that holds has this code. Look at each letter. If the card was replaced, the old code opens nothing.",
      "Ninguna tarjeta válida tiene este código. Mire cada letra. Si la tarjeta fue sustituida, el código viejo no abre nada."
    ),
    .tooMany: (
      "Too many codes that were not right came from here. Wait a minute. A right code is always taken.",
      "Llegaron de aquí demasiados códigos incorrectos. Espere un minuto. Un código correcto siempre se acepta."
    ),
    .print: ("This page prints on one sheet.", "Esta página se imprime en una hoja."),
  ]
}
