extension PlanName {
  /// What it works out, in one line.
  public var abstract: String {
    switch self {
    case .flow: "the rate that gives a daily dose"
    case .refill: "how long a fill lasts, and when the next is due"
    case .prime: "the bolus that fills an empty fluid path"
    case .bridge: "the rate until the old drug has left the path"
    case .residual: "what was aspirated against what was expected"
    case .admixture: "how a mixture is compounded from stocks"
    case .patientDose: "what every allowed patient dose adds up to"
    case .convert: "a range of intrathecal doses from an oral or IV one"
    case .titrate: "whether a change of dose keeps the rules of the drug"
    case .propose: "limits, safe rate and marks for a drug, to be judged"
    case .screen: "the next step of a baclofen screening"
    }
  }

  /// A request that can be tried as it stands.
  public var example: String {
    switch self {
    case .flow:
      """
      {"drugs":[{"drug":"baclofen",
                 "dose":"300 ug/d","concentration":"2000 ug/mL"}],
       "pump":"SynchroMed II"}
      """
    case .refill:
      """
      {"fill":{"volume":"20 mL",
               "drugs":[{"drug":"morphine","concentration":"5 mg/mL"}]},
       "reserve":"2 mL","basal":{"mode":"constant","rate":"1.5 mg/d"},
       "filledAt":"2026-01-05","stability":["90 d"],
       "pump":"SynchroMed II"}
      """
    case .prime:
      """
      {"tubing":"0.14 mL",
       "catheter":{"length":"80 cm","volumePerCm":"0.0022 mL/cm"},
       "pathEmpty":"both","concentration":"2 mg/mL","over":"20 min"}
      """
    case .bridge:
      """
      {"old":{"concentration":"10 mg/mL","dose":"2 mg/d"},
       "new":{"concentration":"20 mg/mL","dose":"2 mg/d"},
       "tubing":"0.14 mL",
       "catheter":{"length":"80 cm","volumePerCm":"0.0022 mL/cm"},
       "residual":"1.4 mL","fillVolume":"20 mL","pump":"SynchroMed II"}
      """
    case .residual:
      """
      {"capacity":"20 mL","filled":"20 mL",
       "expected":"6.2 mL","aspirated":"9.1 mL",
       "symptoms":false,"previous":[-3.1,1.5]}
      """
    case .admixture:
      """
      {"rate":"0.4 mL/d","volume":"20 mL","drugs":[
        {"drug":"morphine","dose":"2 mg/d","stock":["10 mg/mL","25 mg/mL"]},
        {"drug":"bupivacaine","dose":"6 mg/d","stock":["30 mg/mL"]},
        {"drug":"clonidine","dose":"60 ug/d","stock":["500 ug/mL"]}],
       "pump":"SynchroMed II"}
      """
    case .patientDose:
      """
      {"basal":"1.0 mg/d",
       "patientDose":{"dose":"0.1 mg","over":"10 min",
                      "lockout":"6 h","maxPer24h":4},
       "fill":{"volume":"20 mL",
               "drugs":[{"drug":"morphine","concentration":"5 mg/mL"}]},
       "reserve":"2 mL","pump":"SynchroMed II"}
      """
    case .convert:
      """
      {"from":{"drug":"morphine","route":"oral","dose":"200 mg/d"},
       "to":{"drug":"morphine"},
       "population":"tolerant","setting":"cancer"}
      """
    case .titrate:
      """
      {"drug":"baclofen","indication":"spasticity","origin":"spinal","age":40,
       "current":"100 ug/d","proposed":"115 ug/d","lastChange":"2026-01-05",
       "now":"2026-01-07","setting":"clinic"}
      """
    case .propose:
      """
      {"drug":"baclofen",
       "mixture":[{"drug":"baclofen","concentration":"2000 ug/mL"}],
       "basal":"300 ug/d","indication":"spasticity"}
      """
    case .screen:
      """
      {"drug":"baclofen","step":1,"effect":"partial","effectHours":4}
      """
    }
  }

