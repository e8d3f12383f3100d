import Foundation
import Model
import Testing

@Suite struct SteeringTrailerTests {
    private func commit(_ digit: Character, _ trailers: [(String, String)], message: String = "Go back\n\nbody") throws
        -> ChangeCommit
    {
        ChangeCommit(
            commit: try #require(CommitID(hex: String(repeating: digit, count: 40))), author: "Ann <ann@example.com>",
            committedAt: .distantPast, message: message, trailers: trailers.map { Trailer(token: $0.0, value: $0.1) })
    }

    @Test func `trailers come in the order of commits and of lines, others do not count`() throws {
        let found = SteeringTrailer.all(in: [
            try commit("1", [("Ocuroot-Pin", "api@prod=1"), ("Reviewed-by", "x"), ("ocuroot-unpin", "api@prod")]),
            try commit("2", [("Ocuroot-Pinn", "api@prod=1"), ("Ocuroot-Skip", ""), ("Ocuroot-Hold", "*@prod why")]),
        ])
        #expect(found.map(\.position) == [1, 2, 1, 3])
        #expect(found.map { $0.commit.hex.first } == ["1", "1", "2", "2"])
        #expect(try found[0].order.get().reason == "Go back")
        #expect(try found[3].order.get().reason == "why")
        #expect(throws: SteeringMistake.self) { try found[2].order.get() }
    }

    @Test func `a commit says whether it is to be skipped, and why`() throws {
        #expect(SteeringTrailer.skipReason(of: try commit("1", [("Ocuroot-Skip", "docs")])) == "docs")
        #expect(SteeringTrailer.skipReason(of: try commit("1", [("ocuroot-skip", "")])) == "")
        #expect(SteeringTrailer.skipReason(of: try commit("1", [("Ocuroot-Hold", "api@prod")])) == nil)
    }

    @Test(
        arguments: [
            ("Freeze\n\nOcuroot-Hold: web@prod\n\nOcuroot-Pin: a@b=1\n", "a@b=1", ["Ocuroot-Hold: web@prod"]),
            ("wip\n\nOcuroot-Skip\n", nil, ["Ocuroot-Skip: "]),
            ("ocuroot-unpin: a@b", nil, ["ocuroot-unpin: a@b"]),
            ("pin\r\n\r\nOcuroot-Pin: a@b=1\r\n\r\nthanks\r\n", nil, ["Ocuroot-Pin: a@b=1"]),
            ("t\n\nOcuroot-Pin: a@b=1\nOcuroot-Hold a@b now\n", nil, ["Ocuroot-Pin: a@b=1", "Ocuroot-Hold: a@b now"]),
            ("t\n\nOcuroot-Pin: a@b=1\n\nOcuroot-Pin: a@b=1 why\n  fold\n", "a@b=1 why fold", ["Ocuroot-Pin: a@b=1"]),
            ("ocuroot-cli: fix\n\nOcuroot-Pin trailers work.\n  Ocuroot-Pin: a@b=1\n", nil, []),
        ] as [(String, String?, [String])])
    func `a line that looks like a trailer and is none is told`(message: String, pin: String?, strays: [String]) throws
    {
        let read = pin.map { [("Ocuroot-Pin", $0)] } ?? []
        let found = SteeringTrailer.all(in: [try commit("1", read, message: message)])
        #expect(found.prefix(read.count).allSatisfy { (try? $0.order.get()) != nil })
        let told = found.dropFirst(read.count)
        #expect(told.map { "\($0.trailer.token): \($0.trailer.value)" } == strays)
        #expect(told.allSatisfy { (try? $0.order.get()) == nil })
    }

