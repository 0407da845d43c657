import Foundation
import JSONText
import Therapy

/// Where on the pathway's pages an act stands.
enum PathwayPlace: String, Sendable, CaseIterable {
  case evaluation, trial, implant, visits, outcomes, complications, scans, end
}

/// One thing that a person records of the pathway: told once, for the API, its document and the form.
struct PathwayAct: Sendable {
  /// The last part of its path, as `diagnosis`.
  let name: String
  let place: PathwayPlace
  /// Over the form.
  let title: String
  let button: String
  /// What the audit says.
  let audit: String
  let roles: Set<AccountRole>
  let needsVersion: Bool
  let fields: [ActField]
  /// Stages at which a page offers it; the record looks at them again.
  let stages: Set<PatientStage>
  private(set) var commands: @Sendable (Data) throws -> [TherapyCommand]
  /// Whether a page offers it for a record at one of its stages; the API takes it all the same.
  private(set) var isOffered: @Sendable (PatientRecord) -> Bool = { _ in true }
  /// Whether it is what comes next, so that its form stands open.
  private(set) var isNext: @Sendable (PatientRecord) -> Bool = { _ in false }

  init<Body: Decodable & Sendable>(
    _ name: String,
    _ place: PathwayPlace,
    _ title: String,
    _ button: String,
    audit: String,
    by roles: Set<AccountRole> = [.physician, .nurse],
    at stages: Set<PatientStage>,
    needsVersion: Bool = false,
    _ fields: [ActField],
    _ commands: @escaping @Sendable (Body) -> [PathwayCommand]
  ) {
    (self.name, self.place, self.title, self.button) = (name, place, title, button)
    (self.audit, self.roles, self.stages) = (audit, roles, stages)
    (self.needsVersion, self.fields) = (needsVersion, fields)
    self.commands = { data in
      commands(try JSONDecoder().decode(Body.self, from: data)).map { .pathway($0) }
    }
  }

  /// The same act with other commands.
  ///
  /// - Parameter commands: of what is not of the pathway alone, as a score.
  /// - Returns: the act.
  func giving<Body: Decodable & Sendable>(
    _ commands: @escaping @Sendable (Body) -> [TherapyCommand]
  ) -> PathwayAct {
    var act = self
    act.commands = { data in commands(try JSONDecoder().decode(Body.self, from: data)) }
    return act
  }

  /// The same act, offered by a page only where it can be meant.
  func offered(where isOffered: @escaping @Sendable (PatientRecord) -> Bool) -> PathwayAct {
    var act = self
    act.isOffered = isOffered
    return act
  }

  /// The same act, with its form open where it is what comes next.
  func next(where isNext: @escaping @Sendable (PatientRecord) -> Bool) -> PathwayAct {
    var act = self
    act.isNext = isNext
    return act
  }

  /// What the API takes.
  var schema: [SchemaField] {
    ActTree.schema(
      fields.map {
        (
          path: $0.name.split(separator: ".").map(String.init)[...], schema: $0.schema,
          isRequired: $0.isRequired
        )
      }
    )
  }

  /// The commands of a form.
  ///
  /// - Throws: the first fault, with the field that it is at.
  func commands(of form: FormFields) throws(WebError) -> [TherapyCommand] {
    var tree = ActTree()
    for field in fields {
      if let value = try field.json(form) {
        tree.set(field.name, value)
      } else if field.isRequired {
        throw FormFields.fault(field.name, given: nil, expected: field.label)
      }
    }
    var writer = JSONWriter()
    writer.value(tree.json)
    do throws(WebError) {
      return try APIBody.reading { try commands(Data(writer.bytes)) }
    } catch {
      var fault = error
      fault.field = fault.field.map { $0.hasPrefix("$.") ? String($0.dropFirst(2)) : $0 }
      throw fault
    }
  }

  /// The form, with what was typed.
  func form(
    _ record: PatientRecord,
    _ context: PageContext,
    _ state: FormState
  ) -> Markup {
    PageForm(
      name,
      to: "/patients/\(record.id.text)/pathway/\(name)",
      button,
      version: needsVersion ? Int64(record.position) : nil
    ).markup(context, state, fields.flatMap { $0.fields(record, context.now) })
  }
}
