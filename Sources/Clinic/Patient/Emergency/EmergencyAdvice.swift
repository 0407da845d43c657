import Formulary
import Therapy

/// What a rescuer does, in the words of a language: the therapy's own cards, and what holds for every drug.
///
/// Steps, figures, sources and standing are those of `Therapy.EmergencyCard`; here are the Spanish words
/// alone (``EmergencySpanish``), so that no figure stands in two places.
struct EmergencyAdvice: Equatable, Sendable {
  struct Line: Equatable, Sendable {
    let text: String
    let source: String
    /// Whether someone has read it in its source.
    let isVerified: Bool
  }

  /// Of one drug class and one danger.
  struct Card: Equatable, Sendable {
    let title: String
    let signs: String
    let lines: [Line]
  }

  let cards: [Card]
  /// Whether the cards are those of every class, since nobody knows which one is right.
  let isOfEvery: Bool

  /// - Parameters:
  ///   - fluid: what is or was last in the reservoir; nothing where that is not known.
  ///   - language: of the words.
  init(for fluid: Fluid?, _ language: MyLanguage) {
    isOfEvery = fluid?.drugs.allSatisfy { DrugLibrary.standard.drug($0.name) != nil } != true
    cards = EmergencyDanger.allCases.flatMap { danger in
      Therapy.EmergencyCard.cards(for: fluid, danger).map { Self.words(of: $0, language) }
    }
  }

  private static func words(of card: Therapy.EmergencyCard, _ language: MyLanguage) -> Card {
    let spanish = language == .spanish ? EmergencySpanish.heads[card.title] : nil
    return Card(
      title: spanish?.title ?? card.title,
      signs: spanish?.signs ?? card.signs,
      lines: card.steps.map { step in
        let text = language == .spanish ? EmergencySpanish.steps[step.text] : nil
        let figure = language == .spanish ? step.figure.map(EmergencySpanish.figure) : step.figure
        return Line(
          text: (text ?? step.text) + (figure.map { " \($0)." } ?? ""),
          source: step.source,
          isVerified: step.isVerified
        )
      }
    )
  }

  /// For every drug in the pump.
  static func always(_ language: MyLanguage) -> [Line] {
    everyDrug.map { line in
      Line(
        text: language == .english ? line.english : line.spanish,
        source: line.source,
        isVerified: true
      )
    }
  }

  static let everyDrug: [(english: String, spanish: String, source: String)] = [
    (
      "Airway, breathing, circulation first. Call the number above early.",
      "Primero vía aérea, respiración y circulación. Llame pronto al número de arriba.",
      "Medtronic emergency card, expydoc.com/doc/4906881"
    ),
    (
      "Never inject into the side port of the pump: the catheter is full of drug, and such injections have killed.",
      "No inyecte nunca en el puerto lateral de la bomba: el catéter está lleno de fármaco y esas inyecciones han matado.",
      "Anesthesiology 82:292"
    ),
    (
      "Emptying the reservoir through its middle port (22 G non-coring needle) stops the flow. Write down the volume.",
      "Vaciar el depósito por el puerto central (aguja sin corte de 22 G) detiene el flujo. Anote el volumen.",
      "Medtronic emergency card, expydoc.com/doc/4906881"
    ),
  ]
}
