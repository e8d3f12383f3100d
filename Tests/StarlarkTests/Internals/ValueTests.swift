import Testing

@testable import Starlark

@Suite struct ValueTests {
    @Test func `every float is what it was, with or without an object`() throws {
        let evaluation = Evaluation()
        var numbers: [Double] = [
            0, -0.0, 1, -1, 0.1, 1e76, 1e78, -1e78, 1e-77, 1.7272337110188893e-77, Double.leastNonzeroMagnitude,
            .infinity,
        ]
        for _ in 0..<10_000 { numbers.append(Double(bitPattern: UInt64.random(in: .min ... .max))) }
        for number in numbers where !number.isNaN {
            let value = try evaluation.machine.heap.float(number)
            #expect(value.isFloat && !value.isSmall)
            #expect(value.float.bitPattern == number.bitPattern)
        }
    }

    @Test func `small integers keep 63 bits`() {
        for number in [0, 1, -1, Value.smallMax, Value.smallMin, 1 << 40] {
            #expect(Value(smallExactly: number)?.small == number)
        }
        #expect(Value(smallExactly: Value.smallMax + 1) == nil)
        #expect(Value(smallExactly: Value.smallMin - 1) == nil)
    }

    @Test func `bytes are found where a plain search finds them`() {
        for _ in 0..<2_000 {
            let haystack = (0..<Int.random(in: 0..<60)).map { _ in UInt8.random(in: 97...98) }
            let needle = (0..<Int.random(in: 1..<6)).map { _ in UInt8.random(in: 97...98) }
            let expected = haystack.indices.first { haystack[$0...].starts(with: needle) } ?? -1
            haystack.withUnsafeBufferPointer { text in
                needle.withUnsafeBufferPointer { wanted in
                    #expect(ByteCompare.find(wanted, in: text) == expected)
                    #expect(RollingSearch.find(wanted, in: text, from: 0) == expected)
                }
            }
        }
    }
}
