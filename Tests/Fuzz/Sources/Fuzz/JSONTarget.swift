import Starlark

/// Decodes a text; what can be decoded must be encoded the same for ever after.
enum JSONTarget {
    static func run(_ bytes: [UInt8]) {
        let evaluation = Evaluation(FuzzNames.settings)
        do throws(StarlarkError) {
            let text = HostValue.string(String(decoding: bytes, as: UTF8.self))
            let value = try evaluation.call(FuzzNames.tool("decode"), [text])
            _ = try evaluation.call(FuzzNames.tool("again"), [.reference(value)])
        } catch {
            Finding.unless(
                error.code == .stepLimit || error.code == .memoryLimit || error.code == .depthLimit, "\(error)")
        }
    }
}
