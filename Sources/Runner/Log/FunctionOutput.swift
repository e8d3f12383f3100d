/// Where what a function prints goes, and what its commands write.
protocol FunctionOutput: AnyObject, Sendable {
    /// Takes bytes as they come; may block the writer.
    func append(_ bytes: ArraySlice<UInt8>)
}

extension FunctionOutput {
    /// Takes a line.
    func append(line: String) {
        append(Array((line + "\n").utf8)[...])
    }
}
