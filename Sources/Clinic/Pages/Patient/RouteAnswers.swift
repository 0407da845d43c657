import PatientModel

/// The model's answers, kept by what was asked: computed when somebody opens the page, apart from the
/// records, so that nobody else waits for it.
actor RouteAnswers {
  /// As many as are kept; an answer is some 10 kB.
  private static let most = 64

  private var known: [RouteComparison.Question: RouteComparison] = [:]
  private var order: [RouteComparison.Question] = []

  /// - Returns: nothing where the model has no answer.
  func answer(to question: RouteComparison.Question) -> RouteComparison? {
    if let known = known[question] { return known }
    guard let answer = RouteComparison(question) else { return nil }
    if order.count >= Self.most { known[order.removeFirst()] = nil }
    known[question] = answer
    order.append(question)
    return answer
  }
}
