import Quantities
import PumpTesting
import Testing

/// What volumes, masses, concentrations and rates do with each other, H-08.
struct QuantityArithmeticTests {
  @Test func `a nanolitre at a nanogram per millilitre holds a femtogram, SR-001`() {
    let mass = Volume(nanolitres: 1) * Concentration(nanogramsPerMillilitre: 1)
    #expect(mass == Mass(femtograms: 1))
  }

  @Test func `twenty millilitres at two milligrams per millilitre hold forty milligrams`() {
    let mass = Volume(nanolitres: 20_000_000) * Concentration(nanogramsPerMillilitre: 2_000_000)
    #expect(mass == Mass(femtograms: 40_000_000_000_000))
  }

  @Test(
    arguments: [
      (300_000_000_000, 2_000_000, 150_000), (100_000_000_000, 500_000, 200_000),
      (300_000_000_000, 900_000, 333_333), (1, 2, 0), (3, 2, 2), (5, 2, 2), (0, 7, 0),
    ] as [(Int64, Int64, Int64)]
  )
  func `a daily dose and a concentration give a rate, half to even, H-08`(
    femtograms: Int64,
    nanogramsPerMillilitre: Int64,
    nanolitresPerDay: Int64
  ) {
    let rate = FlowRate.giving(
      dailyDose: Mass(femtograms: femtograms),
      at: Concentration(nanogramsPerMillilitre: nanogramsPerMillilitre)
    )
    #expect(rate == FlowRate(nanolitresPerDay: nanolitresPerDay))
  }

  @Test func `no rate gives a dose of a fluid without the drug`() {
    let none = Concentration(nanogramsPerMillilitre: 0)
    #expect(FlowRate.giving(dailyDose: Mass(femtograms: 1), at: none) == nil)
    #expect(none.volume(holding: Mass(femtograms: 1)) == nil)
  }

  @Test func `a volume that holds a mass holds it to half a nanolitre, H-08`() {
    let campaign = Campaign(name: "volume holding a mass", seed: 3, cases: 100_000)
    let failure = campaign.firstFailure { generator in
      let mass = Mass(femtograms: generator.positive())
      let concentration = Concentration(nanogramsPerMillilitre: generator.positive())
      guard let volume = concentration.volume(holding: mass) else { return "no volume" }
      let held = Int128(volume.nanolitres) * Int128(concentration.nanogramsPerMillilitre)
      let off = 2 * (held - Int128(mass.femtograms)).magnitude
      let step = UInt128(concentration.nanogramsPerMillilitre.magnitude)
      let isTieToEven = off == step && volume.nanolitres % 2 == 0
      return off < step || isTieToEven
        ? nil : "\(mass.femtograms) fg at \(step) ng/mL is \(volume.nanolitres) nL"
    }
    #expect(failure == nil)
  }

  @Test func `the daily dose of a rate is their exact product or nothing, SR-001`() {
    let campaign = Campaign(name: "daily dose of a rate", seed: 4, cases: 100_000)
    let failure = campaign.firstFailure { generator in
      let rate = FlowRate(nanolitresPerDay: generator.positive())
      let concentration = Concentration(nanogramsPerMillilitre: generator.positive())
      let product = Int128(rate.nanolitresPerDay) * Int128(concentration.nanogramsPerMillilitre)
      let dose = DailyDose.given(by: rate, at: concentration)
      return dose?.mass.femtograms == Int64(exactly: product) ? nil : "\(product) fg/d"
    }
    #expect(failure == nil)
  }

  @Test func `an overflow of a sum or a product traps and never wraps, SR-001`() async {
    // Printed, so that an optimised build cannot drop the sum together with its trap.
    await #expect(processExitsWith: .failure) {
      print(Volume(nanolitres: .max) + Volume(nanolitres: 1))
    }
    await #expect(processExitsWith: .failure) {
      print(Volume(nanolitres: .max) * Concentration(nanogramsPerMillilitre: 2))
    }
    await #expect(processExitsWith: .failure) {
      print(Mass(femtograms: .min) - Mass(femtograms: 1))
    }
    await #expect(processExitsWith: .failure) {
      print(FlowRate(nanolitresPerDay: .max) + FlowRate(nanolitresPerDay: 1))
    }
    await #expect(processExitsWith: .failure) { print(2 * TimeSpan(milliseconds: .max)) }
  }

  @Test func `sums, differences and orders are those of the stored numbers`() {
    var volume = Volume(nanolitres: 500)
    volume += Volume(nanolitres: 250)
    volume -= Volume(nanolitres: 100)
    #expect(volume == Volume(nanolitres: 650) && Volume.zero < volume)
    var mass = Mass(femtograms: 7) + Mass(femtograms: 5)
    mass -= Mass(femtograms: 2)
    mass += .zero
    #expect(mass == Mass(femtograms: 10) && mass < Mass(femtograms: 11))
    #expect(FlowRate.zero < FlowRate(nanolitresPerDay: 1) + .zero)
    #expect(24 * TimeSpan.hour == .day && TimeSpan.minute < .hour + .zero)
    let noon = PumpTime.commissioning + 12 * .hour
    #expect(noon - .commissioning == TimeSpan(milliseconds: 43_200_000) && noon < .never)
    #expect(Concentration(nanogramsPerMillilitre: 1) < Concentration(nanogramsPerMillilitre: 2))
    #expect(DailyDose(mass: .zero) < DailyDose(mass: Mass(femtograms: 1)))
  }
}

/// The volume of a length of catheter.
struct CatheterTests {
  @Test func `eighty centimetres of 2.2 microlitres each hold 176 microlitres`() {
    let catheter = LinearVolume(picolitresPerCentimetre: 2_200_000)
    let volume = catheter.volume(of: Length(micrometres: 800_000))
    #expect(volume == Volume(nanolitres: 176_000))
  }

  @Test func `a catheter volume rounds half to even to the nanolitre, H-08`() {
    let half = LinearVolume(picolitresPerCentimetre: 500)
    #expect(half.volume(of: Length(micrometres: 10_000)) == .zero)
    #expect(half.volume(of: Length(micrometres: 30_000)) == Volume(nanolitres: 2))
    #expect(half.volume(of: Length(micrometres: 10_001)) == Volume(nanolitres: 1))
  }

  @Test func `a catheter volume is exact to half a nanolitre or nothing, SR-001`() {
    let campaign = Campaign(name: "catheter volume", seed: 5, cases: 100_000)
    let failure = campaign.firstFailure { generator in
      let line = LinearVolume(picolitresPerCentimetre: generator.positive())
      let length = Length(micrometres: generator.positive())
      let product = Int128(line.picolitresPerCentimetre) * Int128(length.micrometres)
      let volume = line.volume(of: length)
      guard let fits = Int64(exactly: product) else {
        return volume == nil ? nil : "\(product) does not fit, yet there is a volume"
      }
      let expected = RoundingTests.expected(fits, over: 10_000_000)
      return volume.map { Int128($0.nanolitres) } == expected
        ? nil : "\(product) is not \(expected)"
    }
    #expect(failure == nil)
  }

  @Test func `lengths and linear volumes are ordered`() {
    #expect(Length(micrometres: 1) < Length(micrometres: 2))
    #expect(LinearVolume(picolitresPerCentimetre: 1) < LinearVolume(picolitresPerCentimetre: 2))
  }
}
