import Foundation
import Model
import TestSupport
import Testing

/// Environments that only signed commits steer, with the built binary, git and ssh-keygen.
@Suite(.serialized) struct SignerTests {
    /// A user's clone of a remote.
    private struct Clone {
        let path = NSTemporaryDirectory() + "ocuroot-clone-" + UUID().uuidString

        init(of remote: RepositoryBuilder) async throws {
            try await git(["clone", "--quiet", remote.url, path], at: nil)
            try await git(["config", "user.name", "Ann"])
            try await git(["config", "user.email", "ann@example.com"])
            try await git(["config", "gpg.format", "ssh"])
        }

        @discardableResult
        func git(_ arguments: [String], at place: String? = "here") async throws -> String {
            let end = try await Command(
                "/usr/bin/env", ["git"] + arguments, workingDirectory: place == nil ? nil : path
            ).end()
            try #require(end.status == 0, "git \(arguments): \(end.errors)")
            return end.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        /// Makes an empty commit, signed by a key or not, and pushes it.
        func push(_ trailer: String, signedWith key: SigningKey? = nil) async throws {
            let signing = key.map { ["-c", "user.signingKey=\($0.path)"] } ?? []
            try await git(
                signing + ["commit", "--quiet", "--allow-empty", "-m", "Steer", "-m", trailer]
                    + (key == nil ? [] : ["-S"]))
            try await git(["push", "--quiet"])
        }

        /// Pushes the tip in place of itself with other bytes.
        func rewrite(_ change: (String) -> String) async throws {
            let content = change(try await git(["cat-file", "commit", "HEAD"]) + "\n")
            let file = path + "/.git/commit"
            try content.write(toFile: file, atomically: true, encoding: .utf8)
            let id = try await git(["hash-object", "-t", "commit", "-w", file])
            try await git(["reset", "--quiet", "--soft", id])
            try await git(["push", "--quiet", "--force"])
        }
    }

