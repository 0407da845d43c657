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
    .library(name: "PumpLink", targets: ["PumpLink"]),
    .library(name: "PumpLinkCrypto", targets: ["PumpLinkCrypto"]),
    .library(name: "VirtualPump", targets: ["VirtualPump"]),
    .library(name: "PumpScenario", targets: ["PumpScenario"]),
    .library(name: "PumpCatalog", targets: ["PumpCatalog"]),
    .library(name: "Formulary", targets: ["Formulary"]),
    .library(name: "Pharmacology", targets: ["Pharmacology"]),
    .library(name: "OrderText", targets: ["OrderText"]),
    .library(name: "Therapy", targets: ["Therapy"]),
    .library(name: "Signer", targets: ["Signer"]),
    .library(name: "PatientController", targets: ["PatientController"]),
    .library(name: "Ledger", targets: ["Ledger"]),
    .library(name: "SimulatedClock", targets: ["SimulatedClock"]),
    .library(name: "Clinic", targets: ["Clinic"]),
    .library(name: "Relay", targets: ["Relay"]),
    .executable(name: "cisterna", targets: ["cisterna"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird",
      from: "2.28.1",
      traits: []
    ),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    // What hummingbird speaks in: named because the signer's server names their types.
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "Quantities", swiftSettings: core),
    .target(name: "PumpCore", dependencies: ["Quantities"], swiftSettings: core),
    .target(name: "PumpLink", dependencies: ["Quantities", "PumpCore"], swiftSettings: core),
    .target(
      name: "PumpLinkCrypto",
      dependencies: ["PumpLink", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict
    ),
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
      name: "Pharmacology",
      swiftSettings: core,
      // floor and sqrt of the target's own instructions are calls on some machines.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
    ),
    .target(
      name: "PatientModel",
      dependencies: ["Quantities", "PumpCore", "JSONText", "PumpScenario", "Pharmacology"],
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
    .target(
      name: "Therapy",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "JSONText", "PumpScenario", "PumpCatalog",
        "Formulary",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "VirtualPump",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "SimulatedClock",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "OrderText",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
        "Formulary",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Signer",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
        "OrderText",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .target(name: "SimulatedClock", swiftSettings: strict),
    .target(
      name: "Clinic",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
        "PumpCatalog", "Formulary", "OrderText", "Therapy", "Ledger", "HTTPCall", "Pharmacology",
        "PatientModel",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Demonstration",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "Formulary",
        "OrderText", "Signer", "Therapy", "VirtualPump", "Ledger", "SimulatedClock", "Clinic",
        "HTTPCall", "Relay", "Pharmacology", "PatientModel",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "HTTPCall",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "PatientController",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "PumpScenario", "OrderText",
        "Signer", "VirtualPump",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Relay",
      dependencies: [
        "HTTPCall",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "cisterna",
      dependencies: [
        "Quantities", "PumpCore", "PumpLink", "PumpLinkCrypto", "JSONText", "PumpScenario",
        "PumpCatalog", "Formulary", "OrderText", "Signer", "PatientController", "VirtualPump",
        "Ledger", "Relay", "SimulatedClock", "Clinic", "Demonstration", "Pharmacology",
        "PatientModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "trace", path: "Tools/trace", swiftSettings: strict),
    // Published observations beside the patient model: `make evidence`.
    .executableTarget(
      name: "evidence",
      dependencies: ["Pharmacology"],
      path: "Tools/evidence",
      swiftSettings: strict
    ),
    // What a clinic's server costs, beside a bare server of the same library: `make bench`.
    .executableTarget(
      name: "clinic-bench",
      dependencies: [
        "Quantities", "PumpLink", "Formulary", "Therapy", "Ledger", "Clinic",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tools/clinic-bench",
      swiftSettings: strict
    ),
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
      name: "PumpLinkTests",
      dependencies: [
        "PumpLink", "PumpLinkCrypto", "PumpCore", "Quantities", "PumpTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PumpLinkSessionTests",
      dependencies: [
        "PumpLink", "PumpLinkCrypto", "PumpCore", "Quantities", "PumpTesting",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "VirtualPumpTests",
      dependencies: [
        "VirtualPump", "PumpLink", "PumpLinkCrypto", "PumpCore", "Quantities", "PumpTesting",
      ],
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
    .testTarget(
      name: "PharmacologyTests",
      dependencies: ["Pharmacology"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PatientModelTests",
      dependencies: [
        "PatientModel", "Pharmacology", "JSONText", "PumpCore", "PumpScenario", "Quantities",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TherapyTests",
      dependencies: [
        "Therapy", "Quantities", "PumpCore", "PumpLink", "JSONText", "PumpScenario",
        "PumpCatalog", "Formulary", "PumpTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SignerTests",
      dependencies: [
        "Signer", "OrderText", "PumpLink", "PumpLinkCrypto", "PumpCore", "PumpScenario",
        "Quantities",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PatientControllerTests",
      dependencies: [
        "PatientController", "Signer", "OrderText", "VirtualPump", "PumpLink", "PumpLinkCrypto",
        "PumpCore", "Quantities",
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
    .testTarget(
      name: "SimulatedClockTests",
      dependencies: ["SimulatedClock"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ClinicTests",
      dependencies: [
        "Clinic", "Ledger", "JSONText", "PumpCore", "PumpLink", "PumpLinkCrypto", "PumpScenario",
        "Quantities", "Formulary", "OrderText", "Therapy", "Pharmacology", "PatientModel",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RelayTests",
      dependencies: [
        "Relay", "Clinic", "Ledger", "VirtualPump", "PumpCore", "PumpLink", "PumpLinkCrypto",
        "Quantities", "HTTPCall",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    // Without sockets: a clinic, people's signers and virtual pumps in one process.
    .testTarget(
      name: "ClinicCareTests",
      dependencies: [
        "Clinic", "Therapy", "OrderText", "Formulary", "Ledger", "JSONText", "PumpCore",
        "PumpLink", "PumpLinkCrypto", "Quantities", "VirtualPump", "PumpTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DemonstrationTests",
      dependencies: [
        "Demonstration", "Clinic", "Formulary", "Therapy", "Quantities", "JSONText", "PumpCatalog",
        "PumpCore", "Pharmacology", "PatientModel",
        "VirtualPump", "SimulatedClock", "HTTPCall", "Ledger", "Relay", "PumpLink", "OrderText",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoryTests",
      exclude: [
        "books.py", "browser.py", "clinic.py", "dry.py", "entries.py", "keyboard.py", "newpump.py",
        "pages.py", "pathway.py", "prediction.py", "receipts.py", "serve.py", "stages.py",
        "story.py", "tour.py", "visit.py",
      ],
      swiftSettings: strict
    ),
    // The clinic's server alone, until it is killed: the victim of the server's crash campaign.
    .executableTarget(
      name: "server-victim",
      dependencies: [
        "Clinic", "Ledger", "OrderText", "PumpLink", "Signer", "SimulatedClock",
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/ServerVictim",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ServerCrashTests",
      dependencies: ["server-victim"],
      exclude: ["clinic.py", "crash.py", "disk.py", "power.py"],
      swiftSettings: strict
    ),
    .testTarget(name: "HouseTests", dependencies: ["trace"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
