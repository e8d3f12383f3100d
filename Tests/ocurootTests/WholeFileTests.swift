import Foundation
import Testing

@testable import ocuroot

@Suite struct WholeFileTests {
    @Test func `writes of one file at once each succeed, and one of them is kept whole`() async throws {
        let directory = NSTemporaryDirectory() + "ocuroot-whole-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/server.json"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let data = Data(repeating: UInt8(writer), count: 10_000)
                    for _ in 0..<50 { try WholeFile.write(data, to: path, permissions: 0o644) }
                }
            }
            try await group.waitForAll()
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.count == 10_000 && Set(bytes).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["server.json"])
    }
}
