import Pharmacology

/// How the model's numbers are known, in words.
enum ModelWords {
  /// What stands beside every prediction.
  static let notMeasured: Markup =
    "No one has measured these levels in this patient, and the model is not a clinical tool: about half of the "
    + "published observations lie outside of what it gives. Do not choose a dose by it."

  /// As in `baclofen: published CL; fitted by hand ke; all others assumed`.
  static func standing(of defaults: DrugDefaults) -> Markup {
    let name = defaults.drug.name
    guard !defaults.isPlaceholder else {
      return "\(bold: name): every number is a placeholder; none was compared with an observation."
    }
    var parts: [String] = []
    for (evidence, words) in [
      (DrugEvidence.published, "published"), (.fitted, "fitted by hand to observations"),
    ] {
      let found = DrugParameter.allCases.filter { defaults.evidence(for: $0) == evidence }
      if !found.isEmpty {
        parts.append("\(words): \(found.map(\.name).joined(separator: ", "))")
      }
    }
    parts.append("all others assumed")
    return "\(bold: name): \(parts.joined(separator: "; "))."
  }

  /// The drugs of names, those without numbers told too.
  static func standing(ofAll names: [String]) -> Markup {
    Piece.list(
      names.map { name in
        DrugDefaults.named(name).map(standing) ?? "\(bold: name): the model has no numbers for it."
      }
    )
  }
}
