/// The languages of the patients' pages.
enum MyLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case spanish = "es"

  /// Of a record's language, as in BCP 47; English where it is neither.
  init(record: String?) {
    self = record?.lowercased().hasPrefix("es") == true ? .spanish : .english
  }

  var other: MyLanguage { self == .english ? .spanish : .english }
  /// As its speakers call it.
  var name: String { self == .english ? "English" : "Español" }
}

/// Everything that a patient's pages say: plain words, short sentences, each in both languages.
///
/// A test holds that none is missing, and that none is the same in both but where that is right.
enum MyPhrase: String, CaseIterable, Sendable {
  case skip, signOut, demonstration, notADevice, utc, myPump, pageOf, home, choosePage
  case nobodyAllows, print
  case now, running, filling, safe, halted, off, notKnown, notHeard, perDay, extraDoses, left
  case leftNote, reservoirUnknown, saidAt, oldWord, byHand, programmedAt, controllerLink,
    controllerNone
  case refill, refillBooked, refillDue, refillNotKnown, refillCall
  case change, changeNone, changeAt, changeFrom, changeTo, changeStop, changeStopNear
  case alarms, alarmNone, alarmSince, alarmsAll, alarmMeans
  case diary, diaryNone, diaryWrite, diaryAgain, diarySave, diarySaved
  case diaryHelp, diaryAnyOne, pain, painHelp, spasms, sleep, mood, troubles, words, wordsHelp
  case noAnswer, diaryFault
  case spasms0, spasms1, spasms2, spasms3, spasms4
  case sleep0, sleep1, sleep2, sleep3, sleep4
  case mood0, mood1, mood2, mood3, mood4
  case drowsy, dizzy, nausea, itching, constipation, weakness, urination, headache, swelling
  case sharing, caregivers, caregiversNone, caregiverMay, caregiverWrites, caregiverSince
  case caregiverEnd, caregiverAdd, caregiverName, caregiverNameHelp, caregiverDiary
  case caregiverAllow, caregiverFault, card, cardNone, cardIssued, cardLooks, cardLooksNone
  case cardLookAt, calendar, calendarHelp, calendarMake, calendarMade, calendarOnce, calendarEnd
  case calendarNone, calendarSince
  case aftercare, aftercareSigns, aftercareTooMuch, aftercareTooLittle, aftercareCall
  case aftercareHeat, aftercareMove, aftercareDrive, aftercareMouth, aftercareWound, aftercareVisit
  case travel, travelTitle, travelWho, travelPump, travelSerial, travelDrug, travelDose
  case travelImplanted, travelAirport, travelMRI, travelMRIText, travelFlight, travelDiving
  case travelTip

  func words(_ language: MyLanguage) -> String {
    guard let both = Self.table[self] else { return rawValue }
    return language == .english ? both.0 : both.1
  }

  /// With something in the place of the mark `#`.
  func words(_ language: MyLanguage, _ value: String) -> String {
    words(language).replacing("#", with: value)
  }

  static let table: [MyPhrase: (String, String)] =
    frame.merging(pump) { one, _ in one }.merging(diaryTable) { one, _ in one }
    .merging(sharingTable) { one, _ in one }.merging(leaflets) { one, _ in one }
}

extension MyPhrase {
  private static let frame: [MyPhrase: (String, String)] = [
    .skip: ("To the content", "Ir al contenido"),
    .signOut: ("Sign out", "Salir"),
    .demonstration: (
      "Demonstration. All patients are invented.", "Demostración. Los pacientes son inventados."
    ),
    .notADevice: (
      "Cisterna is not a cleared medical device.",
      "Cisterna no es un producto sanitario autorizado."
    ),
    .utc: ("Times are UTC.", "Las horas son UTC."),
    .myPump: ("My pump", "Mi bomba"),
    .pageOf: ("Page of #", "Página de #"),
    .home: ("Back to my pump", "Volver a mi bomba"),
    .choosePage: ("Whose page?", "¿Qué página?"),
    .nobodyAllows: (
      "Nobody lets you see their page now.", "Ahora nadie le deja ver su página."
    ),
    .print: (
      "Print this page, or save it on your phone.",
      "Imprima esta página o guárdela en su teléfono."
    ),
  ]

