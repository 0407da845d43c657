import Quantities
import PumpTesting
import Testing

/// Reading and printing of number and unit, SR-120.
struct QuantityTextTests {
  @Test(
    arguments: [
      ("20 mL", 20_000_000), ("20mL", 20_000_000), ("20   mL", 20_000_000), ("0.14 mL", 140_000),
      ("250 nL", 250), ("316 uL", 316_000), ("316 µL", 316_000), ("316 μL", 316_000),
      ("1 L", 1_000_000_000), ("9.1 mL", 9_100_000), ("0 mL", 0), ("0.000001 mL", 1),
      ("9.100000000000000000000 mL", 9_100_000), ("9223372036.854775807 L", .max),
      ("0.0000000010 L", 1),
    ] as [(String, Int64)]
  )
  func `volumes are read exactly, SR-001`(text: String, nanolitres: Int64) throws {
    #expect(try Volume(text: text) == Volume(nanolitres: nanolitres))
  }

  @Test(
    arguments: [
      ("50 ug", 50_000_000_000), ("50 mcg", 50_000_000_000), ("50 \u{B5}g", 50_000_000_000),
      ("50 \u{3BC}g", 50_000_000_000), ("1 fg", 1), ("1 pg", 1_000), ("1 ng", 1_000_000),
      ("1 mg", 1_000_000_000_000), ("1 g", 1_000_000_000_000_000),
      ("9 kg", 9_000_000_000_000_000_000), ("0.000000000000000001 kg", 1),
    ] as [(String, Int64)]
  )
  func `masses are read exactly, both signs for micro and mcg the same, H-08`(
    text: String,
    femtograms: Int64
  ) throws {
    #expect(try Mass(text: text) == Mass(femtograms: femtograms))
  }

  @Test(
    arguments: [
      ("2 mg/mL", 2_000_000), ("2000 ug/mL", 2_000_000), ("2000 mcg/mL", 2_000_000),
      ("2 g/L", 2_000_000), ("2 ug/uL", 2_000_000), ("2000 pg/nL", 2_000_000), ("1 fg/nL", 1),
      ("1 kg/L", 1_000_000_000), ("0.5 mg/mL", 500_000), ("1000 ng/L", 1),
    ] as [(String, Int64)]
  )
  func `concentrations of one strength read the same in any units, H-08`(
    text: String,
    nanogramsPerMillilitre: Int64
  ) throws {
    let expected = Concentration(nanogramsPerMillilitre: nanogramsPerMillilitre)
    #expect(try Concentration(text: text) == expected)
  }

  @Test(
    arguments: [
      ("0.15 mL/d", 150_000), ("0.048 mL/d", 48_000), ("10 uL/h", 240_000), ("1 uL/min", 1_440_000),
      ("1 nL/s", 86_400), ("1 L/d", 1_000_000_000), ("24 mL/d", 24_000_000), ("0 mL/d", 0),
      ("0.5 nL/h", 12),
    ] as [(String, Int64)]
  )
  func `flow rates are read exactly, an hour is not a day, H-08`(
    text: String,
    nanolitresPerDay: Int64
  ) throws {
    #expect(try FlowRate(text: text) == FlowRate(nanolitresPerDay: nanolitresPerDay))
  }

  @Test(
    arguments: [
      ("300 ug/d", 300_000_000_000), ("12.5 ug/h", 300_000_000_000), ("1 ng/min", 1_440_000_000),
      ("0.3 mg/d", 300_000_000_000), ("300 mcg/d", 300_000_000_000),
    ] as [(String, Int64)]
  )
  func `daily doses are read exactly, H-08`(text: String, femtograms: Int64) throws {
    #expect(try DailyDose(text: text).mass == Mass(femtograms: femtograms))
  }

  @Test(
    arguments: [
      ("30 min", 1_800_000), ("8 h", 28_800_000), ("30 d", 2_592_000_000), ("90 s", 90_000),
      ("5 ms", 5), ("2 wk", 1_209_600_000), ("1.5 h", 5_400_000), ("0.001 s", 1),
    ] as [(String, Int64)]
  )
  func `times are read exactly, minutes are not metres`(text: String, milliseconds: Int64) throws {
    #expect(try TimeSpan(text: text) == TimeSpan(milliseconds: milliseconds))
  }

