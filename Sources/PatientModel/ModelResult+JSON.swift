package import JSONText
package import Pharmacology

extension ModelResult {
  /// The result as the contract has it: one JSON object.
  ///
  /// - Parameter input: the case that was run.
  /// - Returns: UTF-8, with a line break at the end.
  package func json(of input: ModelCase) -> [UInt8] {
    var writer = JSONWriter(capacity: 64 * times.count * (input.places.count + 2))
    writer.beginObject()
    write(times, as: "t", to: &writer)
    write(fluid, as: "csf", of: input, to: &writer)
    write(tissue, as: "tissue", of: input, to: &writer)
    write(effect, as: "effect", of: input, to: &writer)
    write(cisterna, as: "cisterna", to: &writer)
    write(cranial, as: "cranial", to: &writer)
    write(plasma, as: "plasma", to: &writer)
    writeIntegrals(of: input, to: &writer)
    writer.key("catheter")
    writer.beginArray()
    for segment in tip {
      writer.beginArray()
      for value in [segment.start, segment.end, segment.flow] { writer.double(value) }
      writer.double(segment.flow > 0 ? segment.concentration : 0)
      writer.endArray()
    }
    writer.endArray()
    writer.newline()
    writer.key("window")
    writer.beginArray()
    for (index, window) in input.windows.enumerated() {
      writer.beginObject()
      write([window.from, window.to], as: "x", to: &writer)
      write(windowConcentration[index], as: "effectConc", to: &writer)
      write(windowEffect[index], as: "effect", to: &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.newline()
    writePeaks(of: input, to: &writer)
    writer.key("massBalance")
    massBalance.write(to: &writer)
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private func write(_ series: [Double], as name: String, to writer: inout JSONWriter) {
    writer.key(name)
    writer.beginArray()
    for value in series { writer.double(value) }
    writer.endArray()
    writer.newline()
  }

  private func write(
    _ byPlace: [[Double]],
    as name: String,
    of input: ModelCase,
    to writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.beginObject()
    for (index, place) in input.places.enumerated() {
      write(byPlace[index], as: CaseNumber.text(place), to: &writer)
    }
    writer.endObject()
    writer.newline()
  }

  private func writeIntegrals(of input: ModelCase, to writer: inout JSONWriter) {
    writer.key("AUC")
    writer.beginObject()
    writer.key("csf")
    writer.beginObject()
    for (index, place) in input.places.enumerated() {
      writer.key(CaseNumber.text(place))
      writer.double(fluidIntegral[index])
    }
    writer.endObject()
    writer.key("cisterna")
    writer.double(cisternaIntegral)
    writer.key("cranial")
    writer.double(cranialIntegral)
    writer.key("plasma")
    writer.double(plasmaIntegral)
    writer.endObject()
    writer.newline()
  }

  private func writePeaks(of input: ModelCase, to writer: inout JSONWriter) {
    func write(_ name: String, _ series: [Double]) {
      let peak = peak(of: series)
      writer.key(name)
      writer.beginObject()
      writer.key("value")
      writer.double(peak.value)
      writer.key("time")
      writer.double(peak.time)
      writer.endObject()
    }
    writer.key("peak")
    writer.beginObject()
    writer.key("csf")
    writer.beginObject()
    for (index, place) in input.places.enumerated() {
      write(CaseNumber.text(place), fluid[index])
    }
    writer.endObject()
    write("cisterna", cisterna)
    write("plasma", plasma)
    writer.endObject()
    writer.newline()
  }
}

extension MassBalance {
  /// In ug, by the names of the contract.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    let members: [(String, Double)] = [
      ("csf", fluid), ("tissue", tissue), ("cranial", cranial), ("blood", blood), ("gut", gut),
      ("eliminated", eliminated), ("presystemic", presystemic), ("infusedIT", infused),
      ("oralIn", oral), ("totalIn", given), ("relativeError", relativeError),
    ]
    for (name, value) in members {
      writer.key(name)
      writer.double(value)
    }
    writer.endObject()
  }

  /// What went wrong, in one line; nothing where the balance holds.
  package var complaint: String? {
    if relativeError <= Self.tolerance { return nil }
    return "mass is not conserved: given \(given) ug, found \(found) ug, relative error "
      + "\(relativeError), allowed \(Self.tolerance)"
  }
}
