/// What a rescuer does for too much or too little of a drug: a line, where it was read, and how surely.
struct EmergencyAdvice: Equatable, Sendable {
  struct Line: Equatable, Sendable {
    let english: String
    let spanish: String
    let source: String

    init(_ english: String, _ spanish: String, _ source: String) {
      (self.english, self.spanish, self.source) = (english, spanish, source)
    }

    /// Whether someone has read it in its source.
    var isVerified: Bool { !source.contains("unverified") }

    func words(_ language: MyLanguage) -> String { language == .english ? english : spanish }
  }

  let tooMuch: [Line]
  let tooLittle: [Line]

  /// Of a drug by its name in the formulary; nothing where there is none.
  static func of(_ drug: String) -> EmergencyAdvice? {
    switch drug {
    case "baclofen": baclofen
    case "morphine", "hydromorphone", "fentanyl", "sufentanil": opioid
    case "ziconotide": ziconotide
    case "clonidine": clonidine
    case "bupivacaine", "ropivacaine": anesthetic
    default: nil
    }
  }

  /// For every drug in the pump.
  static let always = [
    Line(
      "Airway, breathing, circulation first. Call the number above early.",
      "Primero vía aérea, respiración y circulación. Llame pronto al número de arriba.",
      "Medtronic emergency procedure card, https://expydoc.com/doc/4906881/emergency-procedure-card"
    ),
    Line(
      "Never inject into the side port of the pump: the catheter is full of drug, and such injections have killed.",
      "No inyecte nunca en el puerto lateral de la bomba: el catéter está lleno de fármaco y esas inyecciones han matado.",
      "Anesthesiology 82:292"
    ),
    Line(
      "Emptying the reservoir through its middle port (22 G non-coring needle) stops the flow. Write down the volume.",
      "Vaciar el depósito por el puerto central (aguja sin corte de 22 G) detiene el flujo. Anote el volumen.",
      "Medtronic emergency procedure card, https://expydoc.com/doc/4906881/emergency-procedure-card"
    ),
  ]

  private static let card =
    "Medtronic emergency procedure card, https://expydoc.com/doc/4906881/emergency-procedure-card"
  private static let gabalon =
    "https://pill2trip.com/medicine/gabalon-0-005 (label overdose text)"
  private static let meythaler =
    "Meythaler 2003, https://issuu.com./mcg1969/docs/101005142119-b70e38c30407450caca2be5989814fa1"
  private static let unread = "recalled, unverified"

  private static let opioid = EmergencyAdvice(
    tooMuch: [
      Line(
        "Sleepy, slow breath, small pupils: naloxone 0.4 to 2 mg IV, again every 2 to 3 min.",
        "Sueño, respiración lenta, pupilas pequeñas: naloxona 0,4 a 2 mg IV, repetir cada 2 a 3 min.",
        card
      ),
      Line(
        "No response after 10 mg of naloxone in all: think of another cause.",
        "Sin respuesta tras 10 mg de naloxona en total: piense en otra causa.",
        card
      ),
      Line(
        "Naloxone wears off before the drug in the spine does: go on watching, be ready to repeat.",
        "La naloxona dura menos que el fármaco espinal: siga vigilando y repita si hace falta.",
        card
      ),
      Line(
        "Unless contraindicated, 30 to 40 mL of CSF can be withdrawn (lumbar puncture). Not where the drug went under the skin.",
        "Si no hay contraindicación, se pueden extraer 30 a 40 mL de LCR (punción lumbar). No si el fármaco quedó bajo la piel.",
        card
      ),
    ],
    tooLittle: [
      Line(
        "Opioid withdrawal: treat the symptoms, give an opioid by another route with care. Tolerance may be lost after a gap.",
        "Abstinencia de opioides: trate los síntomas, dé un opioide por otra vía con cuidado. Tras una pausa se pierde tolerancia.",
        unread
      )
    ]
  )

