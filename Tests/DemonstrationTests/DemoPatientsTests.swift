import Foundation
import Testing
import Therapy

@testable import Demonstration

struct DemoPatientsTests {
  @Test
  func `the binary holds the patients of the file, and how they answer`() throws {
    let files = [("patients", DemoPatients.json), ("response", DemoResponses.json)]
    for (name, json) in files {
      let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Examples/clinic/\(name).json")
      let file = try String(contentsOf: path, encoding: .utf8)
      #expect(json == file, "run scripts/embed-patients.sh")
    }
  }

  /// Each case says where it is from, and is taken by the clinic's own rules (DESIGN section 8).
  @Test
  func
    `twelve patients, eight with pumps that speak, each with a source and a record that is taken`()
    throws
  {
    let (start, patients) = try Demonstration.patients()
    #expect(patients.count == 12)
    #expect(patients.count(where: \.isLinked) == 8)
    let physician = Author(person: try #require(PersonID("ada")), role: .physician)
    for patient in patients {
      #expect(patient.source.contains("http") || patient.source.contains("pathway"))
      let history = DemoHistory(patient, start)
      let record = PatientRecord(id: try #require(PatientID(patient.id)))
      let events = try record.decide(
        .adopt(try history.adoption()),
        by: physician,
        at: start,
        settings: .standard,
        confirmed: true
      )
      #expect(events.count >= 4, "\(patient.id): adopted, catheter, fill and program")
      #expect(try !history.observations().isEmpty)
    }
  }
}
