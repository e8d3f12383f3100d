// swift-tools-version: 6.2
import PackageDescription

// What hack/fuzz builds: the Starlark library (Sources/ links to the one that is shipped) with a fuzzer around it. A
// package of its own, so that ordinary builds neither see it nor are built again with its flags.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    // Every object gets memory of its own, so that the address sanitizer sees what leaves it.
    .define("STARLARK_SINGLE_CHUNKS"),
    // Locks that the thread sanitizer understands: it takes those of Synchronization for none.
    .define("STARLARK_PTHREAD_LOCKS"),
]

let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/attaswift/BigInt", from: "6.0.1")],
    targets: [
        .target(name: "StarlarkSyntax", swiftSettings: strict),
        .target(
            name: "Starlark",
            dependencies: ["StarlarkSyntax", .product(name: "BigInt", package: "BigInt")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Starlark", "StarlarkSyntax"],
            swiftSettings: strict
        ),
        .executableTarget(name: "Threads", dependencies: ["Starlark"], swiftSettings: strict),
    ]
)