  private static let pump: [MyPhrase: (String, String)] = [
    .now: ("What my pump does now", "Qué hace mi bomba ahora"),
    .running: ("It is giving your medicine.", "Está dando su medicina."),
    .filling: (
      "New medicine is on its way through the tube.", "La medicina nueva está pasando por el tubo."
    ),
    .safe: (
      "It gives a small, safe amount. Call your clinic now.",
      "Da una cantidad pequeña y segura. Llame a su clínica ahora."
    ),
    .halted: (
      "It gives nothing now. Call your clinic now.",
      "Ahora no da nada. Llame a su clínica ahora."
    ),
    .off: ("It is off. Call your clinic now.", "Está apagada. Llame a su clínica ahora."),
    .notKnown: ("Not known.", "No se sabe."),
    .notHeard: (
      "The clinic has not heard from your pump yet. What it does now is not known here.",
      "La clínica aún no ha oído a su bomba. Aquí no se sabe qué hace ahora."
    ),
    .perDay: ("In 24 hours: #.", "En 24 horas: #."),
    .extraDoses: (
      "With all the extra doses you may ask for: #.",
      "Con todas las dosis extra que puede pedir: #."
    ),
    .left: ("Left in the pump: about #.", "Queda en la bomba: unos #."),
    .reservoirUnknown: (
      "The reservoir was emptied or opened. What is in it now is not known. Call your clinic.",
      "El depósito se vació o se abrió. No se sabe qué contiene ahora. Llame a su clínica."
    ),
    .leftNote: (
      "The pump counts this. It cannot measure it.", "La bomba lo calcula. No puede medirlo."
    ),
    .saidAt: ("Your pump said this on #.", "Su bomba lo dijo el #."),
    .oldWord: (
      "That is more than a day ago. What it does now is not known here.",
      "Hace más de un día. Aquí no se sabe qué hace ahora."
    ),
    .byHand: (
      "Your pump does not speak with this clinic. This is what was set at your visit.",
      "Su bomba no habla con esta clínica. Esto es lo que se programó en su visita."
    ),
    .programmedAt: ("Set on #.", "Programado el #."),
    .controllerLink: (
      "To ask for a dose or to stop a change, use your own controller. It speaks with your pump itself. This page cannot.",
      "Para pedir una dosis o parar un cambio, use su propio mando. Habla con su bomba directamente. Esta página no puede."
    ),
    .controllerNone: ("Open my controller", "Abrir mi mando"),
    .refill: ("Next refill", "Próxima recarga"),
    .refillBooked: ("Your visit: #.", "Su visita: #."),
    .refillDue: ("It must not be later than #.", "No debe ser después del #."),
    .refillNotKnown: (
      "The date is not known here. Ask your clinic.",
      "Aquí no se sabe la fecha. Pregunte a su clínica."
    ),
    .refillCall: (
      "That day is over. Call your clinic now.", "Ese día ya pasó. Llame a su clínica ahora."
    ),
    .change: ("A change that waits", "Un cambio que espera"),
    .changeNone: ("No change is waiting.", "Ningún cambio está esperando."),
    .changeAt: (
      "More medicine is planned. It begins on #.", "Está prevista más medicina. Empieza el #."
    ),
    .changeFrom: ("Now, in 24 hours: #.", "Ahora, en 24 horas: #."),
    .changeTo: ("Then, in 24 hours: #.", "Después, en 24 horas: #."),
    .changeStop: (
      "You do not want it? Open your controller and press “Stop this change”. You need no reason.",
      "¿No lo quiere? Abra su mando y pulse «Parar este cambio». No hace falta dar razones."
    ),
    .changeStopNear: (
      "No controller at hand? Call your clinic. A nurse can stop it too.",
      "¿No tiene el mando? Llame a su clínica. También puede pararlo una enfermera."
    ),
    .alarms: ("Alarms", "Alarmas"),
    .alarmNone: ("No alarm is on.", "No hay ninguna alarma."),
    .alarmSince: ("Since #.", "Desde el #."),
    .alarmsAll: ("What each alarm means", "Qué significa cada alarma"),
    .alarmMeans: (
      "Your pump beeps when something is wrong. Call your clinic each time it beeps.",
      "Su bomba pita cuando algo va mal. Llame a su clínica cada vez que pite."
    ),
  ]

