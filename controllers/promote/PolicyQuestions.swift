import Config
import Git
import Model
import Repositories
import Store

/// Asks policies: each Build's by the code of its own commit.
struct PolicyQuestions: Sendable {
    let store: StateStore
    let repositories: RepositorySet
    let evaluator: ConfigEvaluator
    let trees: ChangeTrees
    let variables: [String: String]

    /// Asks about the candidates of one place, newest first, until one answer decides; and about the Build that is
    /// pinned there, for its inputs.
    func ask(
        about place: PromoteFacts.Place, _ facts: PromoteFacts, _ files: inout EvaluatedBuilds
    ) async throws -> (answers: [(build: BuildID, answer: PolicyAnswer)], reads: Set<PackageReference>) {
        var answers: [(build: BuildID, answer: PolicyAnswer)] = []
        var reads: Set<PackageReference> = []
        for build in PromotePlan.candidates(for: place, among: facts.candidates) {
            let outcome = try await ask(about: build, for: place.environment, facts, &files)
            answers.append((build.id, outcome.answer))
            reads.formUnion(outcome.reads)
            if outcome.answer.isDecisive { break }
        }
        if let pinned = place.pin?.build, pinned.state == .succeeded,
            !answers.contains(where: { $0.build == pinned.id })
        {
            let outcome = try await ask(about: pinned, for: place.environment, facts, &files)
            answers.append((pinned.id, outcome.answer))
            reads.formUnion(outcome.reads)
        }
        return (answers, reads)
    }

    private func ask(
        about build: Build, for environment: Environment, _ facts: PromoteFacts, _ files: inout EvaluatedBuilds
    ) async throws -> (answer: PolicyAnswer, reads: [PackageReference]) {
        guard build.functions.contains(.policy) else { return (.ready(inputs: [:], validAfterSeconds: 0), []) }
        let package = try await files.package(of: build.id) { try await evaluate(build, facts) }
        switch package {
        case .failure(let error): return (.failed(error: error.description), [])
        case .success(let package):
            let outcome = package.policy(
                PolicyFacts(
                    repo: facts.repoName,
                    build: RunSpec.BuildFacts(
                        id: build.id, sequence: build.sequence, createdAt: build.createdAt, alias: build.alias,
                        attributes: build.attributes, annotations: build.annotations),
                    environment: environment.name, environmentAttributes: environment.attributes,
                    deployedEnvironments: try await deployedEnvironments(for: package, facts), variables: variables))
            return (outcome.answer, outcome.reads)
        }
    }

    private func evaluate(
        _ build: Build, _ facts: PromoteFacts
    ) async throws -> Result<EvaluatedPackage, ConfigError> {
        let reader = try await repositories.reader(of: facts.mirror, url: facts.repoURL, needing: [build.commit])
        let tree = GitSourceTree(reader: reader, tree: build.tree)
        let file: Config.EvaluatedPackageFile
        do throws(ConfigError) {
            file = try await evaluator.packageFile(in: build.path, of: tree)
        } catch {
            guard error.code == .unreadable, try await isRestored(build, facts) else { throw error }
            file = try await evaluator.packageFile(in: build.path, of: tree)
        }
        return file.outcome.flatMap { _ in
            file[facts.package.name].map(Result.success)
                ?? .failure(
                    ConfigError(
                        .missing, operation: "find package", subject: ConfigFile.packageFile(in: build.path),
                        cause: "it declares no package '\(facts.package.name)' at commit \(build.commit.short)"))
        }
    }

    /// Whether the tree of a Build from a patch, which a mirror that was made anew lacks, was written again.
    private func isRestored(_ build: Build, _ facts: PromoteFacts) async throws -> Bool {
        guard let change = try await store.change(build.change), change.patch != nil else { return false }
        return try await trees.tree(of: change, in: facts.mirror, url: facts.repoURL) == build.tree
    }

    private func deployedEnvironments(
        for package: EvaluatedPackage, _ facts: PromoteFacts
    ) async throws -> [Config.DeployedEnvironment] {
        guard package.readsDeployments else { return [] }
        return try await store.deployedEnvironments(for: facts.package.id).map { deployed in
            Config.DeployedEnvironment(
                name: deployed.environment.name, attributes: deployed.environment.attributes,
                packages: deployed.packages.map {
                    Config.DeployedPackage(repo: $0.repo, package: $0.package, build: $0.build, outputs: $0.outputs)
                })
        }
    }
}

extension PolicyAnswer {
    /// Whether no older Build is asked about.
    fileprivate var isDecisive: Bool {
        switch self {
        case .ready, .skip: true
        case .later, .failed: false
        }
    }
}
