// swift-tools-version: 6.2
import PackageDescription

// What hack/fuzz builds: the Starlark library and what reads git hosts' webhooks and answers, commits, keys and URLs (Sources/ links to
// those that are shipped) with a fuzzer around them. A package of its own, so that ordinary builds neither see it nor
// are built again with its flags.

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
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Model", swiftSettings: strict),
        .target(name: "GitHosts", dependencies: ["Model", "Cryptography"], swiftSettings: strict),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Starlark", "StarlarkSyntax", "GitHosts", "Model", "Cryptography"],
            swiftSettings: strict
        ),
        .executableTarget(name: "Threads", dependencies: ["Starlark"], swiftSettings: strict),
    ]
)
