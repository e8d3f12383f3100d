import Testing

@testable import Config

@Suite struct GenerationCacheTests {
    @Test func `a cache keeps what is used and forgets the rest within its bound`() {
        var cache = GenerationCache<Int, Int>(countMax: 100)
        for number in 0..<1000 {
            cache.insert(number, for: number)
            _ = cache.value(for: 0)
        }
        #expect(cache.value(for: 0) == 0)
        #expect((0..<1000).count { cache.value(for: $0) != nil } <= 101)
        #expect(cache.value(for: 1) == nil)
    }
}
