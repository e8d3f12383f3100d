/// A file of tests: Starlark programs separated by `---` lines, which test themselves with assertions and promise
/// errors with `### pattern` at the end of lines.
///
/// It takes the files of the public suites as they are and tells by itself how each is meant.
public struct ChunkFile: Sendable {
    /// How far a file's chunks are taken.
    enum Stage: Sendable {
        /// Scanned and parsed: files of a folder `syntax`.
        case parse
        /// Names resolved, too: files of a folder `resolve`.
        case resolve
        /// Compiled and run: all others.
        case run
    }

    /// Whose assertions a file uses.
    enum Format: Sendable {
        /// Those of the Go implementation: they are loaded from `assert.star`, and patterns stand in quotes.
        case go
        /// Those of the specification's suite and the Java implementation: they are predeclared, patterns are bare.
        case specification
    }

    /// Where it was read.
    public let path: String
    let stage: Stage
    let format: Format
    let chunks: [Chunk]
    /// The file is wrong at a place: none of it can be trusted.
    let mistake: ChunkSyntaxError?
    /// Why the file is left out; nil for a file that is not.
    let omission: String?

    /// Reads a file's text.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        let folders = path.split(separator: "/").dropLast()
        stage = folders.contains("syntax") ? .parse : folders.contains("resolve") ? .resolve : .run
        let text = String(decoding: bytes, as: UTF8.self)
        format = ChunkFile.loads("assert.star", text) ? .go : .specification
        omission = ChunkFile.loads("proto.star", text) ? "there are no protocol buffers here" : nil
        do throws(ChunkSyntaxError) {
            chunks = try ChunkFile.split(bytes)
            mistake = nil
        } catch {
            chunks = []
            mistake = error
        }
    }

    /// Whether a line of the text begins with a load of a module.
    private static func loads(_ module: String, _ text: String) -> Bool {
        ["\"", "'"].contains { quote in
            let statement = "load(\(quote)\(module)\(quote)"
            return text.hasPrefix(statement) || text.contains("\n" + statement)
        }
    }

    private static func split(_ bytes: [UInt8]) throws(ChunkSyntaxError) -> [Chunk] {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        var chunks: [Chunk] = []
        var first = 0
        for index in lines.indices where lines[index].elementsEqual("---".utf8) {
            chunks.append(try Chunk(lines: lines[first..<index], line: first + 1))
            first = index + 1
        }
        chunks.append(try Chunk(lines: lines[first...], line: first + 1))
        return chunks
    }
}
