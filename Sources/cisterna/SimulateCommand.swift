import ArgumentParser
import JSONText
import PatientModel
import Pharmacology
import PumpScenario

/// `cisterna simulate`.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Run the patient model: where along the spine, in tissue and blood, a drug goes.",
    usage: """
      cisterna simulate CASE.json [--cells N] [--svg FILE] [--oral UG --every H]
           cisterna simulate --program PROGRAM.json --fill FILL.json --drug NAME --days N
      """,
    discussion: """
      A model, not a clinical tool: most of its numbers are assumptions, and docs/evidence.md has \
      what it misses. A case is a JSON file: the person, the drug, the pump, and what is to be shown \
      (docs/model.md). Places are cm from S2, times h, concentrations ug/mL.

        cisterna simulate Examples/model/baclofen-boluses.json --svg levels.svg

      Let the real controller run a program, and see what leaves the tip reach:

        cisterna simulate --program program.json --fill fill.json --drug baclofen --days 7

      Put the same effect by mouth beside it:

        cisterna simulate Examples/model/morphine-infusion.json --oral 30000 --every 4

      Exit status: 0, 1 where a run does not conserve mass (by how much), 2 where a file is bad (one \
      line says where), 3 where the controller refuses the program.
      """
  )

  @Argument(help: ArgumentHelp("The case; - reads standard input.", valueName: "case.json"))
  var input: String?

  @Option(help: ArgumentHelp("Cells of the canal, a multiple of 120.", valueName: "n"))
  var cells = 480

  @Option(help: ArgumentHelp("A program as in a scenario.", valueName: "file"))
  var program: String?

  @Option(help: ArgumentHelp("A fill as in a scenario.", valueName: "file"))
  var fill: String?

  @Option(help: ArgumentHelp("The drug of the fill to follow.", valueName: "name"))
  var drug: String?

  @Option(help: ArgumentHelp("How many days to run.", valueName: "n"))
  var days: Int?

  @Option(
    help: ArgumentHelp("default, or a file with a case's geometry.", valueName: "default|file")
  )
  var patient = "default"

  @Option(help: ArgumentHelp("The tip's level, or its place in cm from S2.", valueName: "T10"))
  var tip: String?

  @Flag(help: "Drive the model by each stroke of the motor, not by the rate of the demand.")
  var strokes = false

  @Option(help: ArgumentHelp("Draw the run to an SVG file.", valueName: "file"))
  var svg: String?

  @Option(help: ArgumentHelp("Compare with this dose by mouth, ug.", valueName: "ug"))
  var oral: Double?

  @Option(help: ArgumentHelp("The time between doses by mouth, h.", valueName: "h"))
  var every = 8.0

  @Option(
    name: [.long, .short],
    help: ArgumentHelp("Write the JSON to a file instead of standard output.", valueName: "file")
  )
  var output: String?

  func validate() throws {
    guard cells % 120 == 0, (120...9_600).contains(cells) else {
      throw ValidationError("--cells: given \(cells), expected a multiple of 120, 120 to 9600.")
    }
    let ofProgram = program != nil || fill != nil || drug != nil || days != nil
    if input != nil, ofProgram || strokes || tip != nil || patient != "default" {
      throw ValidationError("Give a case, or --program, --fill, --drug and --days; not both.")
    }
    if input == nil {
      guard program != nil, fill != nil, drug != nil, days != nil else {
        throw ValidationError("Give a case, or all of --program, --fill, --drug and --days.")
      }
      guard program != "-" || fill != "-" else {
        throw ValidationError("Only one file can come from standard input.")
      }
    }
    if let oral, !(oral > 0 && oral <= 1e9) {
      throw ValidationError("--oral: given \(oral), expected a dose in ug above 0.")
    }
    guard every >= 0.1, every <= 168 else {
      throw ValidationError("--every: given \(every), expected 0.1 to 168 h.")
    }
  }

  func run() throws {
    let model = try modelCase()
    let result: ModelResult
    var picture: [UInt8]?
    if svg != nil {
      let drawn = ModelPicture(of: model)
      try Self.check(drawn.result.massBalance)
      result = drawn.result
      picture = Array(drawn.svg().utf8)
    } else {
      result = ModelResult(of: model)
      try Self.check(result.massBalance)
    }
    let json: [UInt8]
    if let oral {
      let comparison = OralComparison(model, dose: oral, every: every)
      if let complaint = comparison.complaint { throw Failure(.massNotConserved, complaint) }
      json = comparison.json()
    } else {
      json = result.json(of: model)
    }
    // Nothing is printed before every file is in its place.
    if let svg, let picture { try Files.write(picture, to: svg) }
    if let output {
      try Files.write(json, to: output)
    } else {
      try Streams.standardOutput(json)
    }
  }

  /// Nothing is drawn or told of a run that lost drug.
  private static func check(_ balance: MassBalance) throws {
    if let complaint = balance.complaint { throw Failure(.massNotConserved, complaint) }
  }

  private func modelCase() throws -> ModelCase {
    guard let input else { return try programCase() }
    return try ModelRunning.modelCase(try Files.read(input), cells: cells)
  }

  /// The files and options as one case, so that one reader reads all of it.
  private func programCase() throws -> ModelCase {
    guard let program, let fill, let drug, let days else {
      throw Failure(.badInput, "no case")
    }
    var members = [
      JSONMember(name: "program", value: try ModelRunning.json(program)),
      JSONMember(name: "fill", value: try ModelRunning.json(fill)),
      JSONMember(name: "drug", value: .string(drug)),
      JSONMember(name: "days", value: .number("\(days)")),
      JSONMember(name: "strokes", value: .bool(strokes)),
    ]
    if let tip {
      members.append(
        JSONMember(name: "tip", value: Double(tip) == nil ? .string(tip) : .number(tip))
      )
    }
    if patient != "default" {
      members.append(JSONMember(name: "geometry", value: try ModelRunning.json(patient)))
    }
    var writer = JSONWriter()
    writer.value(.object(members))
    let names = [("program", program), ("fill", fill), ("geometry", patient)]
    return try ModelRunning.modelCase(writer.bytes, cells: cells, files: names)
  }
}

/// Reading for the model's commands, and what its failures look like on the command line.
enum ModelRunning {
  /// A case in either form.
  ///
  /// - Parameters:
  ///   - bytes: of it.
  ///   - cells: of the canal.
  ///   - files: the members that came from files of their own, and those files' names.
  /// - Returns: the case; what ended the pump's delivery before its end is told on standard error.
  /// - Throws: the failure that the program ends with.
  static func modelCase(
    _ bytes: [UInt8],
    cells: Int,
    files: [(member: String, name: String)] = []
  ) throws -> ModelCase {
    do throws(ProgramCase.Failure) {
      let (model, halts) = try ProgramCase.anyCase(bytes: bytes, cells: cells)
      for halt in halts { Streams.standardError("\(halt.words)\n") }
      return model
    } catch {
      switch error {
      case .malformed(let fault):
        let file = files.first { fault.path.hasPrefix("$.\($0.member)") }
        let told = file.map { fault.inFile($0.name, insteadOf: $0.member) } ?? fault
        throw Failure(.badInput, told.description)
      case .refused(let refusal):
        throw Failure(.refused, "program refused: \(refusal.words)")
      }
    }
  }

  /// A file's JSON; what it means is looked at by who reads it.
  static func json(_ path: String) throws -> JSONValue {
    let bytes = try Files.read(path)
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw Failure(.badInput, "\(path == "-" ? "standard input" : path): \(error.description)")
    }
  }
}
