import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct RunLogTests {
    private func drain(_ log: RunLog) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = log.chunk() {
            bytes += chunk
            log.shipped(chunk.count)
        }
        return bytes
    }

    @Test func `chunks are at most 256 KiB, and stay until they are shipped`() {
        let log = RunLog(bytesMax: 10 << 20)
        log.append([UInt8](repeating: 1, count: 300 << 10)[...])
        #expect(log.chunk()?.count == 256 << 10)
        #expect(log.chunk()?.count == 256 << 10)
        log.shipped(256 << 10)
        #expect(log.chunk()?.count == 44 << 10)
    }

    @Test func `a writer waits while nobody ships, and goes on when somebody does`() async throws {
        let log = RunLog(bytesMax: 10 << 20)
        async let written: Void = FunctionThread.run {
            for _ in 0..<30 { log.append([UInt8](repeating: 1, count: 100 << 10)[...]) }
            log.close()
        }
        var bytes = 0
        for await _ in log.signals {
            while let chunk = log.chunk() {
                bytes += chunk.count
                log.shipped(chunk.count)
            }
        }
        await written
        #expect(bytes + drain(log).count == 3000 << 10)
        #expect(log.droppedBytes == 0)
    }

    @Test func `a writer never waits for a log that was abandoned`() {
        let log = RunLog(bytesMax: 10 << 20)
        log.abandon()
        for _ in 0..<30 { log.append([UInt8](repeating: 1, count: 100 << 10)[...]) }
        #expect(log.droppedBytes == 3000 << 10)
    }

    @Test(arguments: [0, 100, 1000, 100_000])
    func `whatever is written, the log stays within its bound and counts what is missing`(bytesMax: Int) {
        let log = RunLog(bytesMax: bytesMax)
        var written: Int64 = 0
        for number in 0..<5000 {
            let line = Array("line \(number)\n".utf8)
            log.append(line[...])
            written += Int64(line.count)
            if number % 100 == 0 { _ = drain(log) }
        }
        log.close()
        #expect(drain(log).count <= max(bytesMax, 128))
        #expect(log.droppedBytes <= written)
    }

    @Test func `the end of a long log is what was written last`() {
        let log = RunLog(bytesMax: 1000)
        for number in 0..<5000 { log.append(line: "line \(number)") }
        log.close()
        let text = String(decoding: drain(log), as: UTF8.self)
        #expect(text.hasPrefix("line 0\nline 1\n"))
        #expect(text.hasSuffix("line 4998\nline 4999\n"))
    }
}
