import Formulary
import PumpCatalog
package import PumpCore
public import Quantities

/// A constant, where from, and whether someone has read it there or the clinic has confirmed it.
public struct KnownConstant<Value: Equatable & Sendable>: Equatable, Sendable {
  public let value: Value
  public let source: String
  public let isVerified: Bool
}

/// What the catalogue knows of a pump in a patient; what is missing is not known.
public struct PumpConstants: Sendable {
  public let capacity: Volume
  public let minimumRate: KnownConstant<FlowRate>?
  public let maximumRate: KnownConstant<FlowRate>?
  public let tubing: KnownConstant<Volume>?
  public let volumePerLength: KnownConstant<LinearVolume>?
  /// ± of the rate, in tenths of a percent.
  public let accuracyPermille: KnownConstant<Int64>?
  /// From implantation.
  public let lifeYears: KnownConstant<Int64>?

  /// Looks a pump up by the name under which it was recorded.
  public init(of pump: PumpInPlace) {
    capacity = pump.capacity
    let model = pump.isCatalogued ? Self.model(named: pump.model) : nil
    minimumRate = Self.quantity("minimumRate", of: model)
    maximumRate = Self.quantity("maximumRate", of: model)
    tubing = Self.quantity("tubing", of: model)
    volumePerLength = Self.quantity("volumePerCm", of: model)
    accuracyPermille = Self.number("accuracySpecified", "%", scale: 10, of: model)
    lifeYears = Self.number("life", "a", scale: 1, of: model)
  }

  /// The one model of the catalogue with exactly this name.
  static func model(named name: String) -> CatalogModel? {
    PumpCatalog.models.first { $0.name == name }
  }

  private static func quantity<Quantity: QuantityText>(
    _ name: String,
    of model: CatalogModel?
  ) -> KnownConstant<Quantity>? {
    guard let constant = model?.constant(name), let unit = constant.value.unit,
      constant.value.numbers.count == 1, let number = constant.value.numbers.first
    else { return nil }
    do {
      return KnownConstant(
        value: try Quantity(text: "\(number) \(unit)"),
        source: constant.source,
        isVerified: constant.isVerified
      )
    } catch {
      return nil
    }
  }

  /// A plain decimal number, in the smallest step that is asked for; the least of several.
  private static func number(
    _ name: String,
    _ unit: String,
    scale: Int64,
    of model: CatalogModel?
  ) -> KnownConstant<Int64>? {
    guard let constant = model?.constant(name), constant.value.unit == unit,
      let number = constant.value.numbers.first
    else { return nil }
    let parts = number.split(separator: ".")
    guard let whole = parts.first.flatMap({ Int64($0) }) else { return nil }
    let tenths = parts.count > 1 ? Int64(parts[1].prefix(1)) ?? 0 : 0
    return KnownConstant(
      value: scale == 1 ? whole : whole * scale + tenths * scale / 10,
      source: constant.source,
      isVerified: constant.isVerified
    )
  }

  /// For the pump's own arithmetic of a program: what is not known is as wide as a pump can be.
  package var model: PumpModel {
    PumpModel(
      strokeVolume: Volume(nanolitres: 250),
      capacity: capacity,
      minimumRate: minimumRate?.value ?? .zero,
      maximumRate: maximumRate?.value ?? FlowRate(nanolitresPerDay: 24_000_000),
      tubing: tubing?.value ?? .zero,
      catheterVolume: volumePerLength?.value ?? LinearVolume(picolitresPerCentimetre: 0)
    )
  }
}

/// The volume between reservoir and tip, as far as it is known.
public enum FluidPathVolume: Equatable, Sendable {
  /// Tubing and catheter are known; `isVerified` where every constant of it is.
  case known(Volume, isVerified: Bool)
  /// The catheter may be anything between two lengths.
  case between(Volume, Volume, missing: String)
  case unknown(missing: String)

  /// The shortest and the longest catheter that is thought possible where its length is not known:
  /// this project's own choice, UNVERIFIED.
  static let shortest = Length(micrometres: 300_000)
  static let longest = Length(micrometres: 1_400_000)

  /// The path of a pump with a catheter.
  ///
  /// - Parameters:
  ///   - constants: of the pump.
  ///   - catheter: what is recorded; nothing where nothing is.
  public init(_ constants: PumpConstants, _ catheter: CatheterInPlace?) {
    guard let tubing = constants.tubing else {
      self = .unknown(missing: "the volume of the pump's tubing")
      return
    }
    if let volume = catheter?.volume {
      let sum = Volume(nanolitres: tubing.value.nanolitres + volume.nanolitres)
      self = .known(sum, isVerified: tubing.isVerified)
      return
    }
    guard let linear = catheter?.volumePerLength ?? constants.volumePerLength?.value else {
      self = .unknown(missing: "the volume of the catheter by its length")
      return
    }
    let isOwn = catheter?.volumePerLength != nil
    func path(_ length: Length) -> Volume? {
      linear.volume(of: length).map { Volume(nanolitres: tubing.value.nanolitres + $0.nanolitres) }
    }
    if let length = catheter?.implantedLength, let volume = path(length) {
      let isVerified = isOwn || constants.volumePerLength?.isVerified == true
      self = .known(volume, isVerified: tubing.isVerified && isVerified)
    } else if let least = path(Self.shortest), let most = path(Self.longest) {
      self = .between(least, most, missing: "the implanted length of the catheter")
    } else {
      self = .unknown(missing: "the implanted length of the catheter")
    }
  }
}
