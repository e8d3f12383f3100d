import Starlark

/// encoding.star: JSON and YAML.
enum EncodingModule {
    /// `json`, the same as Starlark's own.
    static var json: HostValue { .library(.json) }

    /// `yaml`.
    static var yaml: HostValue { .structure([("encode", .function(encode)), ("decode", .function(decode))]) }

    /// What a byte of YAML costs: parsing it takes about as long as so many simple operations.
    private static let stepsPerByte = 8

    private static let encode = SDKFunction.make(
        "yaml.encode", module: "encoding.star", allowedIn: .everywhere, [.required("data")]
    ) { call, session in
        let data = try call.data("data")
        let text = try YAMLWriter.encode(data, bytesMax: session.limits.yamlBytesMax)
        try call.spend(steps: text.count * stepsPerByte)
        return .string(String(decoding: text, as: UTF8.self))
    }

    private static let decode = SDKFunction.make(
        "yaml.decode", module: "encoding.star", allowedIn: .everywhere, [.required("data")]
    ) { call, session in
        let text = try call.string("data")
        guard text.utf8.count <= session.limits.yamlBytesMax else {
            throw SDKFailure(
                "the text has \(text.utf8.count) bytes, more than the \(session.limits.yamlBytesMax) "
                    + "allowed")
        }
        try call.spend(steps: text.utf8.count * stepsPerByte)
        return .data(try YAMLReader.decode(text))
    }
}
