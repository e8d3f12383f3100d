import Foundation
import Synchronization
import Testing

@testable import Git

@Suite struct `A lock between processes` {
    /// Waits for nothing.
    private func take(_ path: String) throws(GitError) -> FileLock {
        try FileLock(path: path, attemptsMax: 1) { true }
    }

    @Test func `is free again when the one who held it is done`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        for _ in 0..<3 { try take(path).hold { () throws(GitError) in } }
    }

    @Test func `that is held by another closes nobody else's file`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let held = try take(path)
        let bystanders = Bystanders(count: 2)
        for _ in 0..<20_000 {
            let error = #expect(throws: GitError.self) {
                let second = try take(path)
                _ = consume second
            }
            #expect(error?.code == .locked)
        }
        #expect(bystanders.stop() == 0)
        try held.hold { () throws(GitError) in }
    }
}

/// Threads that open files and expect them to stay open until they close them.
private final class Bystanders: Sendable {
    private let isStopped = Atomic(false)
    private let lost = Atomic(0)
    private let group = DispatchGroup()

    init(count: Int) {
        for _ in 0..<count { DispatchQueue.global().async(group: group) { self.run() } }
    }

    private func run() {
        while !isStopped.load(ordering: .relaxed) {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            sched_yield()
            if close(descriptor) != 0 { lost.add(1, ordering: .relaxed) }
        }
    }

    /// How many files were closed by another.
    func stop() -> Int {
        isStopped.store(true, ordering: .relaxed)
        group.wait()
        return lost.load(ordering: .relaxed)
    }
}
