import Foundation

// What a clinic's server costs under load; scripts/bench-clinic.py drives it, and `make bench` runs that.
//
//   clinic-bench hello PORT                       a bare server of the same library
//   clinic-bench fill LEDGER PATIENTS EVENTS      patients into a clinic that was founded
//   clinic-bench serve FOLDER PORT BATCH          the clinic, so many appends a transaction at most
//   clinic-bench ingest FOLDER WRITERS SECONDS BATCH   statuses recorded a second

let words = CommandLine.arguments

func number(_ place: Int) throws -> Int {
  guard words.count > place, let number = Int(words[place]) else {
    throw BenchError(
      "argument \(place): given \(words.dropFirst(place).first ?? "nothing"), expected a number"
    )
  }
  return number
}

do {
  switch words.count > 2 ? words[1] : "" {
  case "hello": try await HelloServer.run(port: try number(2))
  case "fill":
    try await ClinicFilling.run(words[2], patients: try number(3), events: try number(4))
  case "serve": try await BenchClinic.serve(words[2], port: try number(3), batchMax: try number(4))
  case "ingest":
    try await StatusIngest.run(
      words[2],
      writers: try number(3),
      seconds: Double(try number(4)),
      batchMax: try number(5)
    )
  default: throw BenchError("expected hello, fill, serve or ingest, and what they take")
  }
} catch {
  FileHandle.standardError.write(Data("clinic-bench: \(error)\n".utf8))
  exit(2)
}
