/// `json.decode`: reads JSON with a stack of its own, however deep it nests.
struct JSONDecoder {
    /// A container that is being read.
    private struct Level: BitwiseCopyable {
        let container: Value
        /// The key whose value is read next.
        var key = Value.unbound
    }

    /// The text is no JSON: where and why.
    struct Failure: Error {
        let offset: Int
        let reason: String
    }

    private let machine: Machine
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var levels: WorkStack<Level>

    /// The value a text stands for, or why it is no JSON.
    static func decode(_ text: Value, _ machine: Machine) throws(StarlarkError) -> Result<Value, Failure> {
        var decoder = JSONDecoder(text, machine)
        defer { decoder.levels.free() }
        try machine.spend(bytes: text.bytes.count)
        return try decoder.run()
    }

    private init(_ text: Value, _ machine: Machine) {
        self.machine = machine
        bytes = text.bytes
        levels = WorkStack(machine)
    }

    /// The next byte that is no space; 0 at the end.
    private mutating func next() -> UInt8 {
        while index < bytes.count, JSONText.isSpace(bytes[index]) { index += 1 }
        return index < bytes.count ? bytes[index] : 0
    }

    private func failure(_ reason: String) -> Failure {
        Failure(offset: index, reason: index < bytes.count ? reason : "unexpected end of file")
    }

    private mutating func run() throws(StarlarkError) -> Result<Value, Failure> {
        while true {
            try machine.spend(1)
            _ = next()
            var value = Value.unbound
            switch try readValue() {
            case .failure(let failure): return .failure(failure)
            case .success(let read): value = read
            }
            if value.isUnbound { continue }
            switch try place(value) {
            case .failure(let failure): return .failure(failure)
            case .success(let isDone):
                guard isDone else { continue }
                _ = next()
                if index == bytes.count { return .success(levels.isEmpty ? root : value) }
                return .failure(failure("unexpected character \(JSONText.shown(bytes, index)) after value"))
            }
        }
    }

    private var root = Value.unbound

    /// Puts a finished value where it belongs and closes the containers that end after it; true at the end.
    private mutating func place(_ value: Value) throws(StarlarkError) -> Result<Bool, Failure> {
        var value = value
        while !levels.isEmpty {
            let level = levels.last
            let container = level.pointee.container
            let isList = container.kind == .list
            if isList {
                try machine.append(value, to: container.list)
            } else if level.pointee.key.isUnbound {
                level.pointee.key = value
                return try readColon()
            } else {
                try machine.insert(level.pointee.key, value, into: container.dict)
                level.pointee.key = .unbound
            }
            let byte = next()
            if byte == UInt8(ascii: ",") {
                index += 1
                return try isList ? .success(false) : readKey()
            }
            guard byte == (isList ? UInt8(ascii: "]") : UInt8(ascii: "}")) else {
                let shown = JSONText.shown(bytes, index)
                let reason = isList ? "got \(shown), want ',' or ']'" : "in object, got \(shown), want ',' or '}'"
                return .failure(failure(reason))
            }
            index += 1
            value = container
            levels.pop()
        }
        root = value
        return .success(true)
    }

    /// Reads an object's key with its colon.
    private mutating func readKey() throws(StarlarkError) -> Result<Bool, Failure> {
        _ = next()
        switch try readValue() {
        case .failure(let failure): return .failure(failure)
        case .success(let key):
            guard key.isObject(.string) else {
                let name = key.isUnbound ? levels.last.pointee.container.typeName : key.typeName
                return .failure(Failure(offset: index, reason: "got \(name) for object key, want string"))
            }
            levels.last.pointee.key = key
            return try readColon()
        }
    }

    private mutating func readColon() throws(StarlarkError) -> Result<Bool, Failure> {
        guard next() == UInt8(ascii: ":") else {
            return .failure(failure("after object key, got \(JSONText.shown(bytes, index)), want ':' "))
        }
        index += 1
        return .success(false)
    }

    /// Reads a value; unbound when a container that is not empty was opened.
    private mutating func readValue() throws(StarlarkError) -> Result<Value, Failure> {
        guard index < bytes.count else { return .failure(failure("")) }
        switch bytes[index] {
        case UInt8(ascii: "\""): return try readString()
        case UInt8(ascii: "["): return try open(Value(machine.heap.list()), until: UInt8(ascii: "]"))
        case UInt8(ascii: "{"): return try open(Value(machine.heap.dict()), until: UInt8(ascii: "}"))
        case UInt8(ascii: "n"): if skip("null") { return .success(.none) }
        case UInt8(ascii: "t"): if skip("true") { return .success(.true) }
        case UInt8(ascii: "f"): if skip("false") { return .success(.false) }
        case UInt8(ascii: "-"), 0x30...0x39: return try readNumber()
        default: break
        }
        return .failure(failure("unexpected character \(JSONText.shown(bytes, index))"))
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        let text = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        let rest = UnsafeBufferPointer(rebasing: bytes[index...])
        guard TextSearch.hasPrefix(rest, text) else { return false }
        index += word.utf8CodeUnitCount
        return true
    }

    private mutating func open(_ container: Value, until last: UInt8) throws(StarlarkError) -> Result<Value, Failure> {
        index += 1
        if next() == last {
            index += 1
            return .success(container)
        }
        try levels.push(Level(container: container))
        if last == UInt8(ascii: "]") { return .success(.unbound) }
        return try readKey().map { _ in .unbound }
    }

    private mutating func readString() throws(StarlarkError) -> Result<Value, Failure> {
        guard let (end, isPlain) = JSONText.stringEnd(bytes, from: index) else {
            return .failure(Failure(offset: index, reason: "unclosed string literal"))
        }
        let text = UnsafeBufferPointer(rebasing: bytes[(index + 1)..<(end - 1)])
        index = end
        if isPlain { return .success(try machine.heap.string(text, isASCII: true)) }
        var builder = try TextBuilder(machine.heap, capacity: text.count)
        defer { builder.discard() }
        if let reason = try JSONText.unquote(text, into: &builder) {
            return .failure(Failure(offset: index, reason: reason))
        }
        return .success(builder.finish())
    }

    private mutating func readNumber() throws(StarlarkError) -> Result<Value, Failure> {
        let start = index
        index += 1
        var isFloat = false
        scan: while index < bytes.count {
            switch bytes[index] {
            case 0x30...0x39: break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                isFloat = true
            default: break scan
            }
            index += 1
        }
        let isNegative = bytes[start] == UInt8(ascii: "-")
        let digits = UnsafeBufferPointer(rebasing: bytes[(isNegative ? start + 1 : start)..<index])
        let text = String(decoding: bytes[start..<min(index, start + 400)], as: UTF8.self)
        let invalid = Failure(offset: index, reason: "invalid number: \(text)")
        guard let first = digits.first, first >= 0x30, first <= 0x39 else { return .failure(invalid) }
        if digits.count > 1, first == 0x30, digits[1] >= 0x30, digits[1] <= 0x39 { return .failure(invalid) }
        if isFloat {
            guard FloatText.isDecimal(digits), index - start <= 400, let number = Double(text), number.isFinite else {
                return .failure(invalid)
            }
            return .success(try machine.heap.float(number))
        }
        if digits.count <= 18, let number = Int(text) { return .success(try machine.heap.integer(number)) }
        return .success(
            try IntegerText.value(ofDigits: digits, radix: 10, isNegative: isNegative, machine))
    }
}
