/// Code points and their cases.
enum ScalarText {
    /// Writes a code point as UTF-8; what is none becomes U+FFFD.
    static func append(_ scalar: UInt32, to builder: inout TextBuilder) throws(StarlarkError) {
        let valid = Unicode.Scalar(scalar)?.value ?? UTF8Scan.replacement
        switch valid {
        case 0..<0x80: try builder.append(UInt8(valid))
        case 0x80..<0x800:
            let target = try builder.extend(2)
            target[0] = 0xC0 | UInt8(valid >> 6)
            target[1] = tail(valid)
        case 0x800..<0x1_0000:
            let target = try builder.extend(3)
            target[0] = 0xE0 | UInt8(valid >> 12)
            target[1] = tail(valid >> 6)
            target[2] = tail(valid)
        default:
            let target = try builder.extend(4)
            target[0] = 0xF0 | UInt8(valid >> 18)
            target[1] = tail(valid >> 12)
            target[2] = tail(valid >> 6)
            target[3] = tail(valid)
        }
    }

    private static func tail(_ bits: UInt32) -> UInt8 { 0x80 | UInt8(bits & 0x3F) }

    /// The capital of a code point, itself when it has none of one code point.
    static func upper(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar >= 0x61 && scalar <= 0x7A ? scalar - 0x20 : scalar }
        guard let properties = Unicode.Scalar(scalar)?.properties else { return scalar }
        return single(properties.uppercaseMapping) ?? single(properties.titlecaseMapping) ?? scalar
    }

    /// The capital of a code point at the start of a word.
    static func title(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return upper(scalar) }
        guard let properties = Unicode.Scalar(scalar)?.properties else { return scalar }
        return single(properties.titlecaseMapping) ?? scalar
    }

    /// The small letter of a code point, itself when it has none.
    static func lower(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A ? scalar + 0x20 : scalar }
        guard let properties = Unicode.Scalar(scalar)?.properties else { return scalar }
        return properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
    }

    private static func single(_ text: String) -> UInt32? {
        let scalars = text.unicodeScalars
        return scalars.count == 1 ? scalars.first?.value : nil
    }

    static func isCased(_ scalar: UInt32) -> Bool { upper(scalar) != scalar || lower(scalar) != scalar }

    static func category(_ scalar: UInt32) -> Unicode.GeneralCategory {
        Unicode.Scalar(scalar)?.properties.generalCategory ?? .unassigned
    }

    static func isLetter(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return (scalar | 0x20) >= 0x61 && (scalar | 0x20) <= 0x7A }
        switch category(scalar) {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    static func isDigit(_ scalar: UInt32) -> Bool {
        scalar < 0x80 ? scalar >= 0x30 && scalar <= 0x39 : category(scalar) == .decimalNumber
    }

    @inline(__always)
    static func isSpace(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return scalar == 0x20 || (scalar >= 0x09 && scalar <= 0x0D) }
        return Unicode.Scalar(scalar)?.properties.isWhitespace ?? false
    }
}
