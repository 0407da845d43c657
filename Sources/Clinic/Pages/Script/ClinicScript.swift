/// The one script: what it does a person can do without it, by loading the page again or by typing.
enum ClinicScript {
  static let javaScript = [live, typed, day, plot, prediction, model].joined(separator: "\n")
}
