/// The languages that the controller speaks.
public enum ControllerLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case spanish = "es"
}

/// Everything that the controller says, in both languages: plain words, short sentences.
enum ControllerPhrase: String, CaseIterable, Sendable {
  case title, skip, other, asOf, secondsAgo, minutesAgo
  case now, running, bolus, safe, halted, off, unknownState, perDay, left, leftNote
  case silent, silentHelp, lookAgain, lookBack
  case alarms, noAlarm, alarmHelp, replaceHelp
  case dose, doseNow, doseAt, doseNotKnown, noDoses, ask, askSure, yesAsk, no
  case granted, next, refused, notYetAt
  case notPrescribed, stopped, bridging, busy, lockout, dailyMaximum, limits, tooLittle, otherReason
  case unknown, unknownHelp, askAgain, unknownOver
  case stopDose, stopDoseSure, yesStop, stopped2
  case change, changeAt, changeNone, changeHelp, stopChange, stopChangeSure, yesStopChange
  case changeStopped, changeGone, changeNotStopped, doseNotStopped, reason, link

  /// The words in a language; a mark `#` stands for what is put in.
  func words(_ language: ControllerLanguage) -> String {
    guard let both = Self.table[self] else { return rawValue }
    return language == .english ? both.0 : both.1
  }

  func words(_ language: ControllerLanguage, _ value: String) -> String {
    words(language).replacing("#", with: value)
  }

