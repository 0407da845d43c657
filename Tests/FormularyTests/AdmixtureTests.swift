import Formulary
import PumpTesting
import Testing

struct AdmixtureTests {
  private struct Drug {
    let name: String
    let dose: Given
    let stocks: [Given]
  }

  private struct Order {
    let rate: Given
    let volume: Given
    let pump: RandomPump
    let drugs: [Drug]

    init(_ seeded: inout Seeded) {
      rate = Given(5...120, decimals: 2, "mL/d", &seeded)
      pump = RandomPump(&seeded)
      volume =
        Given(50...200, decimals: 1, "mL", &seeded).text.contains(".")
        ? Given("18.5 mL") : Given("20 mL")
      drugs = unknownDrugs.prefix(seeded.pick(1...3)).map { name in
        Drug(
          name: name,
          dose: Given(1...900, decimals: 2, "mg/d", &seeded),
          stocks: (0..<seeded.pick(1...3)).map { _ in
            Given(2...60, decimals: 1, "mg/mL", &seeded)
          }
        )
      }
    }

    var json: String {
      let list = drugs.map { drug in
        let stocks = drug.stocks.map { "\"\($0.text)\"" }.joined(separator: ",")
        return #"{"drug":"\#(drug.name)","dose":"\#(drug.dose.text)","stock":[\#(stocks)]}"#
      }.joined(separator: ",")
      return """
        {"rate":"\(rate.text)","volume":"\(volume.text)","drugs":[\(list)],"pump":\(pump.json)}
        """
    }

    /// Of a stock, nL.
    func taken(_ drug: Drug, _ stock: Share) -> Share {
      drug.dose.stored / rate.stored * volume.stored / stock
    }

    /// Every way to take one stock of each drug, the weakest of the first drug first.
    var ways: [[Share]] {
      drugs.reduce([[]]) { ways, drug in
        let stocks = drug.stocks.map(\.stored).sorted()
        return ways.flatMap { way in stocks.map { way + [$0] } }
      }
    }

    /// The first way that fits; the strongest stocks where none does.
    var choice: [Share] {
      let fitting = ways.first { way in
        zip(drugs, way).reduce(Share(0)) { $0 + taken($1.0, $1.1) } <= volume.stored
      }
      return fitting ?? ways.last ?? []
    }
  }

  @Test
  func `four hundred mixtures are the first that fits of all there are (H-08)`() {
    let campaign = Campaign(name: "admixture", seed: 0xAD315, cases: 400)
    let failure = campaign.firstFailure { seeded in
      let order = Order(&seeded)
      do {
        return Self.difference(try Answer(.admixture, order.json), order)
          .map { "\(order.json): \($0)" }
      } catch {
        return "\(order.json): \(error)"
      }
    }
    #expect(failure == nil)
  }

  private static func difference(_ answer: Answer, _ order: Order) -> String? {
    var diluent = order.volume.stored
    var minimum = Share(0)
    var expected: [(String, Expected)] = []
    for (index, (drug, stock)) in zip(order.drugs, order.choice).enumerated() {
      let concentration = drug.dose.stored / order.rate.stored
      let taken = order.taken(drug, stock)
      diluent = diluent - taken
      minimum = minimum + drug.dose.stored / stock
      expected.append(("drugs.\(index).concentration", .quantity(concentration, "mg/mL")))
      expected.append(
        ("drugs.\(index).mass", .quantity(concentration * order.volume.stored, "mg"))
      )
      expected.append(("drugs.\(index).stock", .quantity(stock, "mg/mL")))
      expected.append(("drugs.\(index).stockVolume", .quantity(taken, "mL")))
    }
    expected.append(("diluent", .quantity(diluent, "mL")))
    expected.append(("minimumRate", .quantity(minimum, "mL/d")))
    var refused = order.pump.codes(order.rate.stored)
    if diluent < Share(0) { refused.insert("doesNotFit") }
    return answer.difference(expected) ?? answer.difference(refused: refused)
      ?? addsUp(answer, order)
  }

  /// Each of the volumes is rounded to the nL once, so that they add up to within half of one each.
  private static func addsUp(_ answer: Answer, _ order: Order) -> String? {
    var sum = answer.quantity("diluent")?.value ?? .nan
    for index in order.drugs.indices {
      sum += answer.quantity("drugs.\(index).stockVolume")?.value ?? .nan
    }
    let fill = (order.volume.stored / Share(1_000_000)).double
    let bound = Double(order.drugs.count + 1) * 0.5e-6 + 1e-9
    return abs(sum - fill) <= bound ? nil : "the volumes add up to \(sum) mL, not \(fill) mL"
  }
}
