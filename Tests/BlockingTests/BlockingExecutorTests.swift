import Blocking
import Dispatch
import Foundation
import Synchronization
import Testing

@Suite struct BlockingExecutorTests {
    private actor Owner {
        private let executor = BlockingExecutor(label: "test")
        private var active = 0
        private(set) var activeMax = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        /// Blocks its thread, as a C library does, until the semaphore is signalled or ten seconds have passed.
        func block(on semaphore: DispatchSemaphore) -> DispatchTimeoutResult {
            semaphore.wait(timeout: .now() + 10)
        }

        func overlap() {
            active += 1
            activeMax = max(activeMax, active)
            usleep(1_000)
            active -= 1
        }

        func isIsolatedInNestedCall() -> Bool {
            preconditionIsolated()
            return true
        }
    }

    @Test func `actors that block leave Swift's own threads free, however many block`() async {
        let semaphores = (0..<32).map { _ in DispatchSemaphore(value: 0) }
        await withTaskGroup(of: DispatchTimeoutResult.self) { group in
            for semaphore in semaphores {
                let owner = Owner()
                group.addTask { await owner.block(on: semaphore) }
            }
            // Runs on the cooperative pool, which has fewer threads than there are blocked actors.
            for semaphore in semaphores { semaphore.signal() }
            for await result in group { #expect(result == .success) }
        }
    }

    @Test func `calls of one actor never overlap`() async {
        let owner = Owner()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await owner.overlap() } }
        }
        #expect(await owner.activeMax == 1)
    }

    @Test func `a call knows that it runs on its actor`() async {
        #expect(await Owner().isIsolatedInNestedCall())
    }
}
