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