  private static let diaryTable: [MyPhrase: (String, String)] = [
    .diary: ("My diary", "Mi diario"),
    .diaryNone: ("Nothing for today yet.", "Nada de hoy todavía."),
    .diaryWrite: ("Write today's diary", "Escribir el diario de hoy"),
    .diaryAgain: ("Change today's diary", "Cambiar el diario de hoy"),
    .diarySave: ("Save", "Guardar"),
    .diarySaved: (
      "Saved. Your clinic can see it. It does not look at it at once: if you feel ill, call.",
      "Guardado. Su clínica puede verlo. No lo mira enseguida: si se siente mal, llame."
    ),
    .diaryHelp: (
      "It takes less than a minute. You may leave any of it out.",
      "Tarda menos de un minuto. Puede dejar algo sin contestar."
    ),
    .diaryAnyOne: ("Answer at least one question.", "Conteste al menos una pregunta."),
    .pain: ("Pain today", "Dolor hoy"),
    .painHelp: ("0 is none, 10 is the worst.", "0 es ninguno, 10 es el peor."),
    .spasms: ("Spasms today", "Espasmos hoy"),
    .sleep: ("Sleep last night", "Sueño anoche"),
    .mood: ("Mood today", "Ánimo hoy"),
    .troubles: ("Did anything trouble you?", "¿Le molestó algo?"),
    .words: ("Anything else", "Algo más"),
    .wordsHelp: ("In your own words.", "Con sus propias palabras."),
    .noAnswer: ("No answer", "Sin respuesta"),
    .diaryFault: ("NOT SAVED", "NO SE GUARDÓ"),
    .spasms0: ("None", "Ninguno"), .spasms1: ("A few", "Pocos"), .spasms2: ("Some", "Algunos"),
    .spasms3: ("Many", "Muchos"), .spasms4: ("All the time", "Todo el tiempo"),
    .sleep0: ("Very bad", "Muy malo"), .sleep1: ("Bad", "Malo"), .sleep2: ("Fair", "Regular"),
    .sleep3: ("Good", "Bueno"), .sleep4: ("Very good", "Muy bueno"),
    .mood0: ("Very low", "Muy bajo"), .mood1: ("Low", "Bajo"), .mood2: ("Fair", "Normal"),
    .mood3: ("Good", "Bueno"), .mood4: ("Very good", "Muy bueno"),
    .drowsy: ("Very sleepy", "Mucho sueño"), .dizzy: ("Dizzy", "Mareo"),
    .nausea: ("Feeling sick", "Náuseas"), .itching: ("Itching", "Picor"),
    .constipation: ("Constipation", "Estreñimiento"),
    .weakness: ("Weak legs or arms", "Piernas o brazos débiles"),
    .urination: ("Trouble passing water", "Dificultad para orinar"),
    .headache: ("Headache", "Dolor de cabeza"),
    .swelling: ("Swelling over the pump", "Hinchazón sobre la bomba"),
  ]

  private static let sharingTable: [MyPhrase: (String, String)] = [
    .sharing: ("Who can see this", "Quién puede ver esto"),
    .caregivers: ("People who help me", "Personas que me ayudan"),
    .caregiversNone: (
      "Nobody but you and your clinic sees your page.",
      "Solo usted y su clínica ven su página."
    ),
    .caregiverMay: ("# sees your page.", "# ve su página."),
    .caregiverWrites: (
      "# sees your page and may write in the diary.",
      "# ve su página y puede escribir en el diario."
    ),
    .caregiverSince: ("Since #.", "Desde el #."),
    .caregiverEnd: ("Stop letting # see it", "Que # no la vea más"),
    .caregiverAdd: ("Let somebody see my page", "Dejar que alguien vea mi página"),
    .caregiverName: ("Their name to sign in", "Su nombre de usuario"),
    .caregiverNameHelp: (
      "Your clinic gives them an account. They cannot ask your pump for anything.",
      "Su clínica les da una cuenta. No pueden pedir nada a su bomba."
    ),
    .caregiverDiary: ("They may write in my diary", "Puede escribir en mi diario"),
    .caregiverAllow: ("Let them see it", "Dejar que la vea"),
    .caregiverFault: (
      "There is no caregiver's account of this name.",
      "No hay ninguna cuenta de cuidador con este nombre."
    ),
    .card: ("My emergency card", "Mi tarjeta de emergencia"),
    .cardNone: (
      "You have no emergency card of this clinic. Ask for one.",
      "No tiene tarjeta de emergencia de esta clínica. Pida una."
    ),
    .cardIssued: (
      "Your card was made on #. Whoever has it sees what your pump gives, and nothing else. Lost it? Call your clinic.",
      "Su tarjeta se hizo el #. Quien la tiene ve qué da su bomba, y nada más. ¿La perdió? Llame a su clínica."
    ),
    .cardLooks: ("Who looked with it", "Quién miró con ella"),
    .cardLooksNone: ("Nobody has looked.", "Nadie ha mirado."),
    .cardLookAt: ("#, from the address", "#, desde la dirección"),
    .calendar: ("My visits in a calendar", "Mis visitas en un calendario"),
    .calendarHelp: (
      "You get an address for the calendar of your phone. Keep it to yourself.",
      "Recibe una dirección para el calendario de su teléfono. No la dé a nadie."
    ),
    .calendarMake: ("Make a calendar address", "Crear una dirección de calendario"),
    .calendarMade: ("Your calendar address", "Su dirección de calendario"),
    .calendarOnce: (
      "It is shown this one time. Copy it into your calendar now.",
      "Solo se muestra esta vez. Cópiela ahora en su calendario."
    ),
    .calendarEnd: ("End this address", "Anular esta dirección"),
    .calendarNone: ("You have no calendar address.", "No tiene dirección de calendario."),
    .calendarSince: ("An address made on #.", "Una dirección creada el #."),
  ]

