/// The Spanish words of the therapy's emergency cards, by the English ones.
///
/// Numbers are in no line of it: ``figure(_:)`` puts a figure's words into Spanish and leaves its numbers.
/// A test holds that every card and every step has its words here.
enum EmergencySpanish {
  /// By the title of a card.
  static let heads: [String: (title: String, signs: String)] = [
    "Opioid overdose": (
      "Exceso de opioide (sobredosis)",
      "sueño, respiración lenta, pupilas pequeñas, coma"
    ),
    "Baclofen overdose": (
      "Exceso de baclofeno (sobredosis)",
      "sueño, flacidez de abajo arriba, respiración lenta, convulsiones, coma de hasta 72 h"
    ),
    "Clonidine overdose": (
      "Exceso de clonidina (sobredosis)", "presión baja, pulso lento, sueño"
    ),
    "Ziconotide overdose": (
      "Exceso de ziconotida (sobredosis)",
      "marcha inestable, nistagmo, estupor, confusión, falta de palabras, presión baja; la respiración no es más lenta"
    ),
    "Local anaesthetic, too much": (
      "Exceso de anestésico local",
      "entumecimiento, piernas débiles, presión baja, bloqueo alto"
    ),
    "Baclofen withdrawal": (
      "Falta de baclofeno (abstinencia)",
      "picor sin erupción, hormigueo, presión baja, vuelve la espasticidad; después fiebre, confusión, rigidez, destrucción muscular: puede matar"
    ),
    "Clonidine withdrawal": (
      "Falta de clonidina (abstinencia)", "presión muy alta, pulso rápido"
    ),
    "Opioid withdrawal": (
      "Falta de opioide (abstinencia)",
      "inquietud, sudor, dolor, diarrea, pupilas grandes"
    ),
    "Ziconotide stopped": ("Falta de ziconotida", "vuelve el dolor"),
    "Local anaesthetic stopped": ("Falta de anestésico local", "vuelve el dolor"),
  ]

  /// By the words of a step.
  static let steps: [String: String] = [
    "Airway, breathing, circulation.": "Vía aérea, respiración, circulación.",
    "Naloxone into a vein, again where it does not work.":
      "Naloxona en vena; repita si no hace efecto.",
    "No response: doubt the diagnosis.": "Sin respuesta: dude del diagnóstico.",
    "Withdraw fluid by access port or lumbar puncture, unless something is against it; not after a pocket fill.":
      "Extraiga líquido por el puerto de acceso o punción lumbar, si nada lo impide; no si el fármaco quedó bajo la piel.",
    "Empty the reservoir, so that nothing flows, and record the volume.":
      "Vacíe el depósito, para que no fluya nada, y anote el volumen.",
    "Watch on: naloxone is shorter than intrathecal morphine.":
      "Siga vigilando: la naloxona dura menos que la morfina intratecal.",
    "Airway, breathing, circulation; intubate if needed.":
      "Vía aérea, respiración, circulación; intube si hace falta.",
    "Empty the reservoir as soon as can be, and record the volume.":
      "Vacíe el depósito cuanto antes y anote el volumen.",
    "Think of withdrawing fluid where a lumbar puncture may be done (told for morphine).":
      "Piense en extraer líquido si se puede hacer una punción lumbar (descrito para morfina).",
    "No antidote. Physostigmine, anecdotal, with danger of seizures and slow pulse: adults.":
      "No hay antídoto. Fisostigmina, casos aislados, con peligro de convulsiones y pulso lento: adultos.",
    "The same for children.": "Lo mismo en niños.",
    "Airway, breathing, circulation; support pressure and pulse.":
      "Vía aérea, respiración, circulación; apoye la presión y el pulso.",
    "Lowest rate or stop; empty the reservoir and record the volume.":
      "Ritmo mínimo o parada; vacíe el depósito y anote el volumen.",
    "Support; there is no antidote, and naloxone does nothing.":
      "Apoyo; no hay antídoto, y la naloxona no sirve.",
    "Stop the pump: it may be stopped at once.": "Pare la bomba: se puede parar de golpe.",
    "Most recover.": "La mayoría se recupera.",
    "Airway and breathing; support the pressure.": "Vía aérea y respiración; apoye la presión.",
    "Call a physician who knows the therapy, even where it is mild.":
      "Llame a un médico que conozca la terapia, aunque sea leve.",
    "Give baclofen into the canal again, at or near the dose before.":
      "Dé de nuevo baclofeno intratecal, a la dosis previa o cercana.",
    "Baclofen by mouth.": "Baclofeno oral.",
    "Diazepam.": "Diazepam.",
    "Cyproheptadine.": "Ciproheptadina.",
    "Intensive care; benzodiazepine by drip; a bolus by puncture, by an expert.":
      "Cuidados intensivos; benzodiacepina en goteo; un bolo por punción, por un experto.",
    "Interrogate, X-ray, look at the last refill.":
      "Interrogue la bomba, haga radiografías, mire la última recarga.",
    "It goes on getting worse.": "Sigue empeorando.",
    "Measure pressure and pulse: the rise can be severe.":
      "Mida la presión y el pulso: la subida puede ser grave.",
    "Give clonidine by mouth or vein; alpha and beta blockers.":
      "Dé clonidina oral o en vena; bloqueantes alfa y beta.",
    "Interrogate the pump and restore delivery.":
      "Interrogue la bomba y restablezca la administración.",
    "Seldom fatal by itself. Bridge by mouth or vein, in small steps.":
      "Rara vez mortal por sí sola. Cubra por boca o vena, en pasos pequeños.",
    "Tolerance is lost in days: never give the old dose at once.":
      "La tolerancia se pierde en días: no dé nunca la dosis antigua de golpe.",
    "There is no withdrawal. Treat the pain.": "No hay abstinencia. Trate el dolor.",
  ]

  private static let words = [
    "to": "a", "every": "cada", "at": "como", "most": "máximo", "or": "o", "after": "tras",
    "within": "en",
  ]
  /// The same in both languages.
  static let units: Set<String> = ["mg", "mL", "mg/kg", "mg/min", "min", "h", "IV", "IM"]

  /// A figure in Spanish: its words by the table, its numbers as they are but for the decimal comma.
  static func figure(_ english: String) -> String {
    english.split(separator: " ").map(String.init).map { word in
      if word.first?.isNumber == true { return word.replacing(".", with: ",") }
      return words[word] ?? word
    }.joined(separator: " ")
  }

  /// Words of a figure that stand in neither table; a test holds that there are none.
  static func unknownWords(of figure: String) -> [String] {
    figure.split(separator: " ").map { String($0.filter { $0 != "," }) }.filter {
      $0.first?.isNumber != true && words[$0] == nil && !units.contains($0)
    }
  }
}
