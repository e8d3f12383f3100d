import Foundation
import Git
import Model
import Runner
import TestSupport

/// A repository, and a directory of a machine whose runners work on it.
final class TestRepo: Sendable {
    let remote: RepositoryBuilder
    let directory: String
    /// A directory as a server on this machine has it, with the repository as the mirror of `o1`.
    let mirrors: String

    init(_ files: [String: FixtureFile]) throws {
        remote = try RepositoryBuilder()
        try remote.commit("first", files)
        directory = NSTemporaryDirectory() + "runner-\(UUID())"
        mirrors = directory + "/mirrors"
        try FileManager.default.createDirectory(atPath: mirrors, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: mirrors + "/o1.git", withDestinationPath: remote.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Makes a repo with one package `app` in the directory `app`, whose build function is given.
    static func building(_ body: String, files: [String: FixtureFile] = [:]) throws -> TestRepo {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        let text = """
            load("github.com/ocuroot/sdk/v0/package.star", "package")
            load("github.com/ocuroot/sdk/v0/machine.star", "host")
            load("github.com/ocuroot/sdk/v0/http.star", "http")
            load("github.com/ocuroot/sdk/v0/sleep.star", "sleep")
            load("github.com/ocuroot/sdk/v0/source.star", "source")

            def build(ctx):
            \(lines.joined(separator: "\n"))

            package("app", build = build, deploy = build)
            """
        return try TestRepo(files.merging(["app/package.ocu.star": .text(text)]) { first, _ in first })
    }

    /// The Run of the newest commit's build.
    func start(
        leaseSeconds: Int = 30, logBytesMax: Int = 1 << 20, tree: TreeID? = nil, patch: ChangePatch? = nil,
        url: String? = nil
    ) async throws -> RunStart {
        let commit = try remote.tip(of: "main")
        let found = try await Reader(path: remote.path).read { try $0.commit(commit).tree }
        let run = RunID(rawValue: Int64.random(in: 1...Int64.max))
        let source = RunSpec.Source(
            repo: RepoID(rawValue: 1), repoName: "shop", url: url ?? remote.url, ref: "refs/heads/main", commit: commit,
            tree: tree ?? found, patch: patch, message: "first")
        let build = RunSpec.BuildFacts(
            id: BuildID(rawValue: 3), sequence: 2, createdAt: Date(timeIntervalSince1970: 1_700_000_000), alias: nil,
            attributes: [:], annotations: [:])
        let spec = RunSpec(
            run: run, kind: .build, source: source, package: "app", path: "app", build: build, deployment: nil,
            leaseSeconds: leaseSeconds, logBytesMax: logBytesMax)
        return RunStart(spec: spec, leaseToken: "lease-token")
    }

    /// A runner of this machine for a Run that the server knows.
    func execution(
        _ start: RunStart, usesMirrors: Bool = true, environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) throws -> RunExecution {
        RunExecution(
            run: start.spec.run, server: RunnerServer(url: try RunServer.url, token: "start-token"),
            directory: directory + "/runner", mirrors: usesMirrors ? mirrors : nil, environment: environment)
    }

    /// Executes a build from its start to its end.
    func run(
        _ start: RunStart? = nil, rules: [String: [Int]] = [:], usesMirrors: Bool = true
    ) async throws -> (result: RunResult, state: RunServer.State) {
        var start = start
        if start == nil { start = try await self.start() }
        guard let start else { preconditionFailure("set above") }
        try await RunServer.prepare(start, rules: rules)
        let result = try await execution(start, usesMirrors: usesMirrors)()
        return (result, try await RunServer.state(of: start.spec.run))
    }
}
