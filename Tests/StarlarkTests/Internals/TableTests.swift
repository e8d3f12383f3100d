import Testing

@testable import Starlark

@Suite struct TableTests {
    @Test func `a table agrees with a plain dictionary through insertions and deletions`() throws {
        let evaluation = Evaluation()
        let machine = evaluation.machine
        let dict = try machine.heap.dict()
        var expected: [Int: Int] = [:]
        var order: [Int] = []
        var generator = SystemRandomNumberGenerator()
        for step in 0..<50_000 {
            let key = Int.random(in: 0..<2_000, using: &generator) << Int.random(in: 0..<3, using: &generator)
            let value = Value(small: key)
            let place = try machine.place(of: value, in: dict)
            #expect((place >= 0) == (expected[key] != nil))
            if step % 3 == 0, place >= 0 {
                dict.pointee.table.remove(at: place)
                expected[key] = nil
                order.removeAll { $0 == key }
            } else {
                if expected.updateValue(step, forKey: key) == nil { order.append(key) }
                try machine.insert(value, Value(small: step), into: dict)
            }
        }
        let table = dict.pointee.table
        let live = (table.firstPlace..<table.places).map { table.entries[$0] }.filter { !$0.key.isUnbound }
        #expect(live.map(\.key.small) == order)
        #expect(live.allSatisfy { expected[$0.key.small] == $0.value.small })
        #expect(table.count == expected.count)
    }

    @Test func `a table that was large and has few keys left keeps them apart and in order`() throws {
        let evaluation = Evaluation()
        let machine = evaluation.machine
        let dict = try machine.heap.dict()
        var expected: [Int] = []
        var next = 0
        for size in [1_000, 3, 200, 1, 5_000, 0, 40, 7] {
            while expected.count < size {
                try machine.insert(Value(small: next), Value(small: -next), into: dict)
                expected.append(next)
                next += 1
            }
            while expected.count > size {
                let key = expected.remove(at: (next * 7919) % expected.count)
                let place = try machine.place(of: Value(small: key), in: dict)
                dict.pointee.table.remove(at: place)
                #expect(try machine.place(of: Value(small: key), in: dict) < 0)
                next += 1
            }
            let table = dict.pointee.table
            let live = (table.firstPlace..<max(table.firstPlace, table.places)).map { table.entries[$0] }
                .filter { !$0.key.isUnbound }
            #expect(live.map(\.key.small) == expected)
            #expect(table.places <= max(32, 8 * size + 8))
            for key in expected { #expect(try machine.lookUp(Value(small: key), in: dict).small == -key) }
        }
    }

    @Test func `a table without memory for a larger index goes on with the one it has`() throws {
        let evaluation = Evaluation(.init(limits: .init(bytesMax: 100_000)))
        let machine = evaluation.machine
        let dict = try machine.heap.dict()
        var count = 0
        let error = #expect(throws: StarlarkError.self) {
            while true {
                try machine.insert(Value(small: count), .none, into: dict)
                count += 1
            }
        }
        #expect(error?.code == .memoryLimit)
        machine.heap.state.pointee.limit = .max
        for key in count..<(count + 10_000) { try machine.insert(Value(small: key), .none, into: dict) }
        for key in 0..<(count + 10_000) { #expect(try machine.place(of: Value(small: key), in: dict) == key) }
    }

    @Test func `taking the first entry again and again takes linear time`() throws {
        let evaluation = Evaluation()
        let dict = try evaluation.machine.heap.dict()
        for number in 0..<200_000 { try evaluation.machine.insert(Value(small: number), .none, into: dict) }
        for number in 0..<200_000 {
            let place = dict.pointee.table.firstPlace
            #expect(dict.pointee.table.entries[place].key.small == number)
            dict.pointee.table.remove(at: place)
        }
        #expect(dict.pointee.table.count == 0)
    }
}
