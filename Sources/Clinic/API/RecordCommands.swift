import Foundation
import Formulary
import Quantities
import Therapy

/// The commands of a patient's record, as routes: place, observations, alarms.
struct RecordCommands: Sendable {
  let make: CommandRoute

  struct Empty: Decodable, Sendable {}

  struct Reason: Decodable, Sendable {
    let reason: String
  }

  struct Action: Decodable, Sendable {
    let action: String
  }

  struct Oral: Decodable, Sendable {
    let drug: OralDrug
    let dose: DailyDose
    let since: Day?
  }

  var routes: [Route] { place + observations + alarms }

  private var place: [Route] {
    [
      make.route(
        "/identity",
        "Puts right who a patient is, with the reason.",
        "corrected the identity of the record",
        [
          SchemaField("identity", TherapySchemas.identity),
          SchemaField("reason", TherapySchemas.words),
        ],
        needsVersion: true
      ) { (body: IdentityCorrected, _) in .correctIdentity(body) },
      make.route(
        "/contact",
        "How a patient is reached.",
        "changed the contact of the record",
        by: [.physician, .nurse, .administrator],
        TherapySchemas.contact,
        needsVersion: true
      ) { (body: ContactDetails, _) in .changeContact(body) },
      make.route(
        "/pump/link",
        "Takes down a pump's number and keys, as read at the bedside.",
        "linked the pump of the record",
        [
          SchemaField("pump", .text(most: 32, "32 hexadecimal digits")),
          SchemaField("receiptKey", .text(most: 64, "Ed25519, 64 digits")),
          SchemaField("sessionKey", .text(most: 64, "X25519, 64 digits"), isRequired: false),
          SchemaField("contact", TherapySchemas.name, isRequired: false),
        ],
        needsVersion: true
      ) { (body: PumpLinked, _) in .linkPump(body) },
      make.route(
        "/pump/unlink",
        "Ends the speaking with a pump; the patient is followed by hand.",
        "unlinked the pump of the record",
        [SchemaField("reason", TherapySchemas.words)],
        needsVersion: true
      ) { (body: PumpUnlinked, _) in .unlinkPump(body) },
      make.route(
        "/pump/correct",
        "Puts right what is recorded of the pump in place, with the reason.",
        "corrected the pump of the record",
        [SchemaField("pump", TherapySchemas.pump), SchemaField("reason", TherapySchemas.words)],
        needsVersion: true
      ) { (body: PumpCorrected, _) in .correctPump(body) },
      make.route(
        "/catheter",
        "What is known of the catheter.",
        "recorded the catheter",
        TherapySchemas.catheter,
        needsVersion: true
      ) { (body: CatheterInPlace, _) in .recordCatheter(body) },
      make.route(
        "/program",
        "What was set on the maker's programmer, of a pump that does not speak.",
        "recorded a program by hand",
        TherapySchemas.programRecorded,
        needsVersion: true
      ) { (body: ProgramRecorded, _) in .recordProgram(body) },
      make.route(
        "/fill",
        "What is in the reservoir.",
        "recorded a fill",
        TherapySchemas.fill,
        needsVersion: true
      ) { (body: FillRecorded, _) in .recordFill(body) },
    ]
  }

  private var observations: [Route] {
    [
      make.route(
        "/scores",
        "A score that was taken.",
        "recorded a score",
        by: [.physician, .nurse, .patient],
        [
          SchemaField("score", TherapySchemas.score),
          SchemaField("takenAt", TherapySchemas.instant),
        ]
      ) { (body: ScoreRecorded, _) in .recordScore(body) },
      make.route(
        "/oral-opioids",
        "What opioid a patient takes by mouth or skin.",
        "recorded an oral opioid",
        by: AccountRole.clinical,
        [
          SchemaField("drug", TherapySchemas.words(OralDrug.self)),
          SchemaField("dose", TherapySchemas.quantity("60 mg/d")),
          SchemaField("since", TherapySchemas.day, isRequired: false),
        ]
      ) { (body: Oral, _) in .recordOralOpioid(body.drug, body.dose, since: body.since) },
      make.route(
        "/side-effects",
        "A side effect that was seen.",
        "recorded a side effect",
        by: [.physician, .nurse, .patient],
        [
          SchemaField("what", TherapySchemas.words),
          SchemaField("severity", TherapySchemas.words(SideEffectSeverity.self)),
          SchemaField("since", TherapySchemas.day, isRequired: false),
        ]
      ) { (body: SideEffect, _) in .recordSideEffect(body) },
      make.route(
        "/notes",
        "A note in a person's words.",
        "wrote a note",
        by: AccountRole.clinical,
        [SchemaField("text", TherapySchemas.words)]
      ) { (body: Note, _) in .writeNote(body) },
      make.route(
        "/corrections",
        "Strikes out an event, with the reason; nothing is removed.",
        "corrected an entry",
        by: AccountRole.clinical,
        [
          SchemaField("event", .integer(1...Int.max, "its version")),
          SchemaField("reason", TherapySchemas.words),
        ],
        needsVersion: true
      ) { (body: Correction, _) in .correct(body) },
    ]
  }

  private var alarms: [Route] {
    [
      make.route(
        "/alarms/{alarm}/acknowledge",
        "Records that a person has seen an alarm; the pump goes on calling.",
        "acknowledged an alarm in the record",
        []
      ) { (_: Empty, call) throws(WebError) in
        .acknowledgeAlarm(try CommandRoute.alarm(call))
      },
      make.route(
        "/alarms/{alarm}/actions",
        "Records what was done about an alarm.",
        "recorded what was done about an alarm",
        by: AccountRole.clinical,
        [SchemaField("action", TherapySchemas.words)]
      ) { (body: Action, call) throws(WebError) in
        .actOnAlarm(AlarmActed(alarm: try CommandRoute.alarm(call), action: body.action))
      },
    ]
  }
}
