import Foundation

/// Walks over JSON and hands out what its caller asks for; nothing else of it is ever built.
///
/// So a payload of megabytes costs one pass over its bytes. What is passed over is held to be JSON, too, though not to
/// the last letter: a number is any run of the characters that numbers have.
struct JSONWalk {
    /// The text is not JSON, or nested too deeply.
    struct Malformed: Error {
        /// The byte at which it was noticed.
        let offset: Int
        /// Whether it was for the nesting.
        let isTooDeep: Bool
    }

    /// Arrays and objects inside one another; no host's payload has more than ten.
    static let depthMax = 64

    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    private var depth = 0

    /// Walks over the one value that `bytes` are.
    static func over(
        _ bytes: [UInt8], _ walker: (inout JSONWalk) throws(Malformed) -> Void
    ) throws(Malformed) {
        try bytes.withUnsafeBytes { bytes in
            Result { () throws(Malformed) in
                var walk = JSONWalk(bytes: bytes)
                walk.skipSpace()
                try walker(&walk)
                walk.skipSpace()
                guard walk.position == bytes.count else { throw walk.malformed }
            }
        }.get()
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Calls `member` with each key; a value that it does not take is passed over.
    ///
    /// A value that is no object is passed over as a whole.
    mutating func object(
        _ member: (String, inout JSONWalk) throws(Malformed) -> Void
    ) throws(Malformed) {
        guard next == UInt8(ascii: "{") else { return try skip() }
        try enter()
        guard !take(UInt8(ascii: "}")) else { return leave() }
        repeat {
            skipSpace()
            let key = try text()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            skipSpace()
            let start = position
            try member(key, &self)
            if position == start { try skip() }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        leave()
    }

    /// Calls `element` for each element; one that it does not take is passed over.
    ///
    /// A value that is no array is passed over as a whole.
    mutating func array(_ element: (inout JSONWalk) throws(Malformed) -> Void) throws(Malformed) {
        guard next == UInt8(ascii: "[") else { return try skip() }
        try enter()
        guard !take(UInt8(ascii: "]")) else { return leave() }
        repeat {
            skipSpace()
            let start = position
            try element(&self)
            if position == start { try skip() }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed }
        leave()
    }

    /// The value if it is a string; anything else is passed over.
    mutating func string() throws(Malformed) -> String? {
        guard next == UInt8(ascii: "\"") else {
            try skip()
            return nil
        }
        return try text()
    }

    /// The value if it is true or false; anything else is passed over.
    mutating func bool() throws(Malformed) -> Bool? {
        let first = next
        try skip()
        return first == UInt8(ascii: "t") ? true : first == UInt8(ascii: "f") ? false : nil
    }

    /// The value if it is a whole number; anything else is passed over.
    mutating func integer() throws(Malformed) -> Int64? {
        let start = position
        try skip()
        return Int64(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    /// Whether the value is null; it is not passed over.
    var isNull: Bool { next == UInt8(ascii: "n") }

    /// Passes over the value, whatever it is.
    mutating func skip() throws(Malformed) {
        switch next {
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try array { _ throws(Malformed) in }
        case UInt8(ascii: "\""): try skipText()
        case UInt8(ascii: "t"): try skip(word: "true")
        case UInt8(ascii: "f"): try skip(word: "false")
        case UInt8(ascii: "n"): try skip(word: "null")
        default: try skipNumber()
        }
    }
}

extension JSONWalk {
    private var malformed: Malformed { Malformed(offset: position, isTooDeep: false) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func enter() throws(Malformed) {
        guard depth < Self.depthMax else { throw Malformed(offset: position, isTooDeep: true) }
        depth += 1
        position += 1
    }

    private mutating func leave() { depth -= 1 }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipObject() throws(Malformed) {
        try enter()
        guard !take(UInt8(ascii: "}")) else { return leave() }
        repeat {
            skipSpace()
            try skipText()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            skipSpace()
            try skip()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        leave()
    }

    private mutating func skip(word: StaticString) throws(Malformed) {
        let end = position + word.utf8CodeUnitCount
        let isHere = end <= bytes.count && word.withUTF8Buffer { $0.elementsEqual(bytes[position..<end]) }
        guard isHere else { throw malformed }
        position = end
    }

    private mutating func skipNumber() throws(Malformed) {
        let start = position
        loop: while let byte = next {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                position += 1
            default: break loop
            }
        }
        guard position > start else { throw malformed }
    }

    /// Passes over a string, its quotes included.
    private mutating func skipText() throws(Malformed) {
        guard next == UInt8(ascii: "\"") else { throw malformed }
        position += 1
        var quote = offset(of: "\"", before: bytes.count)
        while let end = quote {
            guard let escape = offset(of: "\\", before: end) else {
                position = end + 1
                return
            }
            position = escape + 2
            // Looked for again only when it was an escaped one: each byte is looked at twice at most.
            if position > end { quote = offset(of: "\"", before: bytes.count) }
        }
        position = bytes.count
        throw malformed
    }

    /// Where a byte comes next.
    private func offset(of scalar: Unicode.Scalar, before end: Int) -> Int? {
        guard position < end, let start = bytes.baseAddress else { return nil }
        let found = memchr(start + position, Int32(scalar.value), end - position)
        return found.map { UnsafeRawPointer($0) - start }
    }

    private mutating func text() throws(Malformed) -> String {
        let start = position
        try skipText()
        let inside = bytes[start + 1..<position - 1]
        guard inside.contains(UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
        guard let text = JSONEscapes.resolved(inside) else { throw Malformed(offset: start, isTooDeep: false) }
        return text
    }
}
