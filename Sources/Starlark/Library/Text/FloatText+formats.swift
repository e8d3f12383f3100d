#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension FloatText {
    /// Writes a float as `%e`, `%f` or `%g` do.
    ///
    /// `g` and `G` give the fewest digits that denote the number, always with a point or an exponent; `e`, `f` and
    /// their capitals give six digits after the point.
    static func append(
        _ number: Double, conversion: UInt8 = UInt8(ascii: "g"), to builder: inout TextBuilder
    ) throws(StarlarkError) {
        if conversion == UInt8(ascii: "g") || !number.isFinite {
            try builder.append(shortest(number))
        } else if conversion == UInt8(ascii: "G") {
            try builder.append(shortest(number).uppercased())
        } else {
            try appendFixed(number, conversion, to: &builder)
        }
    }

    /// Six digits after the point, rounded exactly.
    private static func appendFixed(
        _ number: Double, _ conversion: UInt8, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        let format =
            switch conversion {
            case UInt8(ascii: "e"): "%.6e"
            case UInt8(ascii: "E"): "%.6E"
            default: "%.6f"
            }
        // The largest number has 309 digits before the point.
        let room = 336
        let text = [CChar](unsafeUninitializedCapacity: room) { buffer, count in
            let written = withVaList([number]) { vsnprintf(buffer.baseAddress, room, format, $0) }
            count = min(Int(written), room - 1)
        }
        let target = try builder.extend(text.count)
        for (index, character) in text.enumerated() { target[index] = UInt8(bitPattern: character) }
    }
}
