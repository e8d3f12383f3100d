import Foundation
import Model
import Testing

@Suite struct SteeringReportTests {
    @Test func `a pin in the status report names its build, and null for a command's commit`() throws {
        let commit = try #require(CommitID(hex: "0123456789abcdef0123456789abcdef01234567"))
        let build = StatusReport.BuildSummary(id: BuildID(rawValue: 3), sequence: 1, alias: nil, commit: commit)
        let pin = StatusReport.Pin(
            Restraint(kind: .pin, by: "ann", commit: nil, since: Date(timeIntervalSince1970: 0), reason: "slow"),
            build: build)
        let text = String(decoding: try JSONText.encode(pin), as: UTF8.self)
        #expect(
            text == """
                {"build":{"alias":null,"commit":"0123456789abcdef0123456789abcdef01234567","id":"b3","sequence":1},\
                "by":"ann","commit":null,"reason":"slow","since":"1970-01-01T00:00:00.000Z"}
                """)
        #expect(try JSONText.decode(StatusReport.Pin.self, from: Data(text.utf8)) == pin)
    }
}
