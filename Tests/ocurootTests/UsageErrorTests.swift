import Testing

@testable import ocuroot

@Suite struct UsageErrorTests {
    private func error(_ arguments: String...) throws -> UsageError {
        let thrown = #expect(throws: (any Error).self) { try Ocuroot.parseAsRoot(arguments) }
        let error = try #require(thrown)
        return UsageError(message: Ocuroot.message(for: error), fullMessage: Ocuroot.fullMessage(for: error))
    }

    @Test func `an unknown option names the command that explains itself`() throws {
        let unknown = try error("status", "--bogus")
        #expect(unknown.message == "unknown option '--bogus'")
        #expect(unknown.hint == "see 'ocuroot status --help'")
        #expect(try error("repo", "add", "--bogus").hint == "see 'ocuroot repo add --help'")
    }

    @Test func `a missing argument, an unknown command and a bad value are one line each`() throws {
        for arguments in [["repo", "add"], ["nonsense"], ["repo", "nonsense"], ["status", "--timeout", "soon"]] {
            let thrown = #expect(throws: (any Error).self) { try Ocuroot.parseAsRoot(arguments) }
            let parsed = try #require(thrown)
            let error = UsageError(message: Ocuroot.message(for: parsed), fullMessage: Ocuroot.fullMessage(for: parsed))
            #expect(!error.message.contains("\n") && !error.message.hasSuffix("."), "\(error.message)")
            #expect(error.message.first?.isUppercase == false && !error.message.isEmpty, "\(error.message)")
            #expect(error.hint.hasPrefix("see 'ocuroot") && error.hint.hasSuffix(" --help'"), "\(error.hint)")
        }
    }

    @Test func `a misspelt command is answered with the one that was meant`() throws {
        #expect(try error("statsu").message == "no such command 'statsu' (did you mean status?)")
        #expect(try error("statsu").hint == "see 'ocuroot --help'")
        #expect(try error("repo", "lisst").message == "no such command 'lisst' (did you mean list?)")
        #expect(try error("nonsense").message == "no such command 'nonsense'")
    }

    @Test func `a package behind status is answered with its option`() throws {
        let status = try error("status", "api")
        #expect(status.message == "unexpected argument 'api'")
        #expect(status.hint == "name a package with --package api; see 'ocuroot status --help'")
    }

    @Test func `what our own checks of options say looks the same`() throws {
        let limit = try error("log", "--limit", "0")
        #expect(limit.message == "--limit is a number from 1 to 1000")
        #expect(limit.hint == "see 'ocuroot log --help'")
    }

    @Test func `what a credential has no use for is refused, rather than left out`() throws {
        func message(_ arguments: String...) throws -> String {
            let thrown = #expect(throws: (any Error).self) { try Ocuroot.parseAsRoot(["auth", "add"] + arguments) }
            return Ocuroot.message(for: try #require(thrown))
        }
        let password = ["https://h/", "--user", "u", "--token-file", "t"]
        func added(_ more: String...) throws -> String {
            let thrown = #expect(throws: (any Error).self) {
                try Ocuroot.parseAsRoot(["auth", "add"] + password + more)
            }
            return Ocuroot.message(for: try #require(thrown))
        }
        #expect(try added("--fingerprint", "SHA256:x").contains("--scan"))
        #expect(try added("--passphrase-file", "p").contains("--ssh-key"))
        #expect(try added("--ssh-key", "k").contains("passphrase"))
        #expect(try added("--client-certificate", "c", "--client-key", "k").contains("passphrase"))
        #expect(try message("https://h/", "--proxy", "http://p", "--token-file", "t").contains("--user"))
    }
}
