import Therapy

/// What a pump says of itself, in words for whoever treats: neither its owner's nor a programmer's.
enum EmergencyState {
  static func words(_ state: PumpStateName, _ language: MyLanguage) -> String {
    let both =
      switch state {
      case .running: ("it gives its program", "da su programa")
      case .priming: ("it fills its catheter", "llena su catéter")
      case .bridging:
        (
          "new drug is on its way through the catheter", "el fármaco nuevo pasa por el catéter"
        )
      case .safe: ("it gives a small safe rate only", "da solo un ritmo seguro y pequeño")
      case .halted: ("IT GIVES NOTHING", "NO DA NADA")
      case .off: ("IT IS OFF", "ESTÁ APAGADA")
      }
    return language == .english ? both.0 : both.1
  }

  static func words(_ reason: PumpHaltReason, _ language: MyLanguage) -> String {
    guard language == .spanish else { return reason.words }
    return switch reason {
    case .stopped: "Parada por su programa"
    case .stalled: "El motor está atascado"
    case .overDelivery: "Parada por dar demasiado"
    case .empty: "El depósito está vacío"
    case .suspended: "Suspendida por una orden"
    case .mri: "En pausa por una resonancia"
    case .endOfService: "Fin de su vida útil"
    }
  }

  static func words(_ alarm: PumpAlarm, _ language: MyLanguage) -> String {
    guard language == .spanish else { return alarm.words }
    return switch alarm {
    case .motorStall: "Motor atascado"
    case .overDelivery: "Dio demasiado"
    case .reservoirEmpty: "Depósito vacío"
    case .reservoirLow: "Depósito casi vacío"
    case .doseLimit: "Límite de dosis alcanzado"
    case .memoryFault: "Fallo de memoria"
    case .electiveReplacement: "Debe cambiarse pronto"
    case .endOfService: "Fin de su vida útil"
    case .clockFault: "Fallo del reloj"
    case .therapyGap: "Falta de terapia"
    }
  }
}
