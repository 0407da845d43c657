import PumpCore

/// What an alarm is, in the words of whoever has the pump.
enum ControllerAlarms {
  static func words(_ alarm: Alarm, _ language: ControllerLanguage) -> String {
    let (english, spanish) = both(alarm)
    return language == .english ? english : spanish
  }

  private static func both(_ alarm: Alarm) -> (String, String) {
    switch alarm {
    case .motorStall: ("The pump's motor is stuck.", "El motor de la bomba está atascado.")
    case .overDelivery: ("The pump may have given too much.", "La bomba quizá dio demasiado.")
    case .reservoirEmpty: ("The pump is empty.", "La bomba está vacía.")
    case .reservoirLow: ("The pump is nearly empty.", "La bomba está casi vacía.")
    case .doseLimit: ("The pump has reached its limit.", "La bomba llegó a su límite.")
    case .memoryFault: ("The pump's memory has a fault.", "La memoria de la bomba tiene un fallo.")
    case .electiveReplacement:
      ("The pump must be replaced soon.", "Hay que cambiar la bomba pronto.")
    case .endOfService: ("The pump's battery is at its end.", "La batería de la bomba se acabó.")
    case .clockFault: ("The pump's clock is wrong.", "El reloj de la bomba está mal.")
    case .therapyGap: ("The pump has not given enough.", "La bomba no dio lo suficiente.")
    }
  }
}
