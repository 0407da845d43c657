import Therapy

/// The steps of a refill by name, as far as this one has them.
struct RefillWords {
  private let session: RefillSession

  init(_ session: RefillSession) { self.session = session }

  private var stages: [[RefillStage]] {
    var stages: [[RefillStage]] = [
      [.identity], [.expected], [.aspirate, .aspirateAgain, .account], [.label, .labelAgain],
    ]
    if session.changesMixture { stages.append([.bridge]) }
    stages += [[.checks], [.secondPerson]]
    stages.append(session.isLinked ? [.order, .receipt] : [.program])
    return stages + [[.readBack], [.nextDate]]
  }

  var names: [String] { stages.map { Self.name($0[0]) } }

  var here: Int { stages.firstIndex { $0.contains(session.next) } ?? 0 }

  func title(_ stage: RefillStage) -> String { "\(here + 1). \(Self.title(stage))" }

  private static func name(_ stage: RefillStage) -> String {
    switch stage {
    case .identity: "Identity"
    case .expected: "Expected"
    case .aspirate, .aspirateAgain, .account: "Aspirate"
    case .label, .labelAgain: "Label"
    case .bridge: "Bridge"
    case .checks: "Pocket-fill checks"
    case .secondPerson: "Second person"
    case .order, .receipt: "Order"
    case .program: "Programmer"
    case .readBack: "Read back"
    case .nextDate: "Next date"
    }
  }

  private static func title(_ stage: RefillStage) -> String {
    switch stage {
    case .identity: "The right patient, the right pump"
    case .expected: "What should be left"
    case .aspirate: "Draw out what is left"
    case .aspirateAgain: "Draw out again"
    case .account: "Outside of its band: say why it goes on"
    case .label: "What is to be put in"
    case .labelAgain: "The label, a second time"
    case .bridge: "Bridge"
    case .checks: "Pocket-fill checks"
    case .secondPerson: "A second person"
    case .order: "Order"
    case .receipt: "The pump's receipt"
    case .program: "The maker's programmer"
    case .readBack: "Read back"
    case .nextDate: "Next refill"
    }
  }

  static func instruction(_ stage: RefillStage) -> String {
    switch stage {
    case .identity: "Ask for two identifiers, and read the serial number from the pump or its card."
    case .expected: "Take down what should be in the reservoir before anything is drawn out."
    case .aspirate:
      "Aseptic. 22 G non-coring needle to the stop of the reservoir. Draw out all there is."
    case .aspirateAgain:
      "The volume is outside of its band. The first thing is always to aspirate again."
    case .account: "Nothing goes in until somebody says why it goes on in spite of the residual."
    case .label: "Enter or scan the label of the syringe: drug, concentration, lot, expiry."
    case .labelAgain:
      "Read the label again from the syringe, not from the screen. Both entries must agree."
    case .bridge: "Decide what happens to the old mixture in the fluid path."
    case .checks: "Look at each, and only then tick it. A check that is not good stops the refill."
    case .secondPerson:
      "Somebody who neither began this refill nor entered the label looks at both."
    case .order: "The fill is told to the pump by an order that is signed on your own signer."
    case .receipt:
      "Sign the order and bring it to the pump. Its signed receipt ends this step by itself."
    case .program:
      "Set volume, drug and concentration on the maker's programmer, then write down what it shows."
    case .readBack:
      "Read from the pump or programmer what it shows now. It must be what was put in."
    case .nextDate:
      "Set the date of the next refill, and give the patient the signs of withdrawal and overdose."
    }
  }

  static func button(_ stage: RefillStage) -> String {
    switch stage {
    case .identity: "They agree"
    case .expected: "Take it down"
    case .aspirate, .aspirateAgain: "Judge it"
    case .account: "Go on"
    case .label, .labelAgain: "Next"
    case .bridge: "Decide"
    case .checks: "All is good"
    case .secondPerson: "Confirm"
    case .order: "Use this order"
    case .receipt: "Look again"
    case .program: "Record what it shows"
    case .readBack: "It agrees"
    case .nextDate: "Complete the refill"
    }
  }
}