  private static let leaflets: [MyPhrase: (String, String)] = [
    .aftercare: ("Living with my pump", "Vivir con mi bomba"),
    .aftercareSigns: ("When to get help", "Cuándo pedir ayuda"),
    .aftercareTooMuch: (
      "Too much medicine: very sleepy, slow breath, weak, dizzy. Call the emergency number.",
      "Demasiada medicina: mucho sueño, respiración lenta, debilidad, mareo. Llame a emergencias."
    ),
    .aftercareTooLittle: (
      "Too little medicine: more pain or spasms, itching, fever, sweating, confusion. Call your clinic now, at any hour.",
      "Muy poca medicina: más dolor o espasmos, picor, fiebre, sudor, confusión. Llame a su clínica ahora, a cualquier hora."
    ),
    .aftercareCall: (
      "The skin over the pump is red, hot, open or wet: call your clinic the same day.",
      "La piel sobre la bomba está roja, caliente, abierta o húmeda: llame a su clínica el mismo día."
    ),
    .aftercareHeat: (
      "No hot tub, sauna or heat pad over the pump. Heat can change what it gives.",
      "Ni sauna, ni baño muy caliente, ni manta eléctrica sobre la bomba. El calor puede cambiar lo que da."
    ),
    .aftercareMove: (
      "In the first 6 to 8 weeks after the operation: do not twist, bend far or lift heavy things. Ask your clinic when it is over.",
      "En las primeras 6 a 8 semanas tras la operación: no gire el cuerpo, no se doble mucho, no levante peso. Pregunte a su clínica cuándo termina."
    ),
    .aftercareDrive: (
      "Do not drive after a change of your medicine until you know how you feel.",
      "No conduzca tras un cambio de medicina hasta saber cómo se siente."
    ),
    .aftercareMouth: (
      "Ask before you take other medicine that makes you sleepy, and before you drink alcohol.",
      "Pregunte antes de tomar otra medicina que dé sueño, y antes de beber alcohol."
    ),
    .aftercareWound: (
      "Do not rub or turn the pump under the skin.", "No frote ni gire la bomba bajo la piel."
    ),
    .aftercareVisit: (
      "Never miss a refill. An empty pump can make you very ill.",
      "No falte nunca a una recarga. Una bomba vacía puede ponerle muy enfermo."
    ),
    .travel: ("Travel and MRI card", "Tarjeta de viaje y resonancia"),
    .travelTitle: ("I have an implanted medicine pump", "Tengo una bomba de medicina implantada"),
    .travelWho: ("Name", "Nombre"),
    .travelPump: ("Pump", "Bomba"),
    .travelSerial: ("Serial number", "Número de serie"),
    .travelDrug: ("Medicine in it", "Medicina que contiene"),
    .travelDose: ("In 24 hours", "En 24 horas"),
    .travelImplanted: ("Implanted", "Implantada"),
    .travelTip: ("Tip of the tube", "Punta del tubo"),
    .travelAirport: (
      "Airport: metal detectors may sound. Please search by hand. Do not hold a wand over the pump.",
      "Aeropuerto: el detector puede sonar. Por favor, registro manual. No deje el detector sobre la bomba."
    ),
    .travelMRI: ("Before an MRI", "Antes de una resonancia"),
    .travelMRIText: (
      "Call my clinic first, every time. Some pumps must be emptied before. After it the pump must be checked.",
      "Llame antes a mi clínica, siempre. Algunas bombas hay que vaciarlas antes. Después hay que revisar la bomba."
    ),
    .travelFlight: (
      "Long journey: is my refill far enough away? Carry the number of a clinic there.",
      "Viaje largo: ¿falta bastante para mi recarga? Lleve el número de una clínica allí."
    ),
    .travelDiving: (
      "No diving and no pressure chamber before my clinic says yes.",
      "Nada de buceo ni cámara de presión antes de que mi clínica diga que sí."
    ),
  ]
}
