import Foundation
import Git
import Model
import Repositories
import TestSupport
import Testing

@Suite struct CommitSigningTests {
    /// The push of one commit that git made, with these of its arguments.
    private func pushed(
        _ body: String, _ arguments: [String], rewriting change: ((String) -> String)? = nil
    ) async throws -> ChangeCommit {
        let remote = try RepositoryBuilder(isBare: false)
        let first = try remote.commit("first", ["a": "1"])
        let options = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "gpg.format=ssh"]
        try git(remote.path, options + ["commit", "--quiet", "--allow-empty", "-m", "Steer", "-m", body] + arguments)
        if let change {
            let content = change(try git(remote.path, ["cat-file", "commit", "HEAD"]))
            try content.write(toFile: remote.path + "/.git/commit", atomically: true, encoding: .utf8)
            let id = try git(remote.path, ["hash-object", "-t", "commit", "-w", ".git/commit"])
            try git(remote.path, ["reset", "--quiet", "--soft", id.trimmingCharacters(in: .newlines)])
        }
        let directory = NSTemporaryDirectory() + "repositories-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let repositories = RepositorySet(directory: directory)
        let repo = RepoID(rawValue: 1)
        _ = try await repositories.mirror(of: repo, url: remote.url).fetch()
        let tip = try remote.tip()
        let reader = try await repositories.reader(of: repo, url: remote.url, needing: [tip])
        return try #require(try await reader.push(from: first, to: tip, besides: []).commits.last)
    }

    @discardableResult
    private func git(_ directory: String, _ arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git \(arguments)")
        return text
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"])
    func `a commit that git signed tells its key, and one that was altered does not`(type: String) async throws {
        let key = try SigningKey(type)
        defer { withExtendedLifetime(key) {} }
        let signing = ["-S\(key.path)"]
        let signed = try await pushed("Ocuroot-Hold: api@prod", signing)
        guard case .signed(let fingerprint, let content)? = signed.signing else {
            Issue.record("\(String(describing: signed.signing))")
            return
        }
        #expect(try fingerprint == key.fingerprint() && content.count == 64)
        let altered = try await pushed("Ocuroot-Hold: api@prod", signing) { $0.replacing("api@prod", with: "web@prod") }
        #expect(altered.trailers.first?.value == "web@prod")
        #expect(altered.signing == .unusable("it does not fit the commit"))
        let retold = try await pushed("Ocuroot-Hold: api@prod", signing) {
            $0.replacing(" -----END SSH", with: " \n -----END SSH")
        }
        guard case .signed? = retold.signing else {
            Issue.record("\(String(describing: retold.signing))")
            return
        }
    }

    @Test func `signatures are read only of commits that steer, and only from the header`() async throws {
        let key = try SigningKey()
        defer { withExtendedLifetime(key) {} }
        let signing = ["-S\(key.path)"]
        #expect(try await pushed("Signed-off-by: Ann", signing).signing == nil)
        #expect(try await pushed("Ocuroot-Hold: api@prod", []).signing == .unsigned)
        let moved = try await pushed("Ocuroot-Hold: api@prod", signing) { text in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let isSignature = { (line: Substring) in line.hasPrefix("gpgsig ") || line.hasPrefix(" ") }
            let signature = lines.filter(isSignature).joined(separator: "\n")
            return lines.filter { !isSignature($0) }.joined(separator: "\n")
                .replacing("Steer\n\n", with: "Steer\n\n\(signature)\n\n")
        }
        #expect(moved.signing == .unsigned && moved.trailers.first?.value == "api@prod")
    }
}
