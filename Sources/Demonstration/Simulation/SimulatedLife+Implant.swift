import Foundation
import Therapy
import VirtualPump

/// The pump: implanted, replaced, or brought along.
extension SimulatedLife {
  static let pathVolume = "0.316 mL"

  /// The checklist, the operation, and what a new pump needs.
  func implant() async throws {
    try await consent("implant")
    try await checks(serial: "S\(number)-1")
    dose = regimen.doses.lowerBound
    try makePump(volume: "18 mL")
    try await act("ada", "pathway/implanted", implanted(replaces: nil))
    tell("implanted", regimen.drug)
    try await commission(startsNow: true)
  }

  /// Another pump in the place of the one that is there; the catheter stays.
  func replace() async throws {
    try await act(
      "ada",
      "pathway/replacement",
      ["on": day(after: 7), "because": "electiveReplacement"]
    )
    try await sleep(until: morning(after: 7))
    try await consent("implant")
    let number = (Int(serial.split(separator: "-").last ?? "1") ?? 1) + 1
    try await checks(serial: "S\(self.number)-\(number)")
    pump?.end()
    try makePump(volume: "18 mL")
    try await act("ada", "pathway/implanted", implanted(replaces: "its battery was at its mark"))
    tell("pump replaced")
    try await commission(startsNow: true)
  }

  /// A patient who comes with a pump in place.
  func adopt() async throws {
    dose = (regimen.doses.lowerBound + regimen.doses.upperBound) / 2
    serial = "S\(number)-1"
    try makePump(volume: "15 mL")
    try await act(
      "ada",
      "",
      [
        "identity": [
          "givenName": "Patient", "familyName": familyName, "born": born,
          "recordNumber": recordNumber, "language": "en",
        ],
        "indication": regimen.isSpastic ? "spasticity" : regimen.isCancer ? "cancer" : "nonCancer",
        "pump": [
          "model": Self.model, "isCatalogued": true, "capacity": "40 mL", "serial": serial,
          "implantedOn": "2024-02-01", "replaceBy": "2032-02-01",
        ] as Fields, "catheter": Self.catheter,
        "fill": [
          "volume": "15 mL", "fluid": regimen.fluid, "filledAt": now, "lots": ["L-0"],
          "standing": "recalled",
        ] as Fields,
        "program": [
          "program": FieldText.text(regimen.program(dose)), "programmedAt": now,
          "reason": "as the papers say",
        ] as Fields,
      ]
    )
    tell("adopted", regimen.drug)
    try await commission(startsNow: false)
  }

  static let model = "Cisterna virtual pump"
  private static var catheter: Fields {
    [
      "implantedLength": "80 cm", "trimmedLength": "9 cm", "volumePerLength": "0.0022 mL/cm",
      "tip": "T10",
    ]
  }

  private func makePump(volume: String) throws {
    let made = try SimulatedPump(
      world,
      &chance,
      fill: "{\"volume\": \"\(volume)\", \"drugs\": \(regimen.drugs)}",
      program: FieldText.text(regimen.program(dose)),
      path: Self.pathVolume
    )
    pump = made
    doseInPerson = dose
  }

  private func checks(serial: String) async throws {
    self.serial = serial
    let figures: [String: Fields] = [
      "site": ["side": "left", "pocketSite": "abdomen", "depth": "1.5 cm"],
      "pumpSize": ["capacity": "40 mL"], "drug": ["fluid": regimen.fluid],
      "drugSecond": ["fluid": regimen.fluid], "interrogated": ["serial": serial],
      "calibration": ["calibration": "117", "calibrationLabel": "117"],
      "warmed": ["temperatureTenths": 370],
      "drained": ["predicted": "20 mL", "drained": "19.5 mL"],
    ]
    for check in ImplantCheck.allCases {
      var answer: Fields = ["finding": "good"]
      if check == .trial || check == .levelImaging {
        answer = ["finding": "notApplicable", "note": "invented"]
      }
      if check.needsNote { answer["note"] = "as invented" }
      if let figures = figures[check.rawValue] { answer["figures"] = figures }
      let name = check.rawValue.reduce(into: "") { text, letter in
        text += letter.isUppercase ? "-\(letter.lowercased())" : "\(letter)"
      }
      try await act(check == .drugSecond ? "pia" : "noor", "pathway/check-\(name)", answer)
    }
  }

  private func implanted(replaces: String?) -> Fields {
    var body: Fields = [
      "pump": [
        "model": Self.model, "capacity": "40 mL", "serial": serial, "implantedOn": today,
        "replaceBy": day(after: 2_500),
      ], "pocket": ["side": "left", "site": "abdomen", "depth": "1.5 cm"],
      "surgeon": "Dr. Invented",
      "fill": [
        "fluid": regimen.fluid, "volume": "18 mL", "lot": "L-\(number)",
        "expiresOn": day(after: 300), "filledAt": now,
      ] as Fields, "prime": ["reason": "the catheter was filled at the table"],
    ]
    if let replaces {
      body["replaces"] = replaces
    } else {
      var catheter = Self.catheter
      catheter["imaging"] = "X-ray"
      body["catheter"] = catheter
    }
    return body
  }

  /// Links the pump, sets its first program and its envelope, and tells the patient what to know.
  private func commission(startsNow: Bool) async throws {
    guard let pump else { return }
    let id = id
    world.change { $0.pumps[id, default: []].append(pump) }
    try await act(
      "ada",
      "pump/link",
      [
        "pump": pump.name, "receiptKey": Hexadecimal.text(pump.contact.signingKey.array),
        "sessionKey": Hexadecimal.text(pump.contact.sessionKey.array),
      ]
    )
    try visit(by: "ada")
    if startsNow { try await setAtBedside(dose, "first program") }
    // What was done at the table is a catheter's event: nothing goes from afar before a session later than that.
    try await sleep(hours: 1)
    try visit(by: "ada")
    try await orderApplied(
      ["do": "envelope", "envelope": ["stepPercent": 10, "weekPercent": 20]],
      "bedside",
      "changes from afar",
      by: ["ada"]
    )
    guard startsNow else { return }
    try await act(
      "noor",
      "pathway/aftercare",
      ["items": AftercareItem.allCases.map(\.rawValue)]
    )
    try await act(
      "noor",
      "pathway/recovery",
      ["takenAt": now, "breathsPerMinute": 15, "sedation": 0, "wound": "clean", "legStrength": 5]
    )
  }
}
