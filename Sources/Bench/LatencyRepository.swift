import Foundation

/// A repository with one package whose build writes the time at which its first line runs.
struct LatencyRepository {
    private let root: String
    private var git: [String] { ["--git-dir", root + "/repo.git"] }

    /// Where a server fetches it from.
    var url: String { "file://\(root)/repo.git" }

    /// Makes the repository, and the mirror and work tree that the peer's script uses.
    init(root: String) throws {
        self.root = root
        for directory in ["stamps", "source", "peer-tree"] {
            try FileManager.default.createDirectory(
                atPath: root + "/" + directory, withIntermediateDirectories: true)
        }
        _ = try MeasuredProcess.run("git", ["init", "-q", "--bare", "-b", "main", root + "/repo.git"])
        try write(
            "repo.ocu.star",
            """
            load("github.com/ocuroot/sdk/v0/repo.star", "repo")
            repo("latency")
            """)
        try write(
            "package.ocu.star",
            """
            load("github.com/ocuroot/sdk/v0/package.star", "package")
            load("github.com/ocuroot/sdk/v0/machine.star", "host")

            def build(ctx):
                host.shell("date +%s.%N > '\(root)/stamps/'$(cat push.txt)")

            package("app", build = build)
            """)
        _ = try MeasuredProcess.run("git", ["init", "-q", "--bare", root + "/peer.git"])
        _ = try MeasuredProcess.run("git", ["--git-dir", root + "/peer.git", "remote", "add", "origin", url])
    }

    /// Makes the commit of a push, without moving the ref.
    func commit(_ push: Int) throws -> String {
        try write("push.txt", "\(push)")
        let tree = git + ["--work-tree", root + "/source"]
        _ = try MeasuredProcess.run("git", tree + ["add", "-A"])
        let id = try MeasuredProcess.run("git", tree + ["write-tree"]).output.trimmed
        let parent = try? MeasuredProcess.run("git", git + ["rev-parse", "-q", "--verify", "main"]).output.trimmed
        let author = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"]
        return try MeasuredProcess.run(
            "git", author + git + ["commit-tree", id, "-m", "push \(push)"] + (parent.map { ["-p", $0] } ?? [])
        ).output.trimmed
    }

    /// Moves main, as a push does.
    func moveRef(to commit: String) throws {
        _ = try MeasuredProcess.run("git", git + ["update-ref", "refs/heads/main", commit])
    }

    /// The time that the build of a push wrote, in seconds since 1970; waits up to 30 s for it.
    func stamp(of push: Int) async throws -> Double {
        let path = "\(root)/stamps/\(push)"
        for _ in 0..<30_000 {
            if let text = try? String(contentsOfFile: path, encoding: .utf8), let stamp = Double(text.trimmed) {
                return stamp
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw BenchError("the build of push \(push) did not begin in 30 s")
    }

    /// Does by hand what the server does between the ref's move and the first line; returns the seconds it took.
    func runScript(_ commit: String) throws -> Double {
        let script = """
            date +%s.%N &&
            git --git-dir "$0/peer.git" fetch -q origin main &&
            git --git-dir "$0/peer.git" --work-tree "$0/peer-tree" checkout -q -f \(commit) &&
            cd "$0/peer-tree" && sh -c 'date +%s.%N'
            """
        // The script takes both times itself, so that what starts it does not count.
        let output = try MeasuredProcess.run("sh", ["-c", script, root]).output
        let stamps = output.split(separator: "\n").compactMap { Double($0) }
        guard stamps.count == 2 else { throw BenchError("the peer's script printed '\(output)'") }
        return stamps[1] - stamps[0]
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/source/\(name)"))
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
