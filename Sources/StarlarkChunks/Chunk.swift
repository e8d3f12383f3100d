import Starlark

/// A part of a test file: a program of its own, and the errors it promises.
struct Chunk: Sendable {
    /// The line of the file at which it begins, counted from 1.
    let line: Int
    /// The program, with empty lines before it so that its lines have the numbers they have in the file.
    let bytes: [UInt8]
    /// What it promises, in order.
    let expectations: [ChunkExpectation]
    /// What it may use, from comments such as `# option:while`.
    let dialect: DialectOptions

    /// The names other implementations' test files give to options.
    private static let aliases: [String: DialectOptions.Feature] = [
        "toplevelcontrol": .topLevelControl, "globalreassign": .globalReassignment,
        "loadbindsglobally": .loadBindsGlobally,
    ]

    /// Reads a chunk from its lines.
    init(lines: ArraySlice<ArraySlice<UInt8>>, line: Int) throws(ChunkSyntaxError) {
        self.line = line
        bytes = [UInt8](repeating: 0x0A, count: line - 1) + lines.joined(separator: [0x0A])
        var expectations: [ChunkExpectation] = []
        var dialect = DialectOptions()
        for (offset, lineBytes) in lines.enumerated() where lineBytes.contains(UInt8(ascii: "#")) {
            let text = String(decoding: lineBytes, as: UTF8.self)
            if let expectation = try ChunkExpectation(lineText: text, line: line + offset) {
                expectations.append(expectation)
            }
            for name in Chunk.options(in: text) {
                if let feature = try Chunk.feature(name, line: line + offset) { dialect.enable(feature) }
            }
        }
        self.expectations = expectations
        self.dialect = dialect
    }

    /// The names after each `option:` of a comment.
    private static func options(in text: String) -> [String] {
        guard let mark = text.firstIndex(of: "#") else { return [] }
        return text[mark...].split(separator: " ").compactMap { word in
            guard let range = word.firstRange(of: "option:") else { return nil }
            return String(word[range.upperBound...])
        }
    }

    private static func feature(_ name: String, line: Int) throws(ChunkSyntaxError) -> DialectOptions.Feature? {
        if let alias = aliases[name] { return alias }
        // An option of the Go implementation; sets are no option here.
        if name == "set" { return nil }
        if let feature = DialectOptions.Feature(rawValue: name) { return feature }
        throw ChunkSyntaxError(line: line, reason: "there is no option \(name)")
    }
}
