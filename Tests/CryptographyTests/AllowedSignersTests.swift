import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct AllowedSignersTests {
    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJBW7Ij0LJGnCJxBHVgOKrMu4xH3NnVrmBjx8BVLX7ia"

    private func signer(_ line: String) throws -> AllowedSigner {
        try #require(try AllowedSigners(text: line).signers.first)
    }

    @Test func `a file with comments, blank lines and every option is read`() throws {
        let signers = try AllowedSigners(
            text: """
                # who may
                ann@example.com,*@ops.example.com \(Self.key) ann at work

                \t"Eve and others" namespaces="git,file",valid-after="20260101" \(Self.key)\r
                bob Valid-Before="20270102030405Z",NAMESPACES="!git,*" \(Self.key)
                """
        ).signers
        #expect(signers.map(\.line) == [2, 4, 5])
        #expect(signers.map(\.names) == [["ann@example.com", "*@ops.example.com"], ["Eve and others"], ["bob"]])
        #expect(signers.map { $0.counts(for: "git") } == [true, true, false])
        #expect(signers.map { $0.counts(for: "file") } == [true, true, true])
        #expect(signers[1].validAfter == Date(timeIntervalSince1970: 1_767_225_600))
        #expect(signers[2].validBefore == Date(timeIntervalSince1970: 1_798_859_045))
        for signer in signers {
            let again = try self.signer(signer.text)
            #expect(again.text == signer.text && again.names == signer.names)
        }
    }

    @Test func `a quote with an accent on it is a quote, as ssh-keygen takes it`() throws {
        let signer = try signer("ann namespaces=\"git,a\\\"\u{301}b\" \(Self.key)")
        #expect(signer.namespaces == ["git", "a\"\u{301}b"])
        #expect(signer.text == "ann namespaces=\"git,a\\\"\u{301}b\" \(Self.key)")
        #expect(try self.signer("\"ann\" \(Self.key) \"\u{301}").principals == ["ann"])
        let excluding = try self.signer("ann namespaces=\"*,!\u{301}git\" \(Self.key)")
        #expect(!excluding.counts(for: "\u{301}git") && excluding.counts(for: "git"))
    }

    @Test(arguments: [
        "ann namespaces=\"git\"\u{301},file\" \(key)", "\"ann\"\u{301} b\" \(key)", "ann,\u{301}, \(key)",
        "ann,!\u{301} \u{301}\(key)",
    ])
    func `nothing is hidden by an accent behind it`(line: String) {
        #expect(throws: CryptographyError.self) { try signer(line) }
    }

    @Test(arguments: [
        ("20260131", 1_769_817_600), ("20260131Z", 1_769_817_600), ("202601311201", 1_769_860_860),
        ("20260131120102z", 1_769_860_862), ("20280229", 1_835_395_200),
    ])
    func `times are read in UTC`(text: String, seconds: Int) throws {
        let read = try signer("a valid-after=\"\(text)\" \(Self.key)").validAfter
        #expect(read == Date(timeIntervalSince1970: TimeInterval(seconds)))
    }

    @Test(arguments: [
        ("ann", "it has no key"), ("ann ssh-ed25519", "its key is not in Base64"),
        ("ann AAAA", "'AAAA' is neither an option nor a kind of key"),
        ("ann ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJBW7Ij0LJGnCJxBHVgOKrMu4xH3NnVrmBjx8BVLX7ia", "its key cannot be used"),
        ("ann ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJBW7Ij0", "its key cannot be used: it is damaged"),
        ("ann ssh-dss AAAAB3NzaC1kc3M=", "its key cannot be used: keys of the kind 'ssh-dss' are not supported"),
        ("ann\0 \(key)", "it has a control character"), ("\u{1B}[2Jann \(key)", "it has a control character"),
        ("\"ann \(key)", "its principals begin with a quote"), ("ann,,bob \(key)", "its principals have an empty name"),
        ("!ann \(key)", "its principals exclude everyone"), ("ann,!a* \(key)", "its principals exclude everyone"),
        ("* cert-authority \(key)", "'cert-authority' is not supported"),
        ("ann verify-required \(key)", "'verify-required' is neither an option"),
        ("ann namespaces=git \(key)", "write namespaces=\"VALUE\""),
        ("ann namespaces=\"git \(key)", "its 'namespaces' begins with a quote"),
        ("ann namespaces=\"\" \(key)", "its 'namespaces' have an empty name"),
        ("ann namespaces=\"git\",namespaces=\"file\" \(key)", "it has 'namespaces' twice"),
        ("ann namespaces=\"git\", \(key)", "'' is neither"), ("ann namespaces=\"git\"x \(key)", "'x' is neither"),
        ("ann valid-after=\"20260231\" \(key)", "its 'valid-after' is no time"),
        ("ann valid-after=\"2026-02-03\" \(key)", "its 'valid-after' is no time"),
        ("ann valid-after=\"20260203\",valid-before=\"20260203\" \(key)", "its 'valid-before' is not later"),
    ])
    func `a mistake is told with its line`(line: String, cause: String) throws {
        let error = #expect(throws: CryptographyError.self) {
            try AllowedSigners(text: "bob \(Self.key)\n# comment\n\(line)\nann \(Self.key)\n")
        }
        #expect(error?.subject == "line 3" && error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
    }

    @Test func `an empty file and one beyond its bounds are refused`() throws {
        let line = "ann \(Self.key)\n"
        for (text, subject) in [
            ("", "the file"), ("# nobody\n", "the file"),
            (line + String(repeating: "#", count: AllowedSigners.bytesMax), "the file"),
            ("ann \(Self.key) " + String(repeating: "x", count: AllowedSigners.lineBytesMax), "line 1"),
            (String(repeating: line, count: AllowedSigners.signersMax + 1), "line \(AllowedSigners.signersMax + 1)"),
        ] {
            let error = #expect(throws: CryptographyError.self) { try AllowedSigners(text: text) }
            #expect(error?.subject == subject)
        }
    }

    @Test(arguments: [
        "ann KEY", "ann,bob KEY comment", "*@x,!eve@x KEY", "\"ann b\" KEY", "!ann KEY", "ann,!a* KEY", "a*,!ab* KEY",
        "ann namespaces=\"git\" KEY", "ann namespaces=\"file\" KEY", "ann namespaces=\"!git,*\" KEY",
        "ann namespaces=\"g?t,file\" KEY", "ann valid-before=\"20200101Z\" KEY", "ann valid-after=\"20200101Z\" KEY",
        "ann cert-authority KEY", "ann namespaces=git KEY", "ann KE", "# ann KEY",
        "ann valid-after=\"20200101Z\",valid-before=\"20990101Z\",namespaces=\"git\" KEY",
    ])
    func `a line is read as ssh-keygen reads it`(line: String) throws {
        let key = try SigningKey()
        let file = line.replacing("KEY", with: key.publicKey) + "\n"
        let message = Array("message".utf8)
        let signature = try key.sign(message)
        let principal = try SigningKey.principal(of: signature, message: message, allowedSigners: file)
        let now = Date()
        let signers = (try? AllowedSigners(text: file))?.signers ?? []
        let found = signers.first { signer in
            signer.counts(for: "git") && (signer.validAfter ?? now) <= now && (signer.validBefore ?? now) >= now
        }
        #expect(found?.names.first == principal, "ssh-keygen: \(principal ?? "nobody")")
    }
}
