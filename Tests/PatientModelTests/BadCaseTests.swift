import Foundation
import Testing

/// Bad input through the command itself: one line that names the place, exit 2, nothing printed.
struct BadCaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let json: String
    let words: String

    init(_ path: String, _ words: String, _ json: String) {
      self.path = path
      self.json = json
      self.words = words
    }

    var testDescription: String { "\(path): \(words)" }
  }

  /// A case that is good, but for one member that replaces or joins its own.
  static func json(_ name: String, _ value: String) -> String {
    var members = [
      "drug": "\"baclofen\"", "catheter": "{\"tip\":26}",
      "pump": "{\"conc\":[[0,500]],\"base\":[[0,0.02]]}", "tEnd": "4", "outEvery": "1",
    ]
    members[name] = value
    return "{"
      + members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }
      .joined(separator: ",") + "}"
  }

  static let cases: [Case] = [
    Case("$", "malformed JSON", "{"),
    Case("$.dose", "an unknown field", json("dose", "1")),
    Case("$.drug", "nothing", "{\"catheter\":{\"tip\":26}}"),
    Case("$.drug", "\"baclofen\"?", json("drug", "\"baclofin\"")),
    Case("$.drug", "the unknown drug", json("drug", "\"aspirin\"")),
    Case("$.drug.name", "the unknown drug", json("drug", "{\"name\":\"mystery\",\"ke\":1}")),
    Case("$.drug.ke", "at least 0", json("drug", "{\"name\":\"baclofen\",\"ke\":-1}")),
    Case("$.drug.F", "from 0 to 1", json("drug", "{\"name\":\"baclofen\",\"F\":1.2}")),
    Case("$.drug.Vc", "above 0", json("drug", "{\"name\":\"baclofen\",\"Vc\":0}")),
    Case("$.drug.Emax", "from 0 to 1", json("drug", "{\"name\":\"baclofen\",\"Emax\":2}")),
    Case("$.geometry.spinalVolume", "from 1 to 1000", json("geometry", "{\"spinalVolume\":-97.3}")),
    Case("$.geometry.spinalVolume", "from 1 to 1000", json("geometry", "{\"spinalVolume\":1e-9}")),
    Case("$.geometry.spinalVolume", "the text", json("geometry", "{\"spinalVolume\":\"97 mL\"}")),
    Case("$.geometry.Vcis", "above 0", json("geometry", "{\"Vcis\":0}")),
    Case("$.geometry.L", "from 1 to 300", json("geometry", "{\"L\":1e4}")),
    Case("$.geometry.L", "from 1 to 300", json("geometry", "{\"L\":1e-17}")),
    Case("$.geometry.L", "from 1 to 300", json("geometry", "{\"L\":1e-322}")),
    Case("$.geometry.Qspinal", "from 0 to 10000", json("geometry", "{\"Qspinal\":1e9}")),
    Case(
      "$.geometry.areaY[1]",
      "from 0.001 to 1000",
      json("geometry", "{\"areaX\":[0,30,60],\"areaY\":[1,1e-300,1]}")
    ),
    Case("$.geometry.Dlumbar", "above 0", json("geometry", "{\"Dlumbar\":0}")),
    Case("$.geometry.Qspinal", "at most what is produced", json("geometry", "{\"Qspinal\":30}")),
    Case(
      "$.geometry.areaX[2]",
      "more than the one before",
      json("geometry", "{\"areaX\":[0,30,20,60],\"areaY\":[1,1,1,1]}")
    ),
    Case(
      "$.geometry.areaX",
      "two or more from 0 to L",
      json("geometry", "{\"areaX\":[0,30],\"areaY\":[1,1]}")
    ),
    Case(
      "$.geometry.tissueY",
      "one for each",
      json("geometry", "{\"tissueX\":[0,60],\"tissueY\":[1]}")
    ),
    Case("$.catheter.tip", "from 0 to 60", json("catheter", "{\"tip\":61}")),
    Case("$.catheter.tip", "nothing", json("catheter", "{}")),
    Case("$.catheter.tipSigma", "above 0", json("catheter", "{\"tip\":26,\"tipSigma\":0}")),
    Case(
      "$.catheter.deadVolume",
      "at least 0",
      json("catheter", "{\"tip\":26,\"deadVolume\":-0.2}")
    ),
    Case("$.pump.conc", "nothing", json("pump", "{\"base\":[[0,1]]}")),
    Case("$.pump.conc", "an empty table", json("pump", "{\"conc\":[],\"base\":[[0,1]]}")),
    Case(
      "$.pump.base[1][0]",
      "after the one",
      json("pump", "{\"conc\":[[0,1]],\"base\":[[0,1],[0,2]]}")
    ),
    Case(
      "$.pump.base[0][0]",
      "starts with the run",
      json("pump", "{\"conc\":[[0,1]],\"base\":[[1,1]]}")
    ),
    Case(
      "$.pump.base[0][1]",
      "from 0 to 10000",
      json("pump", "{\"conc\":[[0,1]],\"base\":[[0,-1]]}")
    ),
    Case("$.pump.base[0]", "3 numbers", json("pump", "{\"conc\":[[0,1]],\"base\":[[0,1,2]]}")),
    Case(
      "$.pump.daily[1][0]",
      "an hour of the day",
      json("pump", "{\"conc\":[[0,1]],\"daily\":[[0,1],[24,2]]}")
    ),
    Case(
      "$.pump.boluses[0].duration",
      "above 0",
      json(
        "pump",
        "{\"conc\":[[0,1]],\"base\":[[0,0]],\"boluses\":[{\"t\":1,\"volume\":1,\"duration\":0}]}"
      )
    ),
    Case(
      "$.pump.base[0][1]",
      "from 0 to 10000",
      json("pump", "{\"conc\":[[0,1]],\"base\":[[0,1e9]]}")
    ),
    Case(
      "$.pump.boluses[0].duration",
      "at most 10000 mL/h",
      json(
        "pump",
        "{\"conc\":[[0,1]],\"base\":[[0,0]],"
          + "\"boluses\":[{\"t\":0,\"volume\":1e9,\"duration\":1e-301}]}"
      )
    ),
    Case(
      "$.pump",
      "at most 10000 mL/h",
      json(
        "pump",
        "{\"conc\":[[0,1]],\"base\":[[0,9999]],"
          + "\"boluses\":[{\"t\":1,\"volume\":9,\"duration\":1}]}"
      )
    ),
    Case("$", "less flow", json("tEnd", "87600").replacing("0.02", with: "9999")),
    Case("$.windows[1]", "each window once", json("windows", "[[18,30],[18,30.0]]")),
    Case("$.oral[0].dose", "above 0", json("oral", "[{\"t\":0,\"dose\":0}]")),
    Case("$.oral[1].t", "nothing", json("oral", "[{\"t\":0,\"dose\":1},{\"dose\":1}]")),
    Case("$.dispersionScale[1][1]", "above 0", json("dispersionScale", "[[0,1],[2,0]]")),
    Case("$.tEnd", "finite", json("tEnd", "1e999")),
    Case("$.tEnd", "above 0", json("tEnd", "0")),
    Case("$.outEvery", "at most 200000 outputs", json("outEvery", "0.000001")),
    Case("$.sampleX[1]", "from 0 to 60", json("sampleX", "[5,70]")),
    Case("$.sampleX[1]", "each place once", json("sampleX", "[5,5.0]")),
    Case("$.windows[0][1]", "more than the lower end", json("windows", "[[30,18]]")),
    Case("$.windows[0]", "1 numbers", json("windows", "[[30]]")),
    Case("$.initialCSF.sd", "above 0", json("initialCSF", "{\"mass\":1,\"mean\":5,\"sd\":0}")),
    Case("$.days", "nothing", "{\"program\":{},\"fill\":{},\"drug\":\"baclofen\"}"),
    Case(
      "$.fill.volume",
      "a volume",
      "{\"program\":{},\"fill\":{\"volume\":20,\"drugs\":[]},\"drug\":\"baclofen\",\"days\":1}"
    ),
  ]

  /// Beside the tests' own program.
  static let cisterna = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "cisterna")

  static func run(
    _ arguments: [String],
    input: String = ""
  ) throws -> (status: Int32, output: String, error: String) {
    let process = Process()
    let (given, output, error) = (Pipe(), Pipe(), Pipe())
    process.executableURL = cisterna
    process.arguments = arguments
    process.standardInput = given
    process.standardOutput = output
    process.standardError = error
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try given.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }

  @Test func `the good case that the bad ones vary is good`() throws {
    let run = try Self.run(["simulate", "-", "--cells", "120"], input: Self.json("tEnd", "4"))
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.hasPrefix("{\"t\":[0.0,1.0,2.0,3.0,4.0]"))
    #expect(run.error.isEmpty)
  }

  @Test(arguments: cases)
  func `a bad case is told with its path, on one line (SR-120)`(item: Case) throws {
    let run = try Self.run(["simulate", "-"], input: item.json)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.hasPrefix("\(item.path): "), "\(run.error)")
    #expect(run.error.contains(item.words), "\(run.error)")
    #expect(run.error.hasSuffix("\n") && run.error.dropLast().allSatisfy { !$0.isNewline })
  }

  /// Each of these ended the program by a trap.
  @Test(arguments: [
    json("pump", "{\"conc\":[[0,1]],\"daily\":[[0,1],[1,2],[1.0000000000000002,3]]}")
      .replacing("\"tEnd\":4", with: "\"tEnd\":48"),
    json("catheter", "{\"tip\":26,\"tipSigma\":1e-300}"),
    json("pump", "{\"conc\":[[0,1e-295]],\"base\":[[0,1e-5]]}"),
  ])
  func `a case at the edge of what is taken runs and is drawn`(json: String) throws {
    let picture = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-edge-\(UUID().uuidString).svg").path
    defer { try? FileManager.default.removeItem(atPath: picture) }
    let run = try Self.run(["simulate", "-", "--cells", "120", "--svg", picture], input: json)
    #expect(run.status == 0, "\(run.error)")
    let svg = try String(contentsOfFile: picture, encoding: .utf8)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  /// Mixing so fast that rounding in the sums over all cells passes 1e-9 of what was given.
  static let lossy = json("geometry", "{\"Dlumbar\":1e9,\"Dcervical\":1e9}")

  @Test func `a run that loses drug ends with 1, says by how much, and leaves no file`() throws {
    let picture = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-lost-\(UUID().uuidString).svg").path
    for arguments in [["simulate", "-", "--svg", picture], ["simulate", "-", "--oral", "1000"]] {
      let run = try Self.run(arguments + ["--cells", "120"], input: Self.lossy)
      #expect(run.status == 1, "\(run.error)")
      #expect(run.output.isEmpty)
      #expect(run.error.contains("mass"), "\(run.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: picture))
    let study = try Self.run(
      ["study", "-", "--patients", "400", "--seed", "1", "--cells", "120"],
      input: Self.lossy
    )
    #expect(study.status == 1 && study.output.isEmpty)
    #expect(study.error.hasPrefix("patient "), "\(study.error)")
  }

  @Test(arguments: [
    ["simulate"], ["simulate", "x.json", "--cells", "100"], ["simulate", "--program", "x"],
    ["simulate", "no-such-file.json"], ["study", "x.json"], ["study", "--merge"],
    ["study", "x.json", "--patients", "0", "--seed", "1"],
    ["study", "x.json", "--patients", "1000001", "--seed", "1"],
    ["study", "x.json", "--patients", "5", "--seed", "1", "--shard", "4/3"],
    ["simulate", "x.json", "--oral", "-5"],
  ])
  func `bad arguments end with 2 and print nothing`(arguments: [String]) throws {
    let run = try Self.run(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(!run.error.isEmpty)
  }
}