  static let table: [ControllerPhrase: (String, String)] = [
    .title: ("My pump", "Mi bomba"),
    .skip: ("To the content", "Ir al contenido"),
    .other: ("Español", "English"),
    .asOf: ("Your pump's clock: #.", "Reloj de su bomba: #."),
    .secondsAgo: ("Your pump said this # s ago.", "Su bomba lo dijo hace # s."),
    .minutesAgo: ("Your pump said this # min ago.", "Su bomba lo dijo hace # min."),
    .now: ("What my pump does now", "Qué hace mi bomba ahora"),
    .running: ("It is giving your medicine.", "Está dando su medicina."),
    .bolus: ("It is filling its tube.", "Está llenando su tubo."),
    .safe: (
      "It gives a small, safe amount. Call your clinic now.",
      "Da una cantidad pequeña y segura. Llame a su clínica ahora."
    ),
    .halted: (
      "It gives nothing now. Call your clinic now.",
      "Ahora no da nada. Llame a su clínica ahora."
    ),
    .off: ("It is off. Call your clinic now.", "Está apagada. Llame a su clínica ahora."),
    .unknownState: ("Not known.", "No se sabe."),
    .perDay: ("Planned in 24 hours: #.", "Previsto en 24 horas: #."),
    .left: ("Left in the pump: about #.", "Queda en la bomba: unos #."),
    .leftNote: (
      "The pump counts this. It cannot measure it.", "La bomba lo calcula. No puede medirlo."
    ),
    .silent: ("Your pump does not answer now.", "Su bomba no contesta ahora."),
    .silentHelp: (
      "It goes on by itself. Hold this device nearer and look again.",
      "Sigue funcionando sola. Acerque este aparato y mire otra vez."
    ),
    .lookAgain: ("Look again", "Mirar otra vez"),
    .lookBack: ("Back", "Volver"),
    .alarms: ("Alarms", "Alarmas"),
    .noAlarm: ("No alarm.", "Ninguna alarma."),
    .alarmHelp: (
      "Call your clinic now. If you feel very ill, call the emergency number.",
      "Llame a su clínica ahora. Si se siente muy mal, llame a emergencias."
    ),
    .replaceHelp: ("Call your clinic this week.", "Llame a su clínica esta semana."),
    .dose: ("An extra dose", "Una dosis extra"),
    .doseNow: (
      "You may ask for a dose now. Your pump decides.",
      "Puede pedir una dosis ahora. Su bomba decide."
    ),
    .doseAt: ("The next dose is possible #.", "La próxima dosis es posible #."),
    .doseNotKnown: (
      "When the next dose is possible is not known here yet. Ask, and your pump tells you.",
      "Aquí aún no se sabe cuándo es posible la próxima dosis. Pida una, y su bomba se lo dirá."
    ),
    .noDoses: (
      "Your program has no extra doses.", "Su programa no tiene dosis extra."
    ),
    .ask: ("Ask for a dose", "Pedir una dosis"),
    .askSure: ("Ask your pump for one dose?", "¿Pedir una dosis a su bomba?"),
    .yesAsk: ("Yes, ask for it", "Sí, pedirla"),
    .no: ("No", "No"),
    .granted: ("Your pump is giving the dose.", "Su bomba está dando la dosis."),
    .next: ("The next one is possible #.", "La siguiente es posible #."),
    .refused: ("Your pump did not give a dose.", "Su bomba no dio la dosis."),
    .notYetAt: ("It is possible again #.", "Es posible otra vez #."),
    .notPrescribed: (
      "Your program has no extra doses.", "Su programa no tiene dosis extra."
    ),
    .stopped: (
      "Your pump is stopped. Call your clinic now.",
      "Su bomba está parada. Llame a su clínica ahora."
    ),
    .bridging: (
      "New medicine is on its way through the tube. Ask your clinic when it is over.",
      "La medicina nueva está pasando por el tubo. Pregunte a su clínica cuándo termina."
    ),
    .busy: ("Another dose is running.", "Ya se está dando otra dosis."),
    .lockout: (
      "It is too soon after the last dose.", "Es demasiado pronto después de la última dosis."
    ),
    .dailyMaximum: (
      "You have had all the doses of 24 hours.", "Ya recibió todas las dosis de 24 horas."
    ),
    .limits: (
      "It would be more than your limit of 24 hours.", "Sería más que su límite de 24 horas."
    ),
    .tooLittle: (
      "Too little is left in the pump. Call your clinic now.",
      "Queda muy poco en la bomba. Llame a su clínica ahora."
    ),
    .otherReason: (
      "It gave another reason: #. Call your clinic.", "Dio otra razón: #. Llame a su clínica."
    ),
    .unknown: (
      "No answer came. Nobody knows yet whether your pump did it.",
      "No llegó respuesta. Aún no se sabe si su bomba lo hizo."
    ),
    .unknownHelp: (
      "Ask about the same request again: it counts once.",
      "Pregunte otra vez por la misma petición: cuenta una sola vez."
    ),
    .askAgain: ("Ask about it again", "Preguntar otra vez"),
    .unknownOver: (
      "A request lasts two minutes, and nobody learned what became of one. If it was a dose, your pump may have given it.",
      "Una petición dura dos minutos, y no se supo qué pasó con una. Si era una dosis, su bomba quizá la dio."
    ),
    .stopDose: ("Stop the dose that is running", "Parar la dosis que se está dando"),
    .stopDoseSure: ("Stop the dose that is running?", "¿Parar la dosis que se está dando?"),
    .yesStop: ("Yes, stop it", "Sí, pararla"),
    .stopped2: (
      "Your pump has stopped the dose, if one was running.",
      "Su bomba paró la dosis, si había una."
    ),
    .change: ("A change that waits", "Un cambio que espera"),
    .changeAt: (
      "More medicine is planned. It begins #, unless you stop it.",
      "Está prevista más medicina. Empieza #, si no lo para."
    ),
    .changeNone: ("No change is waiting.", "Ningún cambio está esperando."),
    .changeHelp: (
      "You may stop it without giving a reason. Then all stays as it is. Your clinic sees that you stopped it.",
      "Puede pararlo sin dar razones. Entonces todo queda como está. Su clínica ve que lo paró."
    ),
    .stopChange: ("Stop this change", "Parar este cambio"),
    .stopChangeSure: (
      "Stop the change? Your medicine stays as it is now.",
      "¿Parar el cambio? Su medicina queda como ahora."
    ),
    .yesStopChange: ("Yes, stop the change", "Sí, parar el cambio"),
    .changeStopped: (
      "The change is stopped. Your medicine stays as it is.",
      "El cambio está parado. Su medicina queda como está."
    ),
    .changeGone: (
      "That change is not waiting any more.", "Ese cambio ya no está esperando."
    ),
    .changeNotStopped: (
      "The change was NOT stopped. Call your clinic.",
      "El cambio NO se paró. Llame a su clínica."
    ),
    .doseNotStopped: (
      "The dose was NOT stopped. Call your clinic.", "La dosis NO se paró. Llame a su clínica."
    ),
    .reason: ("The reason of your pump: #.", "La razón de su bomba: #."),
    .link: (
      "This device speaks with your pump itself, not with your clinic.",
      "Este aparato habla con su bomba directamente, no con su clínica."
    ),
  ]
}
