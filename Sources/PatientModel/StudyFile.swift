package import PumpScenario

/// A study's file, written and read back to be merged.
package struct StudyFile: Sendable {
  struct Head: Equatable, Sendable {
    let mark: UInt64
    let seed: UInt64
    let patients: Int
    let shard: StudyShard

    var line: String {
      "# cisterna study, seed \(seed), patients \(patients), shard \(shard.text), "
        + "case \(String(mark, radix: 16)). A model, not a clinical tool."
    }
  }

  var head: Head
  let columns: [String]
  /// By patient, without the patient's own column.
  var rows: [Int: String]
  let quantities: [String]
  let times: [String]
  /// By quantity, then by time.
  var histograms: [[StudyHistogram]]

  package var bytes: [UInt8] {
    var text = head.line + "\n" + columns.joined(separator: ",") + "\n"
    for patient in rows.keys.sorted() {
      text += "\(patient + 1),\(rows[patient] ?? "")\n"
    }
    let isWhole = head.shard == .whole
    text += "\n"
    text += isWhole ? "hour,quantity,p5,p25,p50,p75,p95\n" : "hour,quantity,bins\n"
    for (place, time) in times.enumerated() {
      for (index, quantity) in quantities.enumerated() {
        let histogram = histograms[index][place]
        text += "\(time),\(quantity),"
        if isWhole {
          text += Study.percents.map { CaseNumber.text(histogram.percentile($0)) }
            .joined(separator: ",")
        } else {
          text += histogram.entries.map { "\($0.bin):\($0.count)" }.joined(separator: " ")
        }
        text += "\n"
      }
    }
    return Array(text.utf8)
  }
}

extension StudyFile {
  /// Reads a shard back.
  ///
  /// - Parameters:
  ///   - bytes: of its file.
  ///   - name: of the file, for what is wrong.
  /// - Throws: the line that is not as it was written.
  package init(reading bytes: [UInt8], name: String) throws(ScenarioError) {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    func fault(_ line: Int, _ expected: String) -> ScenarioError {
      let given = line < lines.count ? ScenarioError.quoted(String(lines[line])) : "its end"
      return ScenarioError(path: "\(name): line \(line + 1)", given: given, expected: expected)
    }
    guard let first = lines.first, let head = Head(line: String(first)) else {
      throw fault(0, "the head of a study's shard")
    }
    guard head.shard != .whole else { throw fault(0, "a shard, not a whole study") }
    guard lines.count > 2 else { throw fault(lines.count, "the names of the columns") }
    columns = lines[1].split(separator: ",").map(String.init)
    self.head = head
    var rows: [Int: String] = [:]
    var line = 2
    while line < lines.count, !lines[line].isEmpty {
      let parts = lines[line].split(separator: ",", maxSplits: 1)
      guard parts.count == 2, let patient = Int(parts[0]), (1...head.patients).contains(patient),
        parts[1].split(separator: ",").count + 1 == columns.count
      else { throw fault(line, "a patient's row of \(columns.count) columns") }
      guard (patient - 1) % head.shard.count == head.shard.number - 1, rows[patient - 1] == nil
      else { throw fault(line, "each patient of shard \(head.shard.text) once") }
      rows[patient - 1] = String(parts[1])
      line += 1
    }
    self.rows = rows
    line += 1
    guard line < lines.count, lines[line] == "hour,quantity,bins" else {
      throw fault(line, "hour,quantity,bins")
    }
    line += 1
    var quantities: [String] = []
    var times: [String] = []
    var histograms: [[StudyHistogram]] = []
    while line < lines.count, !lines[line].isEmpty {
      let parts = lines[line].split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 3, let histogram = Self.histogram(parts[2]) else {
        throw fault(line, "an hour, a quantity and bins, each bin once and ascending")
      }
      guard histogram.total == rows.count else {
        throw fault(line, "\(rows.count) values, one of each patient of the shard")
      }
      if times.last != String(parts[0]) { times.append(String(parts[0])) }
      if times.count == 1 {
        quantities.append(String(parts[1]))
        histograms.append([])
      }
      guard let index = quantities.firstIndex(of: String(parts[1])),
        histograms[index].count == times.count - 1
      else { throw fault(line, "each quantity once for each hour") }
      histograms[index].append(histogram)
      line += 1
    }
    guard histograms.allSatisfy({ $0.count == times.count }) else {
      throw fault(line, "each quantity for each hour")
    }
    guard line == lines.count - 1 else { throw fault(line, "the end of the shard") }
    self.quantities = quantities
    self.times = times
    self.histograms = histograms
  }

