/// What a pump that was implanted still lacks.
public enum ImplantGap: String, Codable, Sendable, CaseIterable {
  /// It neither speaks with the clinic nor was its program taken down.
  case link
  case program
  /// For a patient who agreed to changes from afar.
  case envelope
  case prime

  /// In the words of a work list.
  public var text: String {
    switch self {
    case .link: "link the pump, or take down what was programmed"
    case .program: "the first program"
    case .envelope: "the envelope of remote changes"
    case .prime: "the prime"
    }
  }
}

extension PatientRecord {
  /// What is missing since the last implant; nothing for a pump that came with the patient.
  public var implantGaps: [ImplantGap] {
    guard stage == .therapy, let implant = pathway.implants.last else { return [] }
    var gaps: [ImplantGap] = []
    if !isLinked && program == nil { gaps.append(.link) }
    if program == nil { gaps.append(.program) }
    let hasEnvelope = currentOrders.contains {
      $0.draft.act == .envelope && $0.state == .applied
    }
    if isLinked, pathway.evaluation.isConsented(to: .remoteAdjustment), !hasEnvelope {
      gaps.append(.envelope)
    }
    if implant.implanted.prime.volume != nil && implant.primed == nil { gaps.append(.prime) }
    return gaps
  }

  /// Orders of the pump in place: those of a pump that was taken out have ended with it.
  public var currentOrders: [OrderLife] {
    pathway.formerOrders.isEmpty
      ? orders : orders.filter { !pathway.formerOrders.contains($0.draft.order) }
  }
}
