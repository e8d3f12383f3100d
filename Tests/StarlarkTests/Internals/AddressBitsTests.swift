import Testing

@testable import Starlark

@Suite struct AddressBitsTests {
    @Test func `ranges of addresses set the bits of all their words and no others`() {
        let bytes = 6_000
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes + 64, alignment: 8)
        let words = UnsafeMutablePointer<UInt>.allocate(capacity: AddressBits.countMax(bytes: bytes))
        defer {
            memory.deallocate()
            words.deallocate()
        }
        for _ in 0..<500 {
            words.update(repeating: 0, count: AddressBits.countMax(bytes: bytes))
            let base = UInt(bitPattern: memory) + 8 * UInt.random(in: 0..<8)
            let bits = AddressBits(UnsafeMutableRawPointer(words), from: base)
            var expected: Set<UInt> = []
            for _ in 0..<4 {
                let start = UInt.random(in: 0..<UInt(bytes))
                let end = UInt.random(in: start...min(UInt(bytes), start + [4, 600, 6_000].randomElement(or: 8)))
                bits.insert(from: base + start, to: base + end)
                if start < end { expected.formUnion(start / 8...(end - 1) / 8) }
            }
            let single = UInt.random(in: 0..<UInt(bytes) / 8)
            bits.insert(base + single * 8)
            expected.insert(single)
            if let removed = expected.first {
                bits.remove(base + removed * 8)
                expected.remove(removed)
            }
            let found = (0..<UInt(bytes) / 8).filter { bits.contains(base + $0 * 8) }
            #expect(Set(found) == expected)
        }
    }

    @Test func `the free runs of a chunk are what nothing in use covers`() {
        for _ in 0..<200 {
            let bytes = 8 * Int.random(in: 100..<1_000)
            let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
            let chunk = HeapChunk.start(memory, bytes: bytes)
            let words = UnsafeMutablePointer<UInt>.allocate(capacity: AddressBits.countMax(bytes: bytes))
            words.initialize(repeating: 0, count: AddressBits.countMax(bytes: bytes))
            defer {
                memory.deallocate()
                words.deallocate()
            }
            let live = AddressBits(UnsafeMutableRawPointer(words), from: UInt(bitPattern: memory))
            let region = HeapRegion(chunk, live: live)
            var free = Set(stride(from: region.room.lowerBound, to: region.room.upperBound, by: 8))
            for _ in 0..<Int.random(in: 0..<20) {
                let start = region.room.lowerBound + 8 * UInt.random(in: 0..<UInt(region.room.count) / 8)
                let end = min(start + UInt.random(in: 1..<700), region.room.upperBound)
                #expect(region.keep(start, bytes: Int(end - start)) == Int(end - start))
                free.subtract(stride(from: start, to: end, by: 8))
            }
            var runs: [Range<UInt>] = []
            region.eachFreeRun { runs.append($0) }
            #expect(Set(runs.flatMap { stride(from: $0.lowerBound, to: $0.upperBound, by: 8) }) == free)
            #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            #expect(region.isFree == (free.count == region.room.count / 8))
        }
    }
}

extension Array {
    fileprivate func randomElement(or fallback: Element) -> Element { randomElement() ?? fallback }
}
