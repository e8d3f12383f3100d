import Starlark

extension HostCall {
    /// An argument that is a dict of strings, in its order; empty when it is not given.
    func strings(_ name: String) throws(SDKFailure) -> [(key: String, value: String)] {
        guard let argument = given(name) else { return [] }
        guard let entries = argument.entries else {
            throw SDKFailure("\(name) must be a dict of strings, got \(argument.typeName)")
        }
        var strings: [(key: String, value: String)] = []
        for (key, value) in entries {
            guard let key = key.string else {
                throw SDKFailure("the keys of \(name) must be strings, got \(key.typeName)")
            }
            guard let text = value.string else {
                throw SDKFailure("\(name)[\"\(key)\"] must be a string, got \(value.typeName)")
            }
            strings.append((key, text))
        }
        return strings
    }

    /// An argument that is a string or None; nil when it is None or not given.
    func optionalString(_ name: String) throws(SDKFailure) -> String? {
        guard let argument = given(name) else { return nil }
        guard let text = argument.string else {
            throw SDKFailure("\(name) must be a string or None, got \(argument.typeName)")
        }
        return text
    }

    /// An argument that is a duration such as "1h30m".
    func duration(_ name: String) throws -> Duration {
        let text = try string(name)
        guard let duration = DurationText.parse(text) else {
            throw SDKFailure("\(DurationText.refusal(text))")
        }
        return duration
    }

    /// An argument that was given and is not None.
    func given(_ name: String) -> ValueReference? {
        guard let argument = self[name], !argument.isNone else { return nil }
        return argument
    }

    /// Where the call stands, for a message of a later call.
    var place: String { location.map { "\($0)" } ?? "an unknown place" }
}
