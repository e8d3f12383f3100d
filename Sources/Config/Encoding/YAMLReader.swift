import Model
import Starlark
import Yams

/// Reads one YAML document: plain scalars as the core schema of YAML 1.2 has them, with anchors and merge keys.
///
/// What aliases stand for is counted each time, so that a few lines cannot stand for more than ``nodesMax`` values.
struct YAMLReader {
    /// How many values a document may stand for, aliases followed.
    static let nodesMax = 200_000
    /// How deep values may nest.
    static let depthMax = 500

    private typealias Entry = (key: String, value: StarlarkData)
    private var nodes = 0

    /// Reads a document; an empty text is null.
    static func decode(_ text: String) throws(EncodingFailure) -> StarlarkData {
        guard !YAMLKeyScan.hasAliasInKey(text) else {
            throw EncodingFailure("YAML: an alias must not stand in a mapping key")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw EncodingFailure("YAML: \(sentence(error))")
        }
        guard let root else { return .none }
        var reader = YAMLReader()
        return try reader.value(root, depth: 0)
    }

    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? YamlError else { return "\(error)" }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return "line \(mark.line), column \(mark.column): \(problem)"
        case .reader(let problem, _, _, _): return problem
        case .duplicatedKeysInMapping(let names, let context):
            return "line \(context.mark.line): the key \(Suggestion.list(names)) stands there twice"
        default: return "cannot be read"
        }
    }

    private mutating func value(_ node: Node, depth: Int) throws(EncodingFailure) -> StarlarkData {
        nodes += 1
        guard nodes <= Self.nodesMax else {
            throw EncodingFailure("YAML: the document stands for more than \(Self.nodesMax) values")
        }
        guard depth <= Self.depthMax else {
            throw EncodingFailure("YAML: nested deeper than \(Self.depthMax)")
        }
        switch node {
        case .scalar(let scalar): return try YAMLScalar.value(scalar)
        case .sequence(let sequence):
            var elements: [StarlarkData] = []
            for element in sequence { elements.append(try value(element, depth: depth + 1)) }
            return .list(elements)
        case .mapping(let mapping): return .dict(try pairs(mapping, depth: depth))
        case .alias: throw EncodingFailure("YAML: an alias names no anchor")
        }
    }

    /// The mapping's own entries in order, and behind them what its merge keys add.
    private mutating func pairs(_ mapping: Node.Mapping, depth: Int) throws(EncodingFailure) -> StarlarkDictionary {
        var pairs = StarlarkDictionary()
        var merged: [Node] = []
        for (key, node) in mapping {
            guard case .scalar(let scalar) = key else {
                throw EncodingFailure("YAML: a mapping key must be a scalar\(place(key))")
            }
            if scalar.string == "<<", scalar.style == .plain {
                merged.append(node)
                continue
            }
            guard pairs[scalar.string] == nil else {
                throw EncodingFailure("YAML: the key '\(scalar.string)' stands there twice\(place(key))")
            }
            pairs[scalar.string] = try value(node, depth: depth + 1)
        }
        for node in merged {
            for pair in try merge(node, depth: depth) where pairs[pair.key] == nil { pairs[pair.key] = pair.value }
        }
        return pairs
    }

    private mutating func merge(_ node: Node, depth: Int) throws(EncodingFailure) -> [Entry] {
        guard depth <= Self.depthMax else {
            throw EncodingFailure("YAML: nested deeper than \(Self.depthMax)")
        }
        switch node {
        case .mapping(let mapping): return try pairs(mapping, depth: depth + 1).entries
        case .sequence(let sequence):
            var pairs: [Entry] = []
            for element in sequence { pairs += try merge(element, depth: depth + 1) }
            return pairs
        default: throw EncodingFailure("YAML: '<<' must name a mapping or a list of mappings\(place(node))")
        }
    }

    private func place(_ node: Node) -> String {
        node.mark.map { " (line \($0.line), column \($0.column))" } ?? ""
    }
}
