import Foundation
import Testing

@testable import Pharmacology

/// The virtual population against the golden vectors.
struct SamplerTests {
  struct Vector: Decodable {
    let seed: UInt64
    let drug: String
    let order: [String]
    let cv: [Double]
    let uniform: [Double]
    let normal: [Double]
    let parameters: [String: Double]
  }

  struct File: Decodable {
    let sampler: [Vector]
  }

  static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/model/model.json")

  /// To the twelve digits that are printed.
  static func text(_ value: Double) -> String { String(format: "%.12g", value) }

  @Test func `the sampler gives the golden vectors to the last digit`() throws {
    let file = try JSONDecoder().decode(File.self, from: try Data(contentsOf: Self.path))
    #expect(file.sampler.count == 2)
    for vector in file.sampler {
      let patient = VirtualPatient(0, seed: vector.seed)
      #expect(VariedParameter.allCases.map(\.name) == vector.order)
      #expect(VariedParameter.allCases.map(\.variation) == vector.cv)
      #expect(patient.uniforms.map(Self.text) == vector.uniform.map(Self.text))
      #expect(patient.normals.map(Self.text) == vector.normal.map(Self.text))
      let drug = patient.drug(from: try #require(DrugDefaults.named(vector.drug)).drug)
      let geometry = patient.geometry(from: SpinalGeometry())
      let own: [String: Double] = [
        "spinalVolume": geometry.spinalVolume, "Dlumbar": geometry.lumbarDispersion,
        "Dcervical": geometry.cervicalDispersion, "Qprod": geometry.production,
        "Qspinal": geometry.spinalAbsorption, "Vcis": geometry.cisternaVolume,
        "Vcran": geometry.cranialVolume, "ke": drug.fluidLoss, "hT": drug.permeability,
        "kt": drug.tissueLoss, "CL": drug.clearance, "Vc": drug.centralVolume,
        "ka": drug.absorption, "ke0": drug.effectRate, "EC50": drug.halfEffect,
      ]
      #expect(own.mapValues(Self.text) == vector.parameters.mapValues(Self.text))
    }
  }

  @Test func `any patient of a population can be drawn alone`() {
    var generator = SplitMix64(seed: 7)
    for index in 0..<20 {
      let drawn = (0..<VariedParameter.allCases.count).map { _ in generator.nextUniform() }
      #expect(VirtualPatient(index, seed: 7).uniforms == drawn)
    }
  }

  @Test func `a probability is never 0 and never 1`() {
    #expect(SplitMix64.uniform(of: .max) == 1 - 0x1p-53)
    #expect(SplitMix64.uniform(of: 0) > 0)
    #expect(Elementary.normalQuantile(SplitMix64.uniform(of: .max)).isFinite)
    var generator = SplitMix64(seed: 3)
    for _ in 0..<100_000 {
      let u = generator.nextUniform()
      #expect(u > 0 && u < 1)
    }
  }
}
