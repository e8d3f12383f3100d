/// A Target's inputs as they stand now.
public enum InputResolution: Hashable, Sendable {
    /// Every input has a value.
    case resolved(JSONObject)
    /// These outputs do not exist yet; each is a sentence for people.
    case missing([String])

    /// Resolves each input against the outputs of current deployments.
    ///
    /// - Parameters:
    ///   - inputs: what the Target says.
    ///   - placement: who asks; references that leave out repo or environment mean its own.
    ///   - outputs: the outputs of the current deployments of the placements that are referred to.
    public static func resolve(
        _ inputs: [String: InputSource], for placement: PlacementAddress, outputs: [PlacementAddress: JSONObject]
    ) -> InputResolution {
        var values: JSONObject = [:]
        var missing: [String] = []
        for (name, source) in inputs.sorted(by: { $0.key < $1.key }) {
            switch source {
            case .value(let value): values[name] = value
            case .output(let reference):
                let address = reference.address(from: placement)
                guard let found = outputs[address] else {
                    missing.append("input '\(name)': \(address) is not deployed")
                    continue
                }
                guard let output = reference.output else {
                    values[name] = .object(found)
                    continue
                }
                guard let value = found[output] else {
                    missing.append("input '\(name)': \(address) has no output '\(output)'")
                    continue
                }
                values[name] = value
            }
        }
        return missing.isEmpty ? .resolved(values) : .missing(missing)
    }
}
