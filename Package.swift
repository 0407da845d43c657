// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For the modules that also compile as Embedded Swift.
let core: [SwiftSetting] = strict + [.treatWarning("EmbeddedRestrictions", as: .error)]

let package = Package(
  name: "cisterna",
  products: [
    .library(name: "Quantities", targets: ["Quantities"]),
    .library(name: "PumpCore", targets: ["PumpCore"]),
    .library(name: "PumpScenario", targets: ["PumpScenario"]),
    .library(name: "PumpCatalog", targets: ["PumpCatalog"]),
    .library(name: "Formulary", targets: ["Formulary"]),
    .library(name: "Ledger", targets: ["Ledger"]),
    .executable(name: "cisterna", targets: ["cisterna"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "Quantities", swiftSettings: core),
    .target(name: "PumpCore", dependencies: ["Quantities"], swiftSettings: core),
    .target(name: "JSONText", swiftSettings: strict),
    .target(
      name: "PumpScenario",
      dependencies: ["Quantities", "PumpCore", "JSONText"],
      swiftSettings: strict
    ),
    .target(
      name: "PumpCatalog",
      dependencies: ["Quantities", "PumpCore", "JSONText"],
      swiftSettings: strict
    ),
    .target(
      name: "Formulary",
      dependencies: ["Quantities", "PumpCore", "JSONText", "PumpCatalog", "PumpScenario"],
      // For people; the binary holds the same texts as Swift literals, which a test compares.
      exclude: ["Data"],
      swiftSettings: strict
    ),
    .target(
      name: "Ledger",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "cisterna",
      dependencies: [
        "Quantities", "PumpCore", "JSONText", "PumpScenario", "PumpCatalog", "Formulary", "Ledger",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "trace", path: "Tools/trace", swiftSettings: strict),
    .testTarget(
      name: "QuantitiesTests",
      dependencies: ["Quantities", "PumpTesting"],
      swiftSettings: strict
    ),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
    .target(
      name: "PumpTesting",
      path: "Tests/PumpTesting",
      swiftSettings: strict
    ),
    // Written from the contract alone; imports nothing of the product.
    .target(name: "PumpOracle", path: "Tests/PumpOracle", swiftSettings: strict),
    .testTarget(
      name: "PumpCoreTests",
      dependencies: ["PumpCore", "Quantities", "PumpTesting"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PumpScenarioTests",
      dependencies: [
        "PumpScenario", "PumpCore", "Quantities", "JSONText", "PumpTesting", "PumpOracle",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PumpCatalogTests",
      dependencies: ["PumpCatalog", "Quantities", "JSONText"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FormularyTests",
      dependencies: [
        "Formulary", "PumpCatalog", "PumpCore", "PumpScenario", "Quantities", "JSONText",
        "PumpTesting",
      ],
      swiftSettings: strict
    ),
    // Appends until it is killed: the victim of the ledger's crash tests.
    .executableTarget(
      name: "ledger-appender",
      dependencies: ["Ledger"],
      path: "Tests/LedgerAppender",
      swiftSettings: strict
    ),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "ledger-appender", "PumpTesting",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "HouseTests", dependencies: ["trace"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
