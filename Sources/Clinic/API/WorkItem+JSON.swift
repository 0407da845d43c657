import JSONText
import Therapy

extension WorkItem {
  /// The same members in the same order as an encoder gives them, without one: a list is read all day.
  func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("about", about)
    writer.key("at")
    writer.integer(at.milliseconds)
    writer.key("kind")
    writer.integer(kind.rawValue)
    writer.member("name", name)
    writer.member("patient", patient.text)
    writer.endObject()
  }
}
