// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built in the Swift 6 language mode, and no warning is let through.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A library target under Sources/ that may import exactly what is listed.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A controller: one folder under controllers/, one target, never importing another controller.
func controller(_ folder: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name,
        dependencies: ["ControllerRuntime", "Model", "Store", log] + dependencies,
        path: "controllers/\(folder)",
        exclude: ["README.md"],
        swiftSettings: strict
    )
}

/// The tests of one target; dependencies beyond it and TestSupport are named.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
        exclude: exclude,
        swiftSettings: strict
    )
}

/// A Debian library, found by pkg-config; see hack/install-dependencies.
func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let controllerTargets: [Target] = [
    controller("source", "SourceController", ["Git", "Repositories"]),
    controller("deliver", "DeliverController", ["Git", "Config", "Repositories"]),
    controller("promote", "PromoteController", ["Git", "Config", "Repositories"]),
    controller("sync", "SyncController"),
    controller("dispatch", "DispatchController", ["HTTPClient", subprocess, system]),
    controller("maintenance", "MaintenanceController"),
    controller("notify", "NotifyController", ["GitHosts", "HTTPClient", "HostAPI"]),
]
let controllerNames: [Target.Dependency] = controllerTargets.map { .init(stringLiteral: $0.name) }

let package = Package(
    name: "ocuroot",
    products: [.executable(name: "ocuroot", targets: ["ocuroot"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        systemLibrary("CLibGit2", pkgConfig: "libgit2", apt: "libgit2-dev"),
        systemLibrary("CLibPQ", pkgConfig: "libpq", apt: "libpq-dev"),
        systemLibrary("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        library("Blocking"),
        library("Model"),
        library("StarlarkSyntax"),
        library("Starlark", ["StarlarkSyntax", bigInt]),
        library("Git", ["CLibGit2", "CCurl", "Model", "Blocking"]),
        library("Postgres", ["CLibPQ", "Blocking"]),
        library("Cryptography", ["COpenSSL"]),
        library("GitHosts", ["Model", "Cryptography"]),
        library("HTTPClient", ["CCurl"]),
        library("HostAPI", ["Model", "Cryptography", "GitHosts", "HTTPClient"]),
        library("ObjectStore", ["HTTPClient", "Cryptography", "Blocking"]),
        library("Config", ["Model", "Starlark", yams]),
        library("Repositories", ["Model", "Git", "Config", "Cryptography"]),
        library("Store", ["Model", "Postgres", "Cryptography"]),
        library("ControllerRuntime", ["Model", "Store", log, metrics, lifecycle]),
        .target(name: "CSpawn"),
        library("Runner", ["CSpawn", "Model", "Config", "Git", "HTTPClient"]),
        library(
            "Server",
            ["Model", "Store", "ObjectStore", "Cryptography", "GitHosts", hummingbird, mustache, log, lifecycle]),
        library("EmbeddedPostgres", ["Postgres", log, lifecycle, subprocess]),
        .target(
            name: "TestSupport",
            dependencies: ["Model", "Store", "Postgres", "Git", "CLibGit2"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ocuroot",
            dependencies: [
                "Blocking", "Model", "Starlark", "StarlarkSyntax", "Git", "GitHosts", "HostAPI", "Postgres",
                "Cryptography", "HTTPClient", "ObjectStore", "Config", "Repositories", "Store", "ControllerRuntime",
                "Runner", "Server",
                "EmbeddedPostgres",
                log, metrics, lifecycle, subprocess,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + controllerNames,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ocuroot-bench",
            dependencies: [
                "Config", "Git", "GitHosts", "HTTPClient", "Model", "Repositories",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Bench",
            swiftSettings: strict
        ),
        library("StarlarkChunks", ["Starlark", "StarlarkSyntax"]),
        .executableTarget(
            name: "starlark-conformance", dependencies: ["StarlarkChunks"], path: "Sources/StarlarkConformance",
            swiftSettings: strict),
        .executableTarget(
            name: "starlark-bench", dependencies: ["Starlark"], path: "Sources/StarlarkBench", swiftSettings: strict),
        tests("Blocking"),
        tests("Model"),
        tests("StarlarkSyntax"),
        tests("Starlark", ["StarlarkChunks"], exclude: ["Chunks"]),
        tests("Git", ["HTTPClient"]),
        tests("Postgres"),
        tests("Cryptography"),
        tests("GitHosts", ["Model", "Cryptography"], exclude: ["Fixtures"]),
        tests("HTTPClient"),
        tests("HostAPI", ["Model", "Cryptography", "GitHosts", "HTTPClient"]),
        tests("ObjectStore", ["HTTPClient", "Cryptography"]),
        tests("Config", ["Model", "Starlark"]),
        tests("Store", ["Model", "Postgres", "Cryptography"]),
        tests("ControllerRuntime", ["Model", "Store", log, lifecycle]),
        tests("Runner", ["Model", "Config", "Git", "HTTPClient"]),
        tests("Server", ["Model", "Postgres", "Store", "ObjectStore", "Cryptography", "HTTPClient", "GitHosts"]),
        tests("EmbeddedPostgres", ["Postgres", log, lifecycle]),
        .testTarget(
            name: "ocurootTests",
            dependencies: [
                "ocuroot", "Cryptography", "HostAPI", "HTTPClient", "Model", "NotifyController", "Postgres", "Store",
                "TestSupport", log,
            ], swiftSettings: strict),
        .testTarget(
            name: "ControllersTests",
            dependencies: [
                "ControllerRuntime", "Cryptography", "GitHosts", "HTTPClient", "HostAPI", "Model", "Postgres", "Store",
                "Git",
                "Config", "Repositories", "TestSupport", log, lifecycle,
            ]
                + controllerNames,
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Cryptography", "HTTPClient", "Model", "Store", "TestSupport"],
            swiftSettings: strict),
    ] + controllerTargets
)
