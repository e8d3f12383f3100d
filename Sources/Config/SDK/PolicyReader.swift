import Model
import Starlark

/// Reads the records that the functions of ``PolicyModule`` return.
enum PolicyReader {
    /// How much of a message is kept.
    private static let messageBytesMax = 4000

    /// The answer that a policy returned.
    static func answer(_ value: ValueReference) throws(SDKFailure) -> PolicyAnswer {
        switch value.typeName {
        case "ready": return .ready(inputs: try inputs(value), validAfterSeconds: seconds(value))
        case "later":
            return .later(message: String((value.attribute("msg")?.string ?? "").prefix(bytesMax: messageBytesMax)))
        case "skip": return .skip
        case "NoneType":
            throw SDKFailure("the policy returned None: it must return ready(…), later(…) or skip()")
        default:
            throw SDKFailure(
                "the policy returned a value of type \(value.typeName): "
                    + "it must return ready(…), later(…) or skip()")
        }
    }

    /// Where one input comes from.
    static func input(_ value: ValueReference, name: String) throws(SDKFailure) -> InputSource {
        switch value.typeName {
        case "dependency":
            return .output(
                OutputReference(
                    repo: value.attribute("repo_id")?.string.map { RepoName($0) },
                    package: PackageName(value.attribute("package")?.string ?? ""),
                    environment: value.attribute("environment")?.string.map { EnvironmentName($0) },
                    output: value.attribute("output")?.string))
        case "static":
            guard let content = value.attribute("value") else { return .value(.null) }
            return try plain(content, name: name)
        default: return try plain(value, name: name)
        }
    }

    private static func plain(_ value: ValueReference, name: String) throws(SDKFailure) -> InputSource {
        do {
            return .value(try JSONConversion.json(value, path: "input '\(name)'"))
        } catch {
            throw SDKFailure("\(error.cause)")
        }
    }

    private static func inputs(_ value: ValueReference) throws(SDKFailure) -> [String: InputSource] {
        var inputs: [String: InputSource] = [:]
        for (key, value) in value.attribute("inputs")?.entries ?? [] {
            guard let name = key.string else { throw SDKFailure("the keys of inputs must be strings") }
            inputs[name] = try input(value, name: name)
        }
        try check(inputs)
        return inputs
    }

    /// Refuses inputs that would take too much room together.
    private static func check(_ inputs: [String: InputSource]) throws(SDKFailure) {
        let values = inputs.compactMapValues { source in
            if case .value(let value) = source { value } else { nil }
        }
        do {
            try JSONConversion.check(values, path: "inputs")
        } catch {
            throw SDKFailure("\(error.cause)")
        }
    }

    private static func seconds(_ value: ValueReference) -> Int64 {
        Int64(value.attribute("valid")?.attribute("seconds")?.int ?? 0)
    }
}