    @Test func `what exceeds the bounds is told once`() throws {
        let many = [(String, String)](repeating: ("Ocuroot-Hold", "api@prod"), count: 60)
        let found = SteeringTrailer.all(in: [try commit("1", many)])
        #expect(found.count == SteeringTrailer.perCommitMax + 1)
        let full = Array(many.prefix(SteeringTrailer.perCommitMax))
        let push = try (0..<40).map { try commit(Character(String($0 % 10)), full) }
        let all = SteeringTrailer.all(in: push)
        #expect(all.count == SteeringTrailer.perPushMax + 1)
        #expect(throws: SteeringMistake.self) { try all.last?.order.get() }
        let long = String(repeating: "x", count: 10_000)
        let kept = SteeringTrailer.all(in: [try commit("1", [("Ocuroot-Hold", long)])])
        #expect(kept.first.map { $0.trailer.value.utf8.count < 1_000 } == true)
    }

    @Test(
        arguments: [
            ("12", 12, nil, "12"), ("#12", 12, nil, nil), ("b12", nil, nil, "b12"),
            ("1234567", 1_234_567, "1234567", "1234567"),
            ("ABCDEF1", nil, "abcdef1", "ABCDEF1"), ("abcdef", nil, nil, "abcdef"), ("v1.2", nil, nil, "v1.2"),
            ("99999999999999999999", nil, "99999999999999999999", "99999999999999999999"),
        ] as [(String, Int64?, String?, String?)])
    func `a build is named by number, id, alias or commit`(
        text: String, sequence: Int64?, prefix: String?, alias: String?
    ) {
        let reference = BuildReference(text)
        #expect(reference.sequence == sequence)
        #expect(reference.commitPrefix == prefix)
        #expect(reference.alias == alias)
        #expect(reference.id == BuildID(text))
    }

    @Test func `globs become patterns, and what is meant as it stands stays`() {
        #expect(NameGlob("svc/*-?").likePattern == "svc/%-_")
        #expect(NameGlob("a%b_c\\").likePattern == "a\\%b\\_c\\\\")
        #expect(NameGlob("api").isExact && !NameGlob("a?i").isExact)
    }

    @Test func `two choices meet unless both name another thing`() throws {
        let api = try PlacementGlob("api@prod")
        #expect(!api.mayMeet(try PlacementGlob("web@prod")))
        #expect(!api.mayMeet(try PlacementGlob("api@staging")))
        for other in ["w*@prod", "api@dev*", "no*@?"] {
            let glob = try PlacementGlob(other)
            #expect(!api.mayMeet(glob) && !glob.mayMeet(api), "\(other)")
        }
        for other in ["api@prod", "api", "@prod", "a*@prod", "*"] {
            #expect(api.mayMeet(try PlacementGlob(other)), "\(other)")
        }
    }

    @Test func `a restraint says who, where from and why`() throws {
        let hold = Restraint(
            kind: .hold, by: "Ann <ann@example.com>", commit: try commit("1", []).commit, since: .distantPast,
            reason: "frozen")
        #expect(hold.sentence() == "on hold by Ann in commit 111111111111: frozen")
        let pin = Restraint(kind: .pin, by: "ann", commit: nil, since: .distantPast, reason: "")
        #expect(pin.sentence(build: 11) == "pinned to build 11 by ann")
    }

    @Test func `whatever a trailer says, it is read or told, and what is read is written the same`() throws {
        let parts = [
            "api", "@", "=", "//", "/", "*", "?", "#", "12", "b42", " ", "\t", "-", "é", "\u{0}", "\u{202E}",
            "a\u{301}",
            "key=value", "..", "prod", "Ocuroot-Pin", ":", "%", "\\", "9999999999999999999",
        ]
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var readCount = 0
        for _ in 0..<20_000 {
            let value = (0..<random(9)).map { _ in parts[random(parts.count)] }.joined()
            let token = SteeringToken.allCases[random(SteeringToken.allCases.count)]
            do throws(SteeringMistake) {
                guard let order = try SteeringOrder(Trailer(token: token.rawValue, value: value)) else { continue }
                readCount += 1
                let again = try SteeringOrder(order.trailer)
                #expect(again == order, "\(token): \(value)")
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
        #expect(readCount > 2_000)
    }
}
