import Formulary
import Quantities
import Therapy

/// Taking over, and what is in place.
extension RefusalRow {
  static let places: [RefusalRow] = [
    RefusalRow(name: "adopting twice", code: .stage, field: "", command: adopt()),
    RefusalRow(
      name: "a note before adoption",
      code: .stage,
      field: "",
      command: .writeNote(Note(text: "x")),
      isNew: true
    ),
    RefusalRow(
      name: "a fill before adoption",
      code: .stage,
      field: "",
      command: fill(),
      isNew: true
    ),
    RefusalRow(
      name: "no given name",
      code: .value,
      field: "identity.givenName",
      command: adopt(identity: identity(given: "  ")),
      isNew: true
    ),
    RefusalRow(
      name: "a name of 101 bytes",
      code: .value,
      field: "identity.givenName",
      command: adopt(identity: identity(given: String(repeating: "x", count: 101))),
      isNew: true
    ),
    RefusalRow(
      name: "no record number",
      code: .value,
      field: "identity.recordNumber",
      command: adopt(identity: identity(number: "")),
      isNew: true
    ),
    RefusalRow(
      name: "no language",
      code: .value,
      field: "identity.language",
      command: adopt(identity: identity(language: "")),
      isNew: true
    ),
    RefusalRow(
      name: "born next year",
      code: .value,
      field: "identity.born",
      command: adopt(identity: identity(born: "2027-01-01")),
      isNew: true
    ),
    RefusalRow(
      name: "born 1870",
      code: .value,
      field: "identity.born",
      command: adopt(identity: identity(born: "1870-01-01")),
      isNew: true
    ),
    RefusalRow(
      name: "born 1915",
      code: .confirm,
      field: "",
      command: adopt(identity: identity(born: "1915-01-01")),
      isNew: true,
      isConfirmed: false
    ),
    RefusalRow(
      name: "a model that is in no catalogue",
      code: .unknown,
      field: "pump.model",
      command: adopt(pump: pump("SynchroMed 9")),
      isNew: true
    ),
    RefusalRow(
      name: "a reservoir that the model has not",
      code: .confirm,
      field: "",
      command: adopt(pump: pump(capacity: 30)),
      isNew: true,
      isConfirmed: false
    ),
    RefusalRow(
      name: "no reservoir",
      code: .value,
      field: "pump.capacity",
      command: adopt(pump: pump(capacity: 0)),
      isNew: true
    ),
    RefusalRow(
      name: "no serial number",
      code: .value,
      field: "pump.serial",
      command: adopt(pump: pump(serial: "")),
      isNew: true
    ),
    RefusalRow(
      name: "replaced before implanted",
      code: .value,
      field: "pump.replaceBy",
      command: adopt(pump: pump(replaceBy: "2024-05-06")),
      isNew: true
    ),
    RefusalRow(
      name: "the same identity",
      code: .twice,
      field: "identity",
      command: .correctIdentity(IdentityCorrected(identity: Sample.identity, reason: "x"))
    ),
    RefusalRow(
      name: "an identity without a reason",
      code: .value,
      field: "reason",
      command: .correctIdentity(IdentityCorrected(identity: identity(), reason: " "))
    ),
    RefusalRow(
      name: "a pump corrected without a reason",
      code: .value,
      field: "reason",
      command: .correctPump(PumpCorrected(pump: pump(serial: "2"), reason: ""))
    ),
    RefusalRow(
      name: "a pump corrected to a reservoir that its fill does not go into",
      code: .mismatch,
      field: "pump.capacity",
      command: .correctPump(PumpCorrected(pump: pump(capacity: 10), reason: "its card"))
    ),
    RefusalRow(
      name: "an empty phone",
      code: .value,
      field: "contact.phone",
      command: .changeContact(ContactDetails(phone: ""))
    ),
    RefusalRow(
      name: "linking twice",
      code: .twice,
      field: "pump",
      command: .linkPump(Sample.linked),
      isLinked: true
    ),
    RefusalRow(
      name: "unlinking what is not linked",
      code: .unknown,
      field: "pump",
      command: .unlinkPump(PumpUnlinked(reason: "x"))
    ),
    RefusalRow(
      name: "unlinking without a reason",
      code: .value,
      field: "reason",
      command: .unlinkPump(PumpUnlinked(reason: "")),
      isLinked: true
    ),
    RefusalRow(
      name: "a catheter of no length",
      code: .value,
      field: "catheter.implantedLength",
      command: catheter(0)
    ),
    RefusalRow(
      name: "a catheter of 8 m",
      code: .value,
      field: "catheter.implantedLength",
      command: catheter(8_000_000)
    ),
    RefusalRow(
      name: "a catheter of 8 cm",
      code: .confirm,
      field: "",
      command: catheter(80_000),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a catheter whose volume is not its length",
      code: .mismatch,
      field: "catheter.volume",
      command: catheter(800_000, volume: 1_760_000)
    ),
    RefusalRow(
      name: "an overfilled reservoir",
      code: .limit,
      field: "fill.volume",
      command: fill(40)
    ),
    RefusalRow(name: "a fill of nothing", code: .value, field: "fill.volume", command: fill(0)),
    RefusalRow(name: "a fill below nothing", code: .value, field: "fill.volume", command: fill(-3)),
    RefusalRow(
      name: "a fill of a tenth",
      code: .confirm,
      field: "",
      command: fill(2),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a fill of tomorrow",
      code: .value,
      field: "fill.filledAt",
      command: fill(at: later)
    ),
    RefusalRow(
      name: "a fill before 1970",
      code: .value,
      field: "fill.filledAt",
      command: fill(at: Instant(milliseconds: -1))
    ),
    RefusalRow(
      name: "a fill by a receipt that nobody has",
      code: .value,
      field: "fill.standing",
      command: fill(standing: .receipt)
    ),
    RefusalRow(
      name: "ten times the strength",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(20_000)),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a tenth of the strength",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(20)),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a drug that nobody knows",
      code: .confirm,
      field: "",
      command: fill(18, Sample.fluid(2_000, "baclofenn")),
      isConfirmed: false
    ),
    RefusalRow(
      name: "no strength",
      code: .value,
      field: "fill.fluid.concentration",
      command: fill(18, Sample.fluid(0))
    ),
    RefusalRow(
      name: "a drug twice",
      code: .value,
      field: "fill.fluid",
      command: fill(18, Fluid(drugs: Sample.fluid(500).drugs + Sample.fluid(2_000).drugs))
    ),
    RefusalRow(
      name: "drug-free fluid",
      code: .confirm,
      field: "",
      command: fill(18, Fluid(drugs: [])),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a program by hand of a linked pump",
      code: .value,
      field: "program",
      command: program(Sample.program()),
      isLinked: true
    ),
    RefusalRow(
      name: "a program that is no JSON",
      code: .value,
      field: "program",
      command: program(ProgramJSON("{"))
    ),
    RefusalRow(
      name: "a program with a rate below the pump's",
      code: .limit,
      field: "program",
      command: program(Sample.program(dose: "30 ug/d"))
    ),
    RefusalRow(
      name: "ten times the dose",
      code: .confirm,
      field: "",
      command: program(Sample.program(dose: "3000 ug/d")),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a quarter more",
      code: .confirm,
      field: "",
      command: program(Sample.program(dose: "375 ug/d")),
      isConfirmed: false
    ),
    RefusalRow(
      name: "a dose of another drug",
      code: .value,
      field: "program.limits.maxDosePer24h",
      command: program(
        ProgramJSON(
          Sample.program().text.replacing(#""baclofen":"4 mg""#, with: #""morphine":"4 mg""#)
        )
      )
    ),
    RefusalRow(
      name: "a program without a reason",
      code: .value,
      field: "reason",
      command: program(Sample.program(), reason: "")
    ),
    RefusalRow(
      name: "a program of tomorrow",
      code: .value,
      field: "program.programmedAt",
      command: program(Sample.program(), at: later)
    ),
  ]
}