  @Test func `lengths and volumes per length are read exactly`() throws {
    #expect(try Length(text: "80 cm") == Length(micrometres: 800_000))
    #expect(try Length(text: "0.8 m") == Length(text: "800 mm"))
    #expect(try Length(text: "1 µm") == Length(micrometres: 1))
    #expect(
      try LinearVolume(text: "2.2 uL/cm") == LinearVolume(picolitresPerCentimetre: 2_200_000)
    )
    #expect(try LinearVolume(text: "0.22 mL/m") == LinearVolume(text: "220 nL/mm"))
    #expect(try LinearVolume(text: "0.001 nL/cm") == LinearVolume(picolitresPerCentimetre: 1))
  }

  @Test(
    arguments: [
      ("", .noNumber), ("mL", .noNumber), ("abc", .noNumber), ("NaN mL", .noNumber),
      ("inf mL", .noNumber), ("-inf mL", .noNumber), ("\u{2212}5 mL", .noNumber),
      ("\u{661} mL", .noNumber), ("+5 mL", .plusSign), (".5 mL", .noDigitBeforePoint),
      ("-.5 mL", .noDigitBeforePoint), ("5. mL", .noDigitAfterPoint), ("5.mL", .noDigitAfterPoint),
      ("05 mL", .leadingZeros), ("00.5 mL", .leadingZeros), ("1,5 mL", .comma),
      ("1,000 mL", .comma), ("1e3 mL", .exponent), ("1E-3 mL", .exponent), ("1.5e+2 mL", .exponent),
      ("5", .noUnit), ("5 ", .surroundingSpace), (" 5 mL", .surroundingSpace),
      ("5 mL ", .surroundingSpace), ("5\tmL", .unknownUnit("\tmL")),
      ("5 mL\n", .unknownUnit("mL\n")),
      ("5\u{A0}mL", .unknownUnit("\u{A0}mL")), ("5 ml", .wrongCase("ml", spelling: "mL")),
      ("5 ML", .wrongCase("ML", spelling: "mL")), ("5 cc", .unknownUnit("cc")),
      ("5 mcL", .unknownUnit("mcL")), ("1.2.3 mL", .unknownUnit(".3 mL")),
      ("5 mL/", .unknownUnit("mL/")), ("5 mL/d/d", .unknownUnit("mL/d/d")),
      ("5 d/mL", .unknownUnit("d/mL")), ("5 mL/wk", .unknownUnit("mL/wk")),
      ("5 mg", .wrongKind(.mass)), ("5 mg/mL", .wrongKind(.concentration)),
      ("5 mL/d", .wrongKind(.flowRate)), ("5 ug/d", .wrongKind(.dailyDose)),
      ("5 min", .wrongKind(.timeSpan)), ("5 cm", .wrongKind(.length)),
      ("5 uL/cm", .wrongKind(.linearVolume)), ("-5 mL", .negative), ("-0 mL", .negative),
      ("0.1 nL", .notExact), ("0.0000001 mL", .notExact),
      ("0.0000000000000000000000000000000000000001 mL", .notExact),
      ("9223372036.854775808 L", .tooLarge), ("99999999999999999999 mL", .tooLarge),
      ("999999999999999999999999999999999999999 mL", .tooLarge),
      (String(repeating: "1", count: 65), .tooLong),
    ] as [(String, QuantityError.Reason)]
  )
  func `what is not exactly a volume is refused with its reason, SR-120`(
    text: String,
    reason: QuantityError.Reason
  ) {
    let error = QuantityError(given: text, expected: .volume, reason: reason)
    #expect(throws: error) { _ = try Volume(text: text) }
    #expect(error.description.contains("expected a volume such as \"20 mL\""))
    #expect(!error.description.contains { $0.isNewline })
  }

  @Test func `a value that is no whole number of stored units is refused in every kind, SR-001`() {
    #expect(throws: QuantityError.self) { try Mass(text: "0.5 fg") }
    #expect(throws: QuantityError.self) { try Concentration(text: "1 ng/L") }
    #expect(throws: QuantityError.self) { try FlowRate(text: "0.1 nL/d") }
    #expect(throws: QuantityError.self) { try FlowRate(text: "0.01 nL/h") }
    #expect(throws: QuantityError.self) { try DailyDose(text: "0.01 fg/h") }
    #expect(throws: QuantityError.self) { try TimeSpan(text: "0.5 ms") }
    #expect(throws: QuantityError.self) { try Length(text: "0.5 um") }
    #expect(throws: QuantityError.self) { try LinearVolume(text: "0.0001 nL/cm") }
  }

  @Test func `a fault tells what was given, what it is, and what was expected, SR-120`() {
    let slips: [(String, String)] = [
      ("0.15 ml/d", "unknown unit \"ml/d\"; case matters: \"mL/d\""),
      ("0.15 mL", "this is a volume"),
      ("0.15", "the unit is missing"),
      (".15 mL/d", "write a zero before the point"),
    ]
    for (text, reason) in slips {
      let expected = "\"\(text)\": expected a flow rate such as \"0.15 mL/d\" (\(reason))"
      do {
        _ = try FlowRate(text: text)
        Issue.record("\(text) was taken")
      } catch {
        #expect(error.description == expected)
      }
    }
  }

  @Test func `a sign is taken only where a negative makes sense`() throws {
    #expect(try Volume(text: "-5 nL", allowingNegative: true) == Volume(nanolitres: -5))
    #expect(try Volume(text: "5 nL", allowingNegative: true) == Volume(nanolitres: 5))
    #expect(try Volume(text: "-0 nL", allowingNegative: true) == .zero)
  }
}

