/// An iterable over the parts of a string or bytes.
struct ViewObject {
    let header: ObjectHeader
    let source: Value
    let part: Part

    enum Part: Int {
        /// One-byte strings.
        case elements
        /// The bytes as integers.
        case elementOrdinals
        /// One-code-point strings.
        case codepoints
        /// The code points as integers.
        case codepointOrdinals
    }
}

extension ViewObject {
    var typeName: String {
        let base = source.kind == .bytes ? "bytes" : "string"
        return switch part {
        case .elements, .elementOrdinals: "\(base).elems"
        case .codepoints, .codepointOrdinals: "\(base).codepoints"
        }
    }
}

extension ViewObject {
    /// The part that starts at a byte offset before the end, and its length in bytes.
    func element(at offset: Int, _ allocator: Allocator) throws(StarlarkError) -> (Value, count: Int) {
        let bytes = source.bytes
        switch part {
        case .elements: return (allocator.state.pointee.singles[Int(bytes[offset])], 1)
        case .elementOrdinals: return (Value(small: Int(bytes[offset])), 1)
        case .codepoints, .codepointOrdinals:
            let (scalar, count) = UTF8Scan.scalar(bytes, at: offset)
            if part == .codepointOrdinals { return (Value(small: Int(scalar)), count) }
            if count == 1, scalar == UTF8Scan.replacement { return (try allocator.string("\u{FFFD}"), 1) }
            return (try allocator.string(UnsafeBufferPointer(rebasing: bytes[offset..<(offset + count)])), count)
        }
    }
}

extension ViewObject {
    /// Whether it has a length and an index: the bytes of a string.
    var isIndexable: Bool {
        source.kind == .string && (part == .elements || part == .elementOrdinals)
    }

    /// The method that makes it, for `repr`.
    var methodName: StaticString {
        switch part {
        case .elementOrdinals where source.kind == .bytes: ".elems()"
        case .elements: ".elems()"
        case .elementOrdinals: ".elem_ords()"
        case .codepoints: ".codepoints()"
        case .codepointOrdinals: ".codepoint_ords()"
        }
    }
}
