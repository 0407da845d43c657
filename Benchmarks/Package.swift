// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "cisterna", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(name: "AllocationCount", linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      name: "pump-bench",
      dependencies: [
        "AllocationCount",
        .product(name: "Formulary", package: "cisterna"),
        .product(name: "PumpCore", package: "cisterna"),
        .product(name: "PumpLink", package: "cisterna"),
        .product(name: "PumpLinkCrypto", package: "cisterna"),
        .product(name: "Quantities", package: "cisterna"),
        .product(name: "VirtualPump", package: "cisterna"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]
    ),
    .executableTarget(
      name: "model-bench",
      dependencies: [.product(name: "Pharmacology", package: "cisterna")],
      swiftSettings: [.treatAllWarnings(as: .error)]
    ),
    .executableTarget(
      name: "ledger-bench",
      dependencies: [
        .product(name: "Ledger", package: "cisterna"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]
    ),
  ],
  swiftLanguageModes: [.v6]
)
