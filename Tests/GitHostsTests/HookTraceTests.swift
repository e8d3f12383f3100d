import Testing

@testable import GitHosts

@Suite struct `Among the webhooks that a host lists` {
    private static let now = "https://ci.example.com/webhooks/github/o1"
    private static let before = "https://old.example.com/webhooks/github/o1"
    private static let elsewhere = "https://staging.example.com/webhooks/github/o1"

    /// The ids of ours among webhooks with these addresses, which are numbered from 0.
    private func own(_ trace: HookTrace, _ addresses: String...) -> [String] {
        trace.own(among: addresses.enumerated().map { ListedHook(id: "\($0)", url: $1) }).map(\.id)
    }

    @Test func `ours has our address, or one that it was told before`() {
        let trace = HookTrace(address: Self.now, formerAddresses: [Self.before, Self.now])
        #expect(own(trace, Self.elsewhere, Self.before) == ["1"])
        #expect(own(trace, Self.before, Self.now) == ["1", "0"])
        #expect(own(trace, Self.elsewhere, "https://x/").isEmpty)
    }

    @Test func `that of another server with the same path is not ours`() {
        #expect(own(HookTrace(address: Self.now), Self.elsewhere).isEmpty)
        let trace = HookTrace(address: Self.now, formerAddresses: [Self.before], id: "1")
        // The host that was ours is another server's now, and ours is known by its id.
        #expect(own(trace, Self.before, "https://moved.example.com/webhooks/github/o1") == ["1"])
    }

    @Test func `the one that is called as ours was is ours only if its path is`() {
        let trace = HookTrace(address: Self.now, formerAddresses: [Self.before], id: "0")
        #expect(own(trace, Self.elsewhere) == ["0"])
        for other in [
            "https://a/webhooks/github/o10", "https://a/webhooks/github/o1/", "https://a/webhooks/github/o1?x",
            "https://a/x/webhooks/github/o1", "https://a/webhooks/gitlab/o1", "https://a/webhooks/github/o1#",
            "https://a/?/webhooks/github/o1", "ftp://a/webhooks/github/o1", "/webhooks/github/o1", "",
            "https://a/webhooks/github/o1\u{301}", "https://a/webhoo\u{212A}s/github/o1",
        ] {
            #expect(own(trace, other).isEmpty, "\(other)")
            let unknown = HookTrace(address: Self.now, hasUnknownAddresses: true)
            #expect(own(unknown, other).isEmpty, "\(other)")
        }
    }

    @Test func `where not all addresses were noted the only one with our path is ours, unless one has our address`() {
        let trace = HookTrace(address: Self.now, hasUnknownAddresses: true)
        #expect(own(trace, "https://x/", Self.before) == ["1"])
        #expect(own(trace, Self.before, Self.elsewhere).isEmpty)
        #expect(own(trace, Self.before, Self.now) == ["1"])
    }

    @Test func `of what others wrote as an address neither a password nor a book is shown`() {
        let path = "/webhooks/github/o1"
        func shown(_ url: String) -> String { ListedHook(id: "1", url: url).shown }
        #expect(shown("https://ada:hunter2@x\u{1B}[31m" + path) == "https://ada:***@x [31m" + path)
        let secret = String(repeating: "hunter2", count: 1000)
        #expect(shown("https://ada:\(secret)@x" + path) == "https://ada:***@x" + path)
        let accents = shown("https://x" + String(repeating: "\u{301}", count: 100_000) + path)
        #expect(accents.unicodeScalars.count == 501 && accents.hasSuffix("…"))
    }

    @Test func `what only looks like our address is another one`() {
        let address = "https://ci.example.com/K/webhooks/github/o1"
        let alike = "https://ci.example.com/\u{212A}/webhooks/github/o1"
        #expect(address == alike)
        #expect(own(HookTrace(address: address, formerAddresses: [address], id: "0"), alike).isEmpty)
    }
}
