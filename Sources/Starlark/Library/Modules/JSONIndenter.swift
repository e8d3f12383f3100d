/// `json.indent`: puts every element of valid JSON on a line of its own.
struct JSONIndenter {
    private let machine: Machine
    private let bytes: UnsafeBufferPointer<UInt8>
    private let prefix: UnsafeBufferPointer<UInt8>
    private let unit: UnsafeBufferPointer<UInt8>
    private var depth = 0
    private var builder: TextBuilder

    /// The text with line breaks.
    ///
    /// It must be JSON: see `check`.
    static func indent(
        _ text: UnsafeBufferPointer<UInt8>, prefix: UnsafeBufferPointer<UInt8>, unit: UnsafeBufferPointer<UInt8>,
        _ machine: Machine
    ) throws(StarlarkError) -> Value {
        var indenter = JSONIndenter(
            machine: machine, bytes: text, prefix: prefix, unit: unit,
            builder: try TextBuilder(machine.heap, capacity: text.count))
        defer { indenter.builder.discard() }
        try machine.spend(bytes: text.count)
        return try indenter.run()
    }

    private init(
        machine: Machine, bytes: UnsafeBufferPointer<UInt8>, prefix: UnsafeBufferPointer<UInt8>,
        unit: UnsafeBufferPointer<UInt8>, builder: TextBuilder
    ) {
        self.machine = machine
        self.bytes = bytes
        self.prefix = prefix
        self.unit = unit
        self.builder = builder
    }

    private mutating func run() throws(StarlarkError) -> Value {
        var index = 0
        /// Whether a bracket was opened and nothing stands in it yet.
        var isOpen = false
        while index < bytes.count {
            let byte = bytes[index]
            if JSONText.isSpace(byte) {
                index += 1
                continue
            }
            let isClosing = byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
            if isOpen, !isClosing {
                depth += 1
                try breakLine()
            }
            if isClosing, !isOpen {
                depth -= 1
                try breakLine()
            }
            isOpen = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
            if byte == UInt8(ascii: "\"") {
                let end = JSONText.stringEnd(bytes, from: index)?.end ?? bytes.count
                try builder.append(UnsafeBufferPointer(rebasing: bytes[index..<end]))
                index = end
                continue
            }
            try builder.append(byte)
            if byte == UInt8(ascii: ",") { try breakLine() }
            if byte == UInt8(ascii: ":") { try builder.append(UInt8(ascii: " ")) }
            index += 1
        }
        return builder.finish()
    }

    private mutating func breakLine() throws(StarlarkError) {
        try machine.spend(1 + depth >> 3)
        try builder.append(UInt8(ascii: "\n"))
        try builder.append(prefix)
        for _ in 0..<depth { try builder.append(unit) }
    }
}
