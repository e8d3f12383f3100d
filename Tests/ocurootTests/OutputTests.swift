import Foundation
import Logging
import Model
import Server
import Store
import Testing

@testable import ocuroot

@Suite struct OutputTests {
    private func element(
        _ package: PackageName, repo: RepoName = "shop", reason: String = ""
    ) throws -> StatusReport.Element {
        let commit = try #require(CommitID(hex: String(repeating: "a", count: 40)))
        let build = StatusReport.BuildSummary(id: BuildID(rawValue: 1), sequence: 2, alias: "v2", commit: commit)
        return .init(
            repo: repo, package: package, environment: "prod", state: .waiting, reason: reason,
            target: .init(build: build, since: Date()), deployed: nil)
    }

    @Test func `the status table shows one line a placement`() throws {
        let report = StatusReport(at: Date(), packages: [try element("api", reason: "not yet\nbacktrace")])
        #expect(
            StatusTable.table(of: report).lines() == [
                "PACKAGE  ENVIRONMENT  STATE    DEPLOYED  TARGET       REASON",
                "api      prod         waiting  -         v2 aaaaaaaa  not yet",
            ])
    }

    @Test func `a build with a patch is not shown as its commit alone`() throws {
        let report = StatusReport(at: Date(), packages: [try element("api")])
        let line = StatusTable.table(of: report, patched: [BuildID(rawValue: 1)]).lines()[1]
        #expect(line.hasSuffix("v2 aaaaaaaa+patch"))
        #expect(!StatusTable.table(of: report, patched: [BuildID(rawValue: 2)]).lines()[1].contains("+patch"))
    }

    @Test func `the table's reason holds the cause, or says where it is`() throws {
        func line(_ reason: String) throws -> String {
            let report = StatusReport(at: Date(), packages: [try element("api", reason: reason)])
            return StatusTable.table(of: report).lines()[1]
        }
        #expect(try line("`make` exited with 2:\ncc x.c\nx.c: no such file\n").hasSuffix("2: x.c: no such file"))
        #expect(try line("`make` exited with 2:").hasSuffix("with 2: see 'ocuroot log api@prod'"))
    }

    @Test func `a delivery says that a patch went along`() throws {
        let clean = try delivery(.succeeded).change
        #expect(DeliveryOutput.heading(of: clean) == ["c1 \(clean.commit.short) is delivered"])
        let patch = ChangePatch(hash: "ff", description: "1 changed, 1 added")
        let patched = try delivery(.succeeded, patch: patch).change
        #expect(DeliveryOutput.heading(of: patched).last == "with an uncommitted patch: 1 changed, 1 added")
    }

    @Test func `a refused removal names the command's own options`() {
        let problem = Problem(
            status: 409, code: "still_deployed", detail: "shop: api is deployed in dev", hint: "mode=destroy")
        let error = CommandError(problem: problem, ServerAddress(url: "http://127.0.0.1:1", apiKey: "k"))
        #expect(error.message == "shop: api is deployed in dev")
        #expect(error.hint.contains("--destroy") && error.hint.contains("--orphan") && !error.hint.contains("mode="))
    }

    @Test func `what is not well is indented, its later lines too`() {
        #expect(SettlementVerdict.lines(notWell: []) == [])
        #expect(SettlementVerdict.lines(notWell: ["a\nb"]) == ["not well:", "  a\n    b"])
    }

    @Test func `an error is logged as its sentence`() {
        let error = CommandError("cannot write x", hint: "y")
        #expect("\(error)" == "cannot write x")
        #expect("\(error as any Error)" == "cannot write x")
    }

    @Test func `several repos get a column`() throws {
        let report = StatusReport(
            at: Date(), packages: [try element("api"), try element("api", repo: "bakery")])
        #expect(StatusTable.table(of: report).lines()[0].hasPrefix("REPO"))
    }

    private func delivery(_ state: Run.State, patch: ChangePatch? = nil) throws -> ChangeReport {
        let commit = try #require(CommitID(hex: String(repeating: "a", count: 40)))
        let change = Change(
            id: ChangeID(rawValue: 1), repo: RepoID(rawValue: 1), ref: "refs/heads/main", sequence: 1, commit: commit,
            previous: nil, patch: patch, message: "", author: "", state: .delivered, error: nil, createdAt: Date())
        let run = Run(
            id: RunID(rawValue: 1), kind: .build, repo: change.repo, build: BuildID(rawValue: 1), deployment: nil,
            state: state, attempt: 1, error: nil, createdAt: Date(), startedAt: nil, finishedAt: nil)
        let listing = RunListing(
            run: run, repo: "shop", package: "api", environment: nil, change: change.id, buildSequence: 1,
            commit: commit, holder: nil, logBytes: 0, logBytesDropped: 0, logError: nil)
        return ChangeReport(change: change, runs: [listing], steering: [])
    }

    @Test func `a delivery whose build was superseded is not done`() throws {
        #expect(DeliveryOutput.status(of: try delivery(.succeeded), isWaiting: true) == .done)
        #expect(DeliveryOutput.status(of: try delivery(.canceled), isWaiting: true) == .failed)
        #expect(DeliveryOutput.status(of: try delivery(.canceled), isWaiting: false) == .done)
        #expect(DeliveryOutput.status(of: try delivery(.running), isWaiting: true) == .timedOut)
    }

    @Test func `a server that cannot answer right now says why in its own words`() throws {
        let problem = Problem(status: 503, code: "database_unavailable", detail: "the database is away", hint: "wait")
        let address = ServerAddress(url: "http://127.0.0.1:1", apiKey: nil)
        let error = UnreachableServer(address: address, cause: problem).asCommandError
        #expect(error.message == "the server at http://127.0.0.1:1 cannot answer: the database is away")
        #expect(error.hint == "wait")
    }

    @Test func `waiting ends with 0, 1 or 3`() {
        let well = Settlement(isSettled: true, failures: [], unfinished: [])
        #expect(SettlementVerdict(well).status == .done)
        let failed = SettlementVerdict(Settlement(isSettled: true, failures: ["api@prod failed"], unfinished: []))
        #expect(failed.status == .failed)
        #expect(failed.lines.contains("  api@prod failed"))
        let late = SettlementVerdict(Settlement(isSettled: false, failures: [], unfinished: ["api is building"]))
        #expect(late.status == .timedOut)
        #expect(late.lines.contains("  api is building"))
    }

    @Test func `a log entry is one line whatever it holds`() {
        let line = LineLogHandler.line(
            time: Date(timeIntervalSince1970: 0), level: .warning, label: "sync", message: "two\nlines",
            facts: ["key": "l9", "error": "a \"quoted\"\ntext"], format: .text)
        #expect(
            line == """
                1970-01-01T00:00:00.000Z warning  sync: two | lines error="a 'quoted' | text" key=l9
                """)
    }

    @Test func `no value of a log entry ends early`() {
        let line = LineLogHandler.line(
            time: Date(timeIntervalSince1970: 0), level: .info, label: "up", message: "m",
            facts: ["a": "x\"\u{301} b=c", "d": "e=\u{301}f"], format: .text)
        #expect(line.hasSuffix("up: m a=\"x'\u{301} b=c\" d=\"e=\u{301}f\""))
    }

    @Test func `a log entry is a JSON object when asked for`() throws {
        let line = LineLogHandler.line(
            time: Date(timeIntervalSince1970: 0), level: .info, label: "up", message: "hello", facts: ["n": "1"],
            format: .json)
        let fields = try JSONText.decode([String: String].self, from: Data(line.utf8))
        #expect(fields["message"] == "hello")
        #expect(fields["n"] == "1")
        #expect(fields["level"] == "info")
    }
}
