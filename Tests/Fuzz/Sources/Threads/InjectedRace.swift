import Glibc

/// What the thread sanitizer must report: two threads that write the same number and do not wait for each other.
enum InjectedRace {
    static func run() throws {
        let number = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        number.initialize(to: 0)
        var threads: [pthread_t] = []
        for _ in 0..<2 {
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { InjectedRace.add($0) }, number)
            guard status == 0 else { Threads.fail("pthread_create: \(status)") }
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
        print("threads: \(number.pointee)")
        number.deallocate()
    }

    private static func add(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let number = argument?.assumingMemoryBound(to: Int.self) else { return nil }
        for _ in 0..<1000 {
            number.pointee += 1
            // Neither thread is done before the other begins, and the additions cannot become one.
            sched_yield()
        }
        return nil
    }
}
