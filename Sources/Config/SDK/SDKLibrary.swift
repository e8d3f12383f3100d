import Model
import Starlark

/// The modules of the SDK in every version, made once and shared by all evaluations.
struct SDKLibrary: Sendable {
    /// What needs no load: `struct` and `after`.
    let universals: FrozenModule
    private let modules: [SDKVersion: [String: FrozenModule]]

    /// Makes the modules.
    init() throws(StarlarkError) {
        universals = try FrozenModule(
            name: "universals", values: ["struct": .library(.structure), "after": .function(PolicyModule.after)])
        var modules: [SDKVersion: [String: FrozenModule]] = [:]
        for version in SDKVersion.allCases {
            var files: [String: FrozenModule] = [:]
            for (name, values) in Self.files(version) {
                files[name] = try FrozenModule(
                    name: "\(LoadReference.sdkPrefix)\(version.rawValue)/\(name)", values: values)
            }
            modules[version] = files
        }
        self.modules = modules
    }

    /// A module; what does not exist is refused with the names of those that do.
    func module(_ version: SDKVersion, _ name: String) throws(SDKFailure) -> FrozenModule {
        let files = modules[version] ?? [:]
        guard let module = files[name] else {
            throw SDKFailure(
                "the SDK \(version.rawValue) has no module '\(name)'"
                    + "\(Suggestion.clause(for: name, among: files.keys)); it has \(Suggestion.list(files.keys))")
        }
        return module
    }

    private static func files(_ version: SDKVersion) -> [String: [String: HostValue]] {
        var files: [String: [String: HostValue]] = [
            "repo.star": ["repo": .function(RepoModule.repo)],
            "environments.star": ["environment": .function(RepoModule.environment)],
            "machine.star": ["host": MachineModule.host],
            "env.star": ["env": MachineModule.env],
            "http.star": ["http": HTTPModule.http],
            "encoding.star": ["json": EncodingModule.json, "yaml": EncodingModule.yaml],
            "source.star": ["source": SourceModule.source],
            "schedule.star": ["schedule": LaterModules.schedule],
            "sleep.star": ["sleep": .function(LaterModules.sleep)],
        ]
        let package: HostValue = .function(PackageModule.package(version))
        switch version {
        case .v0:
            files["package.star"] = ["package": package]
            files["policy.star"] = answers.merging(["after": .function(PolicyModule.after)]) { first, _ in first }
            files["secrets.star"] = ["secret": .function(LaterModules.secret("name"))]
        case .v01Alpha:
            files["package.star"] = answers.merging(["package": package]) { first, _ in first }
            files["secrets.star"] = [
                "secret": .function(LaterModules.secret("value")), "load_secret": .function(LaterModules.loadSecret),
            ]
            files["forms.star"] = LaterModules.forms.mapValues(HostValue.function)
        }
        return files
    }

    /// What a policy answers with.
    private static var answers: [String: HostValue] {
        [
            "ready": .function(PolicyModule.ready), "later": .function(PolicyModule.later),
            "skip": .function(PolicyModule.skip), "static": .function(PolicyModule.constant),
            "dependency": .function(PolicyModule.dependency),
        ]
    }
}