/// Printing, and that it reads back.
struct QuantityPrintingTests {
  @Test func `quantities print in the most readable unit with no trailing zeros, SR-120`() {
    #expect(Volume(nanolitres: 20_000_000).text == "20 mL")
    #expect(Volume(nanolitres: 316_000).text == "316 uL")
    #expect(Volume(nanolitres: 250).text == "250 nL")
    #expect(Volume(nanolitres: 9_100_000).text == "9.1 mL")
    #expect(Volume(nanolitres: -1_500).text == "-1.5 uL")
    #expect(Volume.zero.text == "0 nL")
    #expect(Mass(femtograms: 300_000_000_000).text == "300 ug")
    #expect(Mass(femtograms: 1_000_000_000_000).text == "1 mg")
    #expect(Concentration(nanogramsPerMillilitre: 2_000_000).text == "2 mg/mL")
    #expect(Concentration(nanogramsPerMillilitre: 500_000).text == "500 ug/mL")
    #expect(FlowRate(nanolitresPerDay: 48_000).text == "0.048 mL/d")
    #expect(FlowRate(nanolitresPerDay: 24_000_000).text == "24 mL/d")
    #expect(FlowRate.zero.text == "0 mL/d")
    #expect(DailyDose(mass: Mass(femtograms: 300_000_000_000)).text == "300 ug/d")
    #expect(Length(micrometres: 800_000).text == "80 cm")
    #expect(LinearVolume(picolitresPerCentimetre: 2_200_000).text == "2.2 uL/cm")
  }

  @Test(
    arguments: [
      (1_800_000, "30 min"), (28_800_000, "8 h"), (86_400_000, "1 d"), (90_000, "90 s"),
      (129_600_000, "36 h"), (5_400_000, "90 min"), (1, "1 ms"), (0, "0 s"), (-60_000, "-1 min"),
    ] as [(Int64, String)]
  )
  func `times print in the largest unit of which they are a multiple`(
    milliseconds: Int64,
    text: String
  ) {
    #expect(TimeSpan(milliseconds: milliseconds).text == text)
    #expect("\(TimeSpan(milliseconds: milliseconds))" == text)
  }

  /// Prints and reads random values of one kind.
  private func failure<Quantity: QuantityText>(
    of _: Quantity.Type,
    seed: UInt64,
    cases: Int = 100_000
  ) -> String? {
    let name = "text of \(Quantity.kind.name)"
    return Campaign(name: name, seed: seed, cases: cases).firstFailure { generator in
      let value = generator.anySize()
      let quantity = Quantity(storedUnits: Bool.random(using: &generator) ? value : ~value)
      let text = quantity.text
      let read = try? Quantity(text: text, allowingNegative: true)
      return read == quantity ? nil : "\(quantity.storedUnits) prints as \(text)"
    }
  }

  @Test func `every printed value reads back to itself, H-08`() {
    #expect(failure(of: Volume.self, seed: 11) == nil)
    #expect(failure(of: Mass.self, seed: 12) == nil)
    #expect(failure(of: Concentration.self, seed: 13, cases: 20_000) == nil)
    #expect(failure(of: FlowRate.self, seed: 14, cases: 20_000) == nil)
    #expect(failure(of: DailyDose.self, seed: 15, cases: 20_000) == nil)
    #expect(failure(of: TimeSpan.self, seed: 16, cases: 20_000) == nil)
    #expect(failure(of: Length.self, seed: 17, cases: 20_000) == nil)
    #expect(failure(of: LinearVolume.self, seed: 18, cases: 20_000) == nil)
  }

  @Test(arguments: [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max])
  func `the ends of the range print and read back, SR-001`(storedUnits: Int64) throws {
    func reads<Quantity: QuantityText>(_: Quantity.Type) throws -> Bool {
      let quantity = Quantity(storedUnits: storedUnits)
      return try Quantity(text: quantity.text, allowingNegative: true) == quantity
    }
    #expect(try reads(Volume.self) && reads(Mass.self) && reads(Concentration.self))
    #expect(try reads(FlowRate.self) && reads(DailyDose.self) && reads(TimeSpan.self))
    #expect(try reads(Length.self) && reads(LinearVolume.self))
  }

  @Test(arguments: QuantityKind.allCases)
  func `the example of each kind reads as that kind and no other`(kind: QuantityKind) {
    func reads<Quantity: QuantityText>(_: Quantity.Type) -> Bool {
      ((try? Quantity(text: kind.example)) != nil) == (Quantity.kind == kind)
    }
    #expect(reads(Volume.self) && reads(Mass.self) && reads(Concentration.self))
    #expect(reads(FlowRate.self) && reads(DailyDose.self) && reads(TimeSpan.self))
    #expect(reads(Length.self) && reads(LinearVolume.self))
    #expect(kind.expectation.contains(kind.example) && !kind.storedUnit.isEmpty)
  }

  @Test func `no slip of one key in a dose reads as another dose without notice, SR-120`() {
    // A doubled or dropped point or unit letter is refused; digits are for limits to catch.
    for slip in ["0..15 mL/d", "0.15 mmL/d", "0.15 mL//d", "0.15 mL/", "0.15 /d", "0.15 mL d"] {
      #expect(throws: QuantityError.self) { try FlowRate(text: slip) }
    }
  }
}
