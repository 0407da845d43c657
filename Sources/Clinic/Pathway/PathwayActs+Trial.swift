import Formulary
import Quantities
import Therapy

extension PathwayActs {
  /// A plan as it is entered: the figure belongs to the rule.
  private struct Plan: Decodable {
    enum Rule: String, Decodable { case pain, ashworth }

    let method: TrialMethod
    let drug: String
    let rule: Rule
    let falls: String
    let isInpatient: Bool

    var plan: TrialPlan? {
      let rule: TrialRule? =
        switch self.rule {
        case .pain: Int(falls).map { .painFallsPercent($0) }
        case .ashworth: Self.tenths(falls).map { .ashworthFallsTenths($0) }
        }
      return rule.map {
        TrialPlan(method: method, drug: drug, rule: $0, isInpatient: isInpatient)
      }
    }

    /// `1.5` is 15.
    static func tenths(_ text: String) -> Int? {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard let whole = Int(parts[0]), (0...9).contains(whole), parts.count <= 2 else { return nil }
      guard parts.count == 2 else { return whole * 10 }
      guard parts[1].count == 1, let tenth = Int(parts[1]) else { return nil }
      return whole * 10 + tenth
    }

    init(from decoder: any Decoder) throws {
      let box = try decoder.container(keyedBy: Key.self)
      method = try box.decode(TrialMethod.self, forKey: .method)
      drug = try box.decode(String.self, forKey: .drug)
      rule = try box.decode(Rule.self, forKey: .rule)
      falls = try box.decode(String.self, forKey: .falls)
      isInpatient = try box.decode(Bool.self, forKey: .isInpatient)
      guard plan != nil else {
        throw DecodingError.dataCorruptedError(
          forKey: .falls,
          in: box,
          debugDescription: rule == .pain
            ? "a whole number of percent, as 50" : "grades, as 1 or 1.5"
        )
      }
    }

    private enum Key: String, CodingKey { case method, drug, rule, falls, isInpatient }
  }

  static let trial: [PathwayAct] = [
    PathwayAct(
      "trial",
      .trial,
      "Plan of the trial",
      "Begin the trial",
      audit: "began a trial",
      by: [.physician],
      at: [.trial],
      needsVersion: true,
      [
        .choice("method", "Method", { (word: TrialMethod) in NameWords.spaced(word.rawValue) }),
        ActField(
          "drug",
          "Drug",
          .choice([("", "Choose")] + DrugLibrary.standard.drugs.map { ($0.name, $0.name) })
        ),
        ActField(
          "rule",
          "Success is that",
          .choice([
            ("", "Choose"), ("pain", "pain falls by so many percent"),
            ("ashworth", "the mean modified Ashworth score falls by so many grades"),
          ])
        ),
        ActField(
          "falls",
          "By at least",
          .name,
          hint:
            "50 for pain (%), 1 for Ashworth (grades) are usual. It is fixed before the first dose."
        ),
        ActField("isInpatient", "As an inpatient", .answer),
      ]
    ) { (body: Plan) in body.plan.map { [.beginTrial($0)] } ?? [] }
    .offered { $0.pathway.trial == nil },
    PathwayAct(
      "trial-dose",
      .trial,
      "A dose that was given",
      "Record the dose",
      audit: "recorded a dose of a trial",
      at: [.trial],
      needsVersion: true,
      [
        ActField("dose", "Dose", .quantity(["ug", "mg"])),
        ActField("volume", "Volume", .quantity(["mL"])),
        ActField("givenAt", "Given at", .instant, preset: now),
      ]
    ) { (body: TrialDose) in [.giveTrialDose(body)] }
    .offered { $0.pathway.trial != nil },
    PathwayAct(
      "trial-observation",
      .trial,
      "What was seen",
      "Record the observation",
      audit: "recorded an observation of a trial",
      at: [.trial],
      [
        ActField("takenAt", "At", .instant, preset: now),
        ActField("breathsPerMinute", "Breathing", .whole(0...80, unit: "/min"), isRequired: false),
        ActField(
          "oxygenSaturation",
          "Oxygen saturation",
          .whole(30...100, unit: "%"),
          isRequired: false
        ),
        ActField(
          "sedation",
          "Sedation",
          .whole(0...3, unit: ""),
          hint: "0 awake, 1 drowsy, 2 sleeps but is roused, 3 hard to rouse.",
          isRequired: false
        ),
        ActField("note", "Note", .words, isRequired: false),
      ]
    ) { (body: TrialObservation) in [.observeTrial(body)] }
    .offered { $0.pathway.trial?.doses.isEmpty == false },
    PathwayAct(
      "trial-conclusion",
      .trial,
      "Conclusion",
      "Conclude the trial",
      audit: "concluded a trial",
      by: [.physician],
      at: [.trial],
      needsVersion: true,
      [
        .choice("outcome", "Outcome", { (word: TrialOutcome) in NameWords.spaced(word.rawValue) }),
        ActField("reasons", "Reasons", .words),
        ActField(
          "effectLasted",
          "The effect lasted",
          .quantity(["h"]),
          hint: "After the dose that worked; the starting dose of baclofen follows from it.",
          isRequired: false
        ),
      ]
    ) { (body: TrialConclusion) in [.concludeTrial(body)] }
    .offered { $0.pathway.trial != nil },
    PathwayAct(
      "trial-waiver",
      .trial,
      "Implant without a successful trial",
      "Go on without a trial",
      audit: "waived the trial",
      by: [.physician],
      at: [.trial],
      needsVersion: true,
      [ActField("reason", "Reason", .words)]
    ) { (body: TrialWaiver) in [.waiveTrial(body)] }
    .offered { $0.pathway.trial == nil },
  ]
}
