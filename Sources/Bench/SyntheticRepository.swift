import Foundation

/// A large repository made with `git fast-import`: packages of twenty files each, and pushes of twenty files.
struct SyntheticRepository {
    /// The bare repository.
    let path: String
    /// Ids of the first commit and of the pushes after it, oldest first.
    let commits: [String]

    /// Makes a repository.
    ///
    /// - Parameters:
    ///   - path: where; must not exist.
    ///   - packages: how many packages; each has a package file that loads one of ten tools files, and 19 others.
    ///   - pushes: how many commits follow the first, each changing 20 files of 20 packages.
    static func make(at path: String, packages: Int, pushes: Int) throws -> SyntheticRepository {
        _ = try MeasuredProcess.run("git", ["init", "-q", "--bare", path])
        let streamPath = path + ".fast-import"
        defer { try? FileManager.default.removeItem(atPath: streamPath) }
        _ = FileManager.default.createFile(atPath: streamPath, contents: nil)
        let stream = try FileHandle(forWritingTo: URL(fileURLWithPath: streamPath))
        try writeFirstCommit(to: stream, packages: packages)
        for push in 1...pushes { try writePush(push, to: stream, packages: packages) }
        try stream.close()
        _ = try MeasuredProcess.run("git", ["--git-dir", path, "fast-import", "--quiet"], input: streamPath)
        let log = try MeasuredProcess.run("git", ["--git-dir", path, "rev-list", "--reverse", "main"])
        return SyntheticRepository(path: path, commits: log.output.split(separator: "\n").map(String.init))
    }

    /// The directory of a package: three levels deep, as in a grown monorepo.
    static func directory(_ package: Int) -> String {
        "teams/t\(package / 100)/services/s\(package)"
    }

    private static func writeFirstCommit(to stream: FileHandle, packages: Int) throws {
        var text = header(1, "first")
        text += file("repo.ocu.star", repoFile)
        for tool in 0..<10 { text += file("tools/t\(tool).star", "flags = [\"-O\(tool)\"]\n") }
        for package in 0..<packages {
            let directory = directory(package)
            text += file(directory + "/package.ocu.star", packageFile(package))
            for number in 0..<19 { text += file("\(directory)/src/f\(number).txt", "\(package) \(number)\n") }
            if text.utf8.count > 1 << 20 {
                try stream.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try stream.write(contentsOf: Data(text.utf8))
    }

    private static func writePush(_ push: Int, to stream: FileHandle, packages: Int) throws {
        var text = header(push + 1, "push \(push)")
        for number in 0..<20 {
            let package = (push * 7919 + number * 251) % packages
            text += file("\(directory(package))/src/f\(number % 19).txt", "push \(push)\n")
        }
        try stream.write(contentsOf: Data(text.utf8))
    }

    private static func header(_ number: Int, _ message: String) -> String {
        """
        commit refs/heads/main
        committer Bench <bench@example.com> \(1_700_000_000 + number * 60) +0000
        data \(message.utf8.count)
        \(message)

        """
    }

    private static func file(_ path: String, _ text: String) -> String {
        "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
    }

    private static let repoFile = """
        load("github.com/ocuroot/sdk/v0/repo.star", "repo")
        load("github.com/ocuroot/sdk/v0/environments.star", "environment")
        repo("bench")
        environment("prod")

        """

    private static func packageFile(_ package: Int) -> String {
        """
        load("github.com/ocuroot/sdk/v0/package.star", "package")
        load("github.com/ocuroot/sdk/v0/policy.star", "ready", "later")
        load("github.com/ocuroot/sdk/v0/machine.star", "host")
        load("//tools/t\(package % 10).star", "flags")

        def build(ctx):
            host.shell("make " + " ".join(flags))
            ctx.build.attributes["flags"] = flags

        def policy(ctx):
            if ctx.environment.name == "prod" and ctx.build.sequence % 2 == 0:
                return later("odd builds only")
            return ready()

        def deploy(ctx):
            host.shell("make deploy")

        package("s\(package)", build = build, policy = policy, deploy = deploy)

        """
    }
}
