// swift-tools-version: 6.2
import PackageDescription

// What scripts/mutants.sh builds in its copies: the core, and the tests that hold it, without the
// rest of the tree. Warnings are no errors here, since a bug may leave something unused.

let core: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "mutants",
  targets: [
    .target(name: "Quantities", swiftSettings: core),
    .target(name: "PumpCore", dependencies: ["Quantities"], swiftSettings: core),
    .target(name: "JSONText", swiftSettings: core),
    .target(
      name: "PumpScenario",
      dependencies: ["Quantities", "PumpCore", "JSONText"],
      swiftSettings: core
    ),
    .target(name: "PumpTesting", path: "Tests/PumpTesting", swiftSettings: core),
    .target(name: "PumpOracle", path: "Tests/PumpOracle", swiftSettings: core),
    .testTarget(
      name: "QuantitiesTests",
      dependencies: ["Quantities", "PumpTesting"],
      swiftSettings: core
    ),
    .testTarget(
      name: "PumpCoreTests",
      dependencies: ["PumpCore", "Quantities", "PumpTesting"],
      swiftSettings: core
    ),
    .testTarget(
      name: "PumpScenarioTests",
      dependencies: [
        "PumpScenario", "PumpCore", "Quantities", "JSONText", "PumpTesting", "PumpOracle",
      ],
      swiftSettings: core
    ),
  ],
  swiftLanguageModes: [.v6]
)
