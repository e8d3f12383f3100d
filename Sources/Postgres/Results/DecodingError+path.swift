extension DecodingError {
    /// Where in the JSON, such as ", at builds.0.name: a key is missing"; the error itself may quote what stands there.
    var path: String {
        let (context, reason) =
            switch self {
            case .typeMismatch(_, let context): (context, "another type is expected")
            case .valueNotFound(_, let context): (context, "it is null")
            case .keyNotFound(let key, let context): (context, "the key \(key.stringValue) is missing")
            case .dataCorrupted(let context): (context, "it is not valid")
            @unknown default: (Context(codingPath: [], debugDescription: ""), "it is not valid")
            }
        let keys = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return keys.isEmpty ? ": \(reason)" : ", at \(keys.joined(separator: ".")): \(reason)"
    }
}
