import Therapy

/// What an alarm means to whoever has the pump, and what they do.
enum MyAlarms {
  /// What it is, then what to do.
  static func words(_ alarm: PumpAlarm, _ language: MyLanguage) -> (what: String, act: String) {
    let row = row(alarm)
    return language == .english ? (row.0, row.1) : (row.2, row.3)
  }

  private static let callEnglish = "Call your clinic now, at any hour."
  private static let callSpanish = "Llame a su clínica ahora, a cualquier hora."

  private static func row(_ alarm: PumpAlarm) -> (String, String, String, String) {
    switch alarm {
    case .motorStall:
      (
        "The pump's motor is stuck. You may be getting no medicine.",
        "\(callEnglish) Fever, confusion or stiff muscles: call the emergency number.",
        "El motor de la bomba está atascado. Quizá no recibe medicina.",
        "\(callSpanish) Fiebre, confusión o músculos rígidos: llame a emergencias."
      )
    case .overDelivery:
      (
        "The pump may have given too much.",
        "Very sleepy or slow breath: call the emergency number. If not, \(callEnglish.lowercasedFirst)",
        "La bomba quizá dio demasiado.",
        "Mucho sueño o respiración lenta: llame a emergencias. Si no, \(callSpanish.lowercasedFirst)"
      )
    case .reservoirEmpty:
      (
        "The pump is empty. You get no medicine.", "\(callEnglish) You need a refill today.",
        "La bomba está vacía. No recibe medicina.", "\(callSpanish) Necesita una recarga hoy."
      )
    case .reservoirLow:
      (
        "The pump is nearly empty.", "Call your clinic today for a refill.",
        "La bomba está casi vacía.", "Llame hoy a su clínica para una recarga."
      )
    case .doseLimit:
      (
        "The pump has reached its limit. It gives a small, safe amount.", callEnglish,
        "La bomba llegó a su límite. Da una cantidad pequeña y segura.", callSpanish
      )
    case .memoryFault:
      (
        "The pump's memory has a fault. It gives a small, safe amount.", callEnglish,
        "La memoria de la bomba tiene un fallo. Da una cantidad pequeña y segura.", callSpanish
      )
    case .electiveReplacement:
      (
        "The pump must be replaced soon. It goes on working.", "Call your clinic this week.",
        "Hay que cambiar la bomba pronto. Sigue funcionando.", "Llame a su clínica esta semana."
      )
    case .endOfService:
      (
        "The pump's battery is at its end. You get no medicine.", callEnglish,
        "La batería de la bomba se acabó. No recibe medicina.", callSpanish
      )
    case .clockFault:
      (
        "The pump's clock is wrong. It goes on working.", "Call your clinic today.",
        "El reloj de la bomba está mal. Sigue funcionando.", "Llame hoy a su clínica."
      )
    case .therapyGap:
      (
        "The pump has not given enough for a while. It gives a small, safe amount.", callEnglish,
        "La bomba no dio lo suficiente durante un tiempo. Da una cantidad pequeña y segura.",
        callSpanish
      )
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
