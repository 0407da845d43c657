import Foundation
import PatientModel
import Pharmacology
import Testing

/// A study: the same bytes however it is run.
struct StudyTests {
  static let bytes = Array(
    """
    {"drug":"baclofen","catheter":{"tip":26},"pump":{"conc":[[0,1000]],"base":[[0,0.01]],\
    "boluses":[{"t":3,"volume":0.05,"duration":0.1}]},"tEnd":12,"outEvery":1,\
    "sampleX":[11,26],"windows":[[18,30]]}
    """.utf8
  )

  static func study(seed: UInt64 = 7) throws -> Study {
    Study(try ModelCase(bytes: bytes, cells: 120), bytes: bytes, patients: 23, seed: seed)
  }

  static func table(_ study: Study, shard: StudyShard = .whole) -> StudyTable {
    var table = StudyTable(study)
    for patient in shard.patients(of: study.patients) { table.add(study.run(patient: patient)) }
    return table
  }

  @Test func `the order of patients, and who ran them, does not show`() throws {
    let study = try Self.study()
    let forwards = Self.table(study).csv()
    var parts = [StudyTable(study), StudyTable(study)]
    for patient in (0..<23).reversed() { parts[patient % 2].add(study.run(patient: patient)) }
    parts[1].add(parts[0])
    #expect(parts[1].csv() == forwards)
  }

  @Test(arguments: [2, 5, 23])
  func `shards merge to the bytes of one run, in any order`(count: Int) throws {
    let study = try Self.study()
    let whole = Self.table(study).csv()
    var shards: [(name: String, file: StudyFile)] = []
    for number in (1...count).reversed() {
      let shard = try #require(StudyShard(text: "\(number)/\(count)"))
      let bytes = Self.table(study, shard: shard).csv(shard: shard)
      shards.append(("\(number).csv", try StudyFile(reading: bytes, name: "\(number).csv")))
    }
    #expect(try StudyFile.merge(shards).bytes == whole)
    #expect(throws: (any Error).self) { try StudyFile.merge(Array(shards.dropLast())) }
    #expect(throws: (any Error).self) { try StudyFile.merge(shards + [shards[0]]) }
  }

  @Test func `shards of two studies do not merge`() throws {
    let halves = try (UInt64(7)...8).map { seed in
      let shard = try #require(StudyShard(text: "\(seed - 6)/2"))
      let bytes = Self.table(try Self.study(seed: seed), shard: shard).csv(shard: shard)
      return (name: "\(seed)", file: try StudyFile(reading: bytes, name: "\(seed)"))
    }
    #expect(throws: (any Error).self) { try StudyFile.merge(halves) }
  }

  /// A shard of three patients whose text is damaged in one place.
  @Test(arguments: [
    ("a bin twice", "a bin again"), ("a count too great", "a value more"),
    ("a patient twice", "a patient again"), ("a patient of another shard", "another's patient"),
    ("a bin beyond all numbers", "no number"), ("cut short", "cut"),
    ("a line after its end", "more"),
    ("a bin out of order", "out of order"), ("a count of 0", "none"),
  ])
  func `a damaged shard is not merged, and its line is told`(what: String, damage: String) throws {
    let study = try Self.study()
    let shard = try #require(StudyShard(text: "1/8"))
    let good = String(
      decoding: Self.table(study, shard: shard).csv(shard: shard),
      as: UTF8.self
    )
    #expect(throws: Never.self) { try StudyFile(reading: Array(good.utf8), name: "a") }
    var lines = good.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let place = try #require(lines.lastIndex { $0.hasPrefix("12,plasma,") })
    let bins = lines[place].split(separator: ",")[2].split(separator: " ").map(String.init)
    let first = bins[0].split(separator: ":")
    func put(_ bins: [String]) { lines[place] = "12,plasma," + bins.joined(separator: " ") }
    switch damage {
    case "a bin again": put([bins[0]] + bins)
    case "a value more": put(["\(first[0]):4294967295"] + bins.dropFirst())
    case "a patient again": lines[3] = lines[2]
    case "another's patient": lines[2] = "2" + lines[2].drop { $0 != "," }
    case "no number": put(bins.dropLast() + ["4000000000:1"])
    case "cut": lines.removeLast(3)
    case "more": lines.append("12,plasma,1:3")
    case "out of order": put(["\(first[0]):\(first[1])", "1:1"])
    default: put(["1:0"] + bins)
    }
    let error = #expect(throws: (any Error).self, "\(what)") {
      try StudyFile(reading: Array(lines.joined(separator: "\n").utf8), name: "a.csv")
    }
    #expect(error.map { "\($0)" }?.hasPrefix("a.csv: line ") == true)
  }

  @Test func `percentiles are within 0.4 % of the exact ones`() throws {
    let study = try Self.study()
    let text = String(decoding: Self.table(study).csv(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let row = try #require(lines.first { $0.hasPrefix("12,plasma,") })
    let told = row.split(separator: ",").dropFirst(2).compactMap { Double($0) }
    let exact = (0..<23).map { patient in
      ModelResult(of: study.modelCase(patient: patient)).plasma[12]
    }
    .sorted()
    for (percent, value) in zip([5, 25, 50, 75, 95], told) {
      let ranked = exact[max(0, (23 * percent + 99) / 100 - 1)]
      #expect((value - ranked).magnitude <= 0.004 * ranked)
    }
    #expect(lines.filter { $0.hasPrefix("23,") }.count == 1)
  }

  @Test func `every patient's run conserves mass`() throws {
    let study = try Self.study()
    for patient in 0..<23 { #expect(study.run(patient: patient).complaint == nil) }
  }
}
