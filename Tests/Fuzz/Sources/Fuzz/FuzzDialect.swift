import StarlarkSyntax

extension DialectOptions {
    /// Everything on for most inputs, some options off for others: decided by the bytes, so that a finding repeats.
    static func fuzzed(_ bytes: [UInt8]) -> DialectOptions {
        var sum: UInt32 = 0x811C_9DC5
        for byte in bytes { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
        let bits = sum & 0x300 == 0 ? sum : .max
        var dialect = DialectOptions()
        dialect.whileLoops = bits & 1 != 0
        dialect.recursion = bits & 2 != 0
        dialect.topLevelControl = bits & 4 != 0
        dialect.globalReassignment = bits & 8 != 0
        dialect.fStrings = bits & 16 != 0
        dialect.typeAnnotations = bits & 32 != 0
        dialect.loadBindsGlobally = sum & 64 != 0
        return dialect
    }
}
