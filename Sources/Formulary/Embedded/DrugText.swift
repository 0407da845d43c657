// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

/// The files of the formulary as they stand in the repository.
package enum DrugText {
  /// Each file without its ending, and its text but for the last line break.
  package static let files: [(name: String, text: String)] = [
    ("baclofen", baclofen),
    ("bupivacaine", bupivacaine),
    ("clonidine", clonidine),
    ("conversion", conversion),
    ("fentanyl", fentanyl),
    ("hydromorphone", hydromorphone),
    ("mixtures", mixtures),
    ("morphine", morphine),
    ("policy", policy),
    ("ropivacaine", ropivacaine),
    ("sufentanil", sufentanil),
    ("ziconotide", ziconotide),
  ]
}
