extension StarlarkData {
    /// Reads a value.
    ///
    /// Lists and tuples become lists; dicts with string keys and structs become dicts.
    ///
    /// - Throws: `.evaluation`, naming the part that is no JSON-like value or that nests too deep.
    init(_ value: Value) throws(StarlarkError) {
        var reader = DataReader()
        self = try reader.read(value, path: [])
    }

    /// Counts what it reads, because values may share parts.
    private struct DataReader {
        private var count = 0
        private var byteCount = 0

        mutating func read(_ value: Value, path: [String]) throws(StarlarkError) -> StarlarkData {
            count += 1
            guard path.count <= StarlarkData.depthMax else { throw failure("values nest too deep", []) }
            guard count <= StarlarkData.countMax else { throw failure("too many values", path) }
            switch value.kind {
            case .none: return .none
            case .bool: return .bool(value.isTrue)
            case .integer:
                guard let number = Numbers.integer(value) else { throw failure("integer beyond 64 bits", path) }
                return .int(number)
            case .float: return .float(value.float)
            case .string: return .string(try text(value, path))
            case .list: return .list(try items(value.listItems, path))
            case .tuple: return .list(try items(value.tupleItems, path))
            case .dict: return .dict(try entries(value, path))
            case .structure: return .dict(try fields(value, path))
            default:
                throw failure("\(value.typeName) is no value of None, bool, int, float, string, list or dict", path)
            }
        }

        /// A string, whose copy is counted: one string may stand in a list a million times.
        private mutating func text(_ value: Value, _ path: [String]) throws(StarlarkError) -> String {
            byteCount += value.bytes.count
            guard byteCount <= StarlarkData.bytesMax else { throw failure("too many bytes of text", path) }
            return value.swiftString
        }

        private func failure(_ what: String, _ path: [String]) -> StarlarkError {
            let place = path.isEmpty ? "" : "in \(path.joined()): "
            return StarlarkError(.evaluation, place + what)
        }

        private mutating func items(
            _ items: UnsafeBufferPointer<Value>, _ path: [String]
        ) throws(StarlarkError) -> [StarlarkData] {
            var result: [StarlarkData] = []
            for (index, item) in items.enumerated() { result.append(try read(item, path: path + ["[\(index)]"])) }
            return result
        }

        private mutating func entries(_ value: Value, _ path: [String]) throws(StarlarkError) -> StarlarkDictionary {
            var result = StarlarkDictionary()
            let table = value.dict.pointee.table
            for place in table.firstPlace..<max(table.places, table.firstPlace) {
                let entry = table.entries[place]
                if entry.key.isUnbound { continue }
                guard entry.key.kind == .string else {
                    throw failure("dict has a key of type \(entry.key.typeName), want string", path)
                }
                let key = try text(entry.key, path)
                result[key] = try read(entry.value, path: path + ["[\"\(key)\"]"])
            }
            return result
        }

        private mutating func fields(_ value: Value, _ path: [String]) throws(StarlarkError) -> StarlarkDictionary {
            var result = StarlarkDictionary()
            for (name, item) in zip(value.fieldNames, value.structureItems) {
                let key = name.swiftString
                result[key] = try read(item, path: path + [".\(key)"])
            }
            return result
        }
    }
}