    private func withShop(
        _ body: (Installation, Clone, _ ann: SigningKey) async throws -> Void
    ) async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api")])
        let clone = try await Clone(of: remote)
        defer { try? FileManager.default.removeItem(atPath: clone.path) }
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "1h"]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("second", ["api/step.txt": "2"])
            #expect(try await shop.settle().status == 0)
            try await clone.git(["pull", "--quiet"])
            let ann = try SigningKey()
            let file = clone.path + "/.git/allowed_signers"
            try "ann@example.com \(ann.publicKey)\n".write(toFile: file, atomically: true, encoding: .utf8)
            let set = try await shop.run("signers", "set", "prod", "--file", file)
            #expect(set.status == 0 && set.errors.isEmpty, "\(set.errors)")
            try await body(shop, clone, ann)
        }
    }

    private func refusal(_ shop: Installation) async throws -> String {
        let log = try await shop.run("log", "--limit", "200").output
        return String(log.split(separator: "\n").last { $0.contains("steering.refused") } ?? "none was refused")
    }

    @Test func `a pin of prod counts in a commit that a listed key signed, and by no other way`() async throws {
        try await withShop { shop, clone, ann in
            let eve = try SigningKey()
            func build() async throws -> Int64? {
                try await shop.settle().report.element("api", "prod").deployed?.build.sequence
            }
            try await clone.push("Ocuroot-Pin: api@prod=1")
            #expect(try await build() == 2)
            #expect(try await refusal(shop).contains("its commit is not signed; prod is steered only by"))
            try await clone.push("Ocuroot-Pin: api@prod=1", signedWith: eve)
            #expect(try await build() == 2)
            #expect(try await refusal(shop).contains("a key that is not listed (\(try eve.fingerprint()))"))
            let direct = try await shop.run("pin", "api@prod", "1")
            #expect(direct.status == 1 && direct.errors.contains("give --commit, sign the commit, and push it"))
            #expect(try await build() == 2)

            try await clone.push("Ocuroot-Pin: api@prod=1", signedWith: ann)
            #expect(try await build() == 1)
            #expect(try await shop.run("log", "--limit", "50").output.contains(", signed by ann@example.com"))

            try await clone.git(["config", "user.signingKey", ann.path])
            let unsigned = try await shop.run("unpin", "api@prod", "--commit", workingDirectory: clone.path)
            #expect(unsigned.output.contains("and signed where signatures are asked for: git push origin "))
            let end = try #require(unsigned.output.split(separator: "\n").last)
            let command = try #require(end.wholeMatch(of: /it is not signed; git (.+) signs it/)).1
            try await clone.git(command.split(separator: " ").map(String.init))
            try await clone.git(["push", "--quiet"])
            #expect(try await build() == 2)

            try await clone.git(["config", "commit.gpgSign", "true"])
            let made = try await shop.run("pin", "api@prod", "1", "--commit", workingDirectory: clone.path)
            #expect(made.status == 0 && made.output.contains("it counts once it is pushed: git"), "\(made.errors)")
            try await clone.git(["push", "--quiet"])
            #expect(try await build() == 1)
            #expect(try await shop.run("pin", "api@staging", "1").status == 0)
        }
    }

    @Test func `a commit that was altered, or carries another's signature, steers nothing`() async throws {
        try await withShop { shop, clone, ann in
            try await clone.push("Ocuroot-Hold: api@staging", signedWith: ann)
            let signed = try await clone.git(["cat-file", "commit", "HEAD"]) + "\n"
            try await clone.rewrite { $0.replacing("api@staging", with: "api@prod") }
            #expect(try await shop.settle().report.element("api", "prod").hold == nil)
            #expect(try await refusal(shop).contains("cannot be used: it does not fit the commit"))

            // The same commit with its signature in the message: whoever reads it there takes it for another commit.
            let lines = signed.split(separator: "\n", omittingEmptySubsequences: false)
            let isSignature = { (line: Substring) in line.hasPrefix("gpgsig ") || line.hasPrefix(" ") }
            let signature = lines.filter(isSignature).joined(separator: "\n")
            let moved = lines.filter { !isSignature($0) }.joined(separator: "\n")
                .replacing("Steer\n\n", with: "Steer\n\n\(signature)\n\n")
                .replacing("api@staging", with: "api@prod")
            try await clone.rewrite { _ in moved }
            #expect(try await shop.settle().report.element("api", "prod").hold == nil)
            #expect(try await refusal(shop).contains("its commit is not signed"))

            try await clone.push("Ocuroot-Hold: api@prod", signedWith: ann)
            #expect(try await shop.settle().report.element("api", "prod").hold != nil)
            try await clone.push("Ocuroot-Resume: api@prod", signedWith: ann)
            #expect(try await shop.settle().report.element("api", "prod").hold == nil)
            // The hold once more as another commit: what was signed is the same, how the signature is written is not.
            try await clone.git(["reset", "--quiet", "--hard", "HEAD~1"])
            try await clone.rewrite { $0.replacing(" -----END SSH", with: " \n -----END SSH") }
            let report = try await shop.settle().report
            #expect(try report.element("api", "prod").hold == nil)
        }
    }

    @Test func `lists are set from standard input or a file, shown and removed`() async throws {
        try await withShop { shop, clone, ann in
            let list = try await shop.run("signers", "list")
            #expect(list.output.contains("prod") && list.output.contains("s1"))
            #expect(try await shop.run("signers", "show", "prod").output.contains(try ann.fingerprint()))
            #expect(
                try await shop.run("signers", "show", "s1", "--file").output == "ann@example.com \(ann.publicKey)\n")
            let wrong = clone.path + "/.git/wrong"
            try "ann\n".write(toFile: wrong, atomically: true, encoding: .utf8)
            let refused = try await shop.run("signers", "set", "prod", "--file", wrong)
            #expect(refused.status == 2 && refused.errors.contains("wrong: line 1: it has no key"))
            let early = try await shop.run(
                "signers", "set", "later*", "--file", clone.path + "/.git/allowed_signers", "--json")
            #expect(early.status == 0 && early.output.contains("\"covers\""), "\(early.errors)")
            #expect(try await shop.run("signers", "remove", "prod").status == 0)
            #expect(try await shop.run("signers", "remove", "prod").status == 1)
            #expect(try await shop.run("pin", "api@prod", "1").status == 0)
            let log = try await shop.run("log", "--limit", "50").output
            #expect(log.contains("signers.set") && log.contains("signers.removed"))
        }
    }
}
