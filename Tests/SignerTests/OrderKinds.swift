import PumpCore
import PumpLink

@testable import OrderText
@testable import Signer

/// One order of each kind and of each basal, as it is written down, and what must be read in it.
enum OrderKinds {
  struct Sample: Sendable, CustomStringConvertible {
    let json: String
    /// Title and value of lines that must stand there.
    let lines: [String]
    var description: String { String(json.prefix(60)) }
  }

  private static let rest = """
    "limits": {"maxRate": "2 mL/d", "maxVolumePer24h": "1 mL", "maxDosePer24h": {"baclofen": "2000 ug"}},
    "safeRate": "30 ug/d", "restartGap": "36 h", "lowReservoir": "2.5 mL"
    """
  private static let standing = [
    "Highest rate: 2 mL/d", "Volume in any 24 h: 1 mL", "Safe rate: 0.015 mL/d",
    "Safe rate after a gap of: 36 h", "Low-reservoir mark: 2.5 mL",
    "baclofen (RxNorm 1292, number unverified) in any 24 h: 2000 ug",
  ]

  private static func program(_ basal: String, extra: String = "") -> String {
    "{\"do\": \"program\", \"program\": {\"basal\": \(basal), \(rest)\(extra)}}"
  }

  private static let key = String(repeating: "1f", count: 32)
  private static let keys = """
    "keys": {"root": "\(key)", "patient": "\(String(repeating: "2e", count: 32))", "emergencyCard": "\(key)"}
    """
  private static let envelope = """
    "envelope": {"stepPercent": 5, "weekPercent": 15, "betweenIncreases": "48 h", "delay": "2 h", \
    "bedsideAge": "90 d"}
    """
  private static let envelopeLines = [
    "Change in one step: ±5 %", "Change against the last in person: ±15 %",
    "Between increases: 2 d", "An increase waits: 2 h", "Bedside session at most: 90 d old",
  ]
  private static let keyLines = [
    "First root: \(key)", "Second root: none",
    "Patient's signing key: \(String(repeating: "2e", count: 32))", "Patient's controller: none",
  ]

  static let all = [
    Sample(
      json: program("{\"mode\": \"constant\", \"rate\": \"0.03 mL/d\"}"),
      lines: standing + ["All day: 0.03 mL/d (60 ug/d baclofen)"]
    ),
    Sample(
      json: program("{\"mode\": \"stopped\"}"),
      lines: ["Basal: stopped: nothing is delivered"]
    ),
    Sample(
      json: program("{\"mode\": \"minimum\"}"),
      lines: ["Basal: the least rate of the pump's model"]
    ),
    Sample(
      json: program(
        "{\"mode\": \"daily\", \"steps\": [{\"at\": \"06:30\", \"rate\": \"0.04 mL/d\"}, {\"at\": \"21:05\", "
          + "\"rate\": \"0.02 mL/d\"}]}"
      ),
      lines: [
        "Every day from 06:30: 0.04 mL/d (80 ug/d baclofen)", "Every day from 21:05: 0.02 mL/d",
      ]
    ),
    Sample(
      json: program(
        "{\"mode\": \"weekly\", \"patterns\": [[{\"at\": \"00:00\", \"rate\": \"0.04 mL/d\"}], [{\"at\": "
          + "\"00:00\", \"rate\": \"0.02 mL/d\"}, {\"at\": \"08:00\", \"rate\": \"0.03 mL/d\"}]], "
          + "\"days\": [0, 0, 0, 0, 0, 1, 1]}"
      ),
      lines: ["Pattern 2, from 08:00: 0.03 mL/d", "Friday: pattern 1", "Saturday: pattern 2"]
    ),
    Sample(
      json: program(
        "{\"mode\": \"periodic\", \"dose\": \"20 ug\", \"over\": \"5 min\", \"every\": \"6 h\", "
          + "\"background\": \"0.01 mL/d\"}",
        extra: """
          , "patientDose": {"volume": "10 ug", "over": "10 min", "lockout": "4 h", "maxPer24h": 3},
          "prime": {"volume": "0.3 mL", "over": "15 min"}, "bridge": {"rate": "0.05 mL/d", "volume": "0.31 mL"}
          """
      ),
      lines: [
        "A bolus of: 0.01 mL (20 ug baclofen)", "Given over: 5 min", "Every: 6 h",
        "On top of: 0.01 mL/d", "Volume: 0.005 mL (10 ug baclofen)", "Given over: 10 min",
        "Lockout: 4 h", "At most in 24 h: 3", "Volume: 0.3 mL", "Given over: 15 min",
        "Rate: 0.05 mL/d", "Volume: 0.31 mL",
      ]
    ),
    Sample(
      json: """
        {"do": "refill", "aspirated": "1.5 mL", "fill": {"volume": "18 mL", "drugs": [
         {"drug": "morphine", "concentration": "20 mg/mL"},
         {"drug": "baclofen", "concentration": "2 mg/mL"}]}}
        """,
      lines: [
        "Taken out: 1.5 mL", "Filled in: 18 mL (36000 ug baclofen, 360 mg morphine)",
        "baclofen (RxNorm 1292, number unverified): 2 mg/mL", "morphine (RxNorm 7052): 20 mg/mL",
        "With a new program: no: the one in force goes on",
      ]
    ),
    Sample(
      json: "{\"do\": \"catheter\", \"pathVolume\": \"0.316 mL\", \"path\": \"empty\"}",
      lines: ["Whole fluid path: 0.316 mL", "The path is: empty of drug"]
    ),
    Sample(
      json: "{\"do\": \"commissioning\", \(keys), \(envelope), \"local\": \"2026-01-05T08:00:00\"}",
      lines: keyLines + envelopeLines + ["Local time: 2026-01-05T08:00:00"]
    ),
    Sample(json: "{\"do\": \"envelope\", \(envelope)}", lines: envelopeLines),
    Sample(
      json: """
        {"do": "limits", "limits": {"maxRate": "2 mL/d", "maxVolumePer24h": "1 mL", "maxDosePer24h":
         {"baclofen": "2000 ug"}, "safeRate": "30 ug/d", "restartGap": "36 h", "lowReservoir": "2.5 mL"}}
        """,
      lines: standing
    ),
    Sample(json: "{\"do\": \"keys\", \(keys)}", lines: keyLines),
    Sample(
      json: "{\"do\": \"clinicianBolus\", \"volume\": \"50 ug\", \"over\": \"10 min\"}",
      lines: ["Volume: 0.025 mL (50 ug baclofen)", "Given over: 10 min", "Valid for: 10 min"]
    ),
    Sample(json: "{\"do\": \"safeRate\"}", lines: ["Kind: safe rate"]),
    Sample(json: "{\"do\": \"suspend\", \"for\": \"90 min\"}", lines: ["For: 90 min"]),
    Sample(json: "{\"do\": \"mri\", \"for\": \"45 min\"}", lines: ["For: 45 min", "Kind: MRI"]),
    Sample(json: "{\"do\": \"resume\"}", lines: ["Kind: resume therapy"]),
    Sample(json: "{\"do\": \"clearOverDelivery\"}", lines: ["Kind: clear over-delivery"]),
    Sample(
      json: "{\"do\": \"setClock\", \"local\": \"2026-01-05T08:00:00\"}",
      lines: ["Local time: 2026-01-05T08:00:00", "Kind: set the clock"]
    ),
  ]

  /// Every line of the fields of a statement.
  static func lines(_ statement: OrderStatement) -> [String] {
    statement.sections.flatMap { section in
      section.rows.map { "\($0.title): \($0.value)" + ($0.note.map { " (\($0))" } ?? "") }
    }
  }
}