  /// The inputs in the order in which they are read.
  package var inputs: [PlanInput] {
    switch self {
    case .flow:
      [
        .list(
          "drugs",
          [.drug, .text("dose"), .text("concentration"), .text("previous", isOptional: true)]
        ), .pump,
      ]
    case .refill:
      [
        .text("fill"), .pump, .text("reserve"), .text("basal"),
        .group("patientDose", Self.patientDoseInputs, isOptional: true), .text("filledAt"),
        .texts("stability", isOptional: true), .text("endOfService", isOptional: true),
      ]
    case .prime:
      Self.pathInputs + [.text("pathEmpty"), .text("concentration"), .text("over")]
    case .bridge:
      [
        .group("old", [.text("concentration"), .text("dose")]),
        .group("new", [.text("concentration"), .text("dose")]),
      ] + Self.pathInputs + [
        .pump, .text("fillVolume", isOptional: true), .text("residual", isOptional: true),
      ]
    case .residual:
      [
        .text("capacity"), .text("filled"), .text("expected"), .text("aspirated"),
        .json("previous", "errors in % of the last refills, such as [-3.1, 16]", isOptional: true),
        .json("symptoms", "true or false", isOptional: true),
      ]
    case .admixture:
      [
        .text("rate"), .text("volume"),
        .list(
          "drugs",
          [.drug, .text("dose"), .texts("stock"), .text("previous", isOptional: true)]
        ), .pump,
      ]
    case .patientDose:
      [
        .group(
          "fill",
          [.text("volume"), .list("drugs", [.drug, .text("concentration")])]
        ),
        .pump, .text("reserve"), .text("basal"), .group("patientDose", Self.patientDoseInputs),
      ]
    case .convert:
      [
        .group("from", [.drug, .text("route"), .text("dose")]), .group("to", [.drug]),
        .text("population"), .text("setting"),
      ]
    case .titrate:
      [
        .drug, .text("indication"), .text("origin", isOptional: true),
        .json("age", "in years"), .text("current"), .text("proposed"), .text("lastChange"),
        .text("now"), .text("setting"),
      ]
    case .propose:
      [
        .drug, .list("mixture", [.drug, .text("concentration")]), .text("basal"),
        .text("indication"),
      ]
    case .screen:
      [
        .drug, .json("step", "1, 2 or 3"), .text("effect"),
        .json("effectHours", "a number of hours"),
      ]
    }
  }

  private static let pathInputs: [PlanInput] = [
    .text("tubing"), .group("catheter", [.text("length"), .text("volumePerCm")]),
  ]

  private static let patientDoseInputs: [PlanInput] = [
    .text("dose"), .text("over"), .text("lockout"), .json("maxPer24h", "a whole number"),
  ]
}

/// One input of a calculator, as it is asked for.
package indirect enum PlanInput: Sendable {
  package enum Kind: Sendable {
    case text
    /// Several texts, with commas between.
    case texts
    /// A number, a list, or true or false, as JSON.
    case json
  }

  /// `hint` says what is expected; where it is nothing the calculator says it itself.
  case field(String, Kind, hint: String?, isOptional: Bool)
  case group(String, [PlanInput], isOptional: Bool = false)
  /// At least one object of these.
  case list(String, [PlanInput])

  package var name: String {
    switch self {
    case .field(let name, _, _, _), .group(let name, _, _), .list(let name, _): name
    }
  }

  static func text(_ name: String, isOptional: Bool = false) -> PlanInput {
    .field(name, .text, hint: nil, isOptional: isOptional)
  }

  static func texts(_ name: String, isOptional: Bool = false) -> PlanInput {
    .field(name, .texts, hint: "one or more, with commas between", isOptional: isOptional)
  }

  static func json(_ name: String, _ hint: String, isOptional: Bool = false) -> PlanInput {
    .field(name, .json, hint: hint, isOptional: isOptional)
  }

  static let drug = PlanInput.text("drug")
  static let pump = PlanInput.text("pump")
}