  private static let baclofen = EmergencyAdvice(
    tooMuch: [
      Line(
        "Drowsy, weak, slow breath, seizures, coma (up to 72 h): support breathing, intubate if needed. No specific antidote.",
        "Sueño, debilidad, respiración lenta, convulsiones, coma (hasta 72 h): apoye la respiración, intube si hace falta. No hay antídoto específico.",
        gabalon
      ),
      Line(
        "Physostigmine has been used: adult 2 mg IV or IM at no more than 1 mg/min. It can cause seizures and a slow heart.",
        "Se ha usado fisostigmina: adulto 2 mg IV o IM, no más de 1 mg/min. Puede causar convulsiones y bradicardia.",
        gabalon
      ),
      Line(
        "Unless contraindicated, 30 to 40 mL of CSF can be withdrawn.",
        "Si no hay contraindicación, se pueden extraer 30 a 40 mL de LCR.",
        unread
      ),
    ],
    tooLittle: [
      Line(
        "FEVER, CONFUSION, RIGID OR SPASTIC MUSCLES, ITCHING: baclofen withdrawal. It can kill within 24 to 72 h.",
        "FIEBRE, CONFUSIÓN, RIGIDEZ O ESPASMOS, PICOR: abstinencia de baclofeno. Puede matar en 24 a 72 h.",
        "openFDA label set e05080ef-53d9-4060-aaa4-86a6935467de"
      ),
      Line(
        "The cure is baclofen into the spine again, at or near the dose before. Until then baclofen 10 to 20 mg by mouth every 6 h.",
        "La cura es de nuevo baclofeno intratecal, a la dosis previa o cercana. Mientras, baclofeno oral 10 a 20 mg cada 6 h.",
        "Saulino 2016 (abstract), https://metajournal.com/articles/708421"
      ),
      Line(
        "Diazepam 5 to 10 mg every 6 to 12 h. Cyproheptadine 4 to 8 mg every 6 to 8 h.",
        "Diazepam 5 a 10 mg cada 6 a 12 h. Ciproheptadina 4 a 8 mg cada 6 a 8 h.",
        meythaler
      ),
    ]
  )

  private static let ziconotide = EmergencyAdvice(
    tooMuch: [
      Line(
        "Unsteady, confused, stuporous, muscle jerks; breathing is spared. No antidote, naloxone does nothing. Most recover within 24 h.",
        "Inestable, confuso, estuporoso, sacudidas; la respiración se conserva. No hay antídoto, la naloxona no sirve. La mayoría se recupera en 24 h.",
        "https://pill2trip.com/medicine/prialt (label overdose text)"
      )
    ],
    tooLittle: [
      Line(
        "It may be stopped at once: no withdrawal.",
        "Se puede parar de golpe: no hay abstinencia.",
        "https://docslib.org/doc/4111162/prialt-ziconotide-intrathecal-infusion"
      )
    ]
  )

  private static let clonidine = EmergencyAdvice(
    tooMuch: [
      Line(
        "Low blood pressure, slow heart, sedation: fluids, support of the circulation.",
        "Hipotensión, bradicardia, sedación: líquidos, apoyo circulatorio.",
        unread
      )
    ],
    tooLittle: [
      Line(
        "Rebound: very high blood pressure and a fast heart.",
        "Rebote: presión muy alta y taquicardia.",
        "Aneskey ch.32 Intrathecal medication withdrawal, https://test.aneskey.com/intrathecal-medication-withdrawal"
      ),
      Line(
        "Give clonidine by mouth or IV, alpha and beta blockade.",
        "Dé clonidina oral o IV, bloqueo alfa y beta.",
        unread
      ),
    ]
  )

  private static let anesthetic = EmergencyAdvice(
    tooMuch: [
      Line(
        "Numb, weak, low blood pressure: support blood pressure and airway.",
        "Entumecimiento, debilidad, hipotensión: apoye la presión y la vía aérea.",
        unread
      )
    ],
    tooLittle: [
      Line(
        "No withdrawal of its own; pain comes back.",
        "Sin abstinencia propia; vuelve el dolor.",
        "Aneskey ch.32 Intrathecal medication withdrawal, https://test.aneskey.com/intrathecal-medication-withdrawal"
      )
    ]
  )
}