  private static func histogram(_ text: Substring) -> StudyHistogram? {
    var histogram = StudyHistogram()
    for entry in text.split(separator: " ") {
      let parts = entry.split(separator: ":")
      guard parts.count == 2, let bin = UInt32(parts[0]), let count = UInt32(parts[1]), count > 0,
        bin <= StudyHistogram.lastBin
      else { return nil }
      if let last = histogram.entries.last, bin <= last.bin { return nil }
      histogram.add(bin, count: count)
    }
    return histogram
  }

  /// Joins the shards of one study into the file that one run of it gives.
  ///
  /// - Parameter shards: all of them, in any order, each with its file's name.
  /// - Returns: the whole study's file.
  /// - Throws: that a shard is missing, there twice, or of another study.
  package static func merge(
    _ shards: [(name: String, file: StudyFile)]
  ) throws(ScenarioError) -> StudyFile {
    guard let first = shards.first else {
      throw ScenarioError(path: "$", given: "no shard", expected: "all shards of a study")
    }
    var merged = first.file
    var found: [Int: String] = [first.file.head.shard.number: first.name]
    for (name, file) in shards.dropFirst() {
      let head = file.head
      let sameStudy =
        head.mark == merged.head.mark && head.seed == merged.head.seed
        && head.patients == merged.head.patients
        && head.shard.count == merged.head.shard.count && file.columns == merged.columns
        && file.quantities == merged.quantities && file.times == merged.times
      guard sameStudy else {
        throw ScenarioError(
          path: "\(name): line 1",
          given: "a shard of another study",
          expected: "one of the study of \(first.name)"
        )
      }
      if let other = found[head.shard.number] {
        throw ScenarioError(
          path: "\(name): line 1",
          given: "shard \(head.shard.text), which \(other) is",
          expected: "each shard once"
        )
      }
      found[head.shard.number] = name
      merged.rows.merge(file.rows) { own, _ in own }
      for quantity in merged.histograms.indices {
        for time in merged.histograms[quantity].indices {
          merged.histograms[quantity][time].add(file.histograms[quantity][time])
        }
      }
    }
    let count = merged.head.shard.count
    let missing = (1...count).filter { found[$0] == nil }
    guard missing.isEmpty, merged.rows.count == merged.head.patients else {
      let shown = missing.prefix(5).map { "\($0)/\(count)" }.joined(separator: ", ")
      throw ScenarioError(
        path: "$",
        given: missing.isEmpty ? "\(merged.rows.count) patients" : "no shard \(shown)",
        expected: "all \(count) shards and \(merged.head.patients) patients"
      )
    }
    merged.head = Head(
      mark: merged.head.mark,
      seed: merged.head.seed,
      patients: merged.head.patients,
      shard: .whole
    )
    return merged
  }
}

extension StudyFile.Head {
  /// - Parameter line: as ``line`` writes it; nothing where it is not so.
  init?(line: String) {
    let parts = line.split(separator: " ")
    guard parts.count >= 11, parts[0] == "#", parts[1] == "cisterna", parts[2] == "study,",
      parts[3] == "seed", parts[5] == "patients", parts[7] == "shard", parts[9] == "case",
      let seed = UInt64(parts[4].dropLast()), let patients = Int(parts[6].dropLast()),
      patients >= 1, let shard = StudyShard(text: String(parts[8].dropLast())),
      let mark = UInt64(parts[10].dropLast(), radix: 16)
    else { return nil }
    self.init(mark: mark, seed: seed, patients: patients, shard: shard)
  }
}
