/// How a string literal is read.
struct StringStyle {
    /// Whether backslashes stand for themselves.
    var isRaw = false

    /// Whether it denotes bytes.
    var isBytes = false

    /// Whether it is an f-string.
    var isFormatted = false

    static let plain = StringStyle()
}

extension StringStyle {
    /// The style of a one-letter prefix; nil when there is none such.
    init?(prefix: UInt8, options: DialectOptions) {
        switch prefix {
        case UInt8(ascii: "r"): self.init(isRaw: true)
        case UInt8(ascii: "b"): self.init(isBytes: true)
        case UInt8(ascii: "f") where options.fStrings: self.init(isFormatted: true)
        default: return nil
        }
    }

    /// The style of a two-letter prefix; nil when there is none such.
    init?(prefix first: UInt8, _ second: UInt8, options: DialectOptions) {
        switch (first, second) {
        case (UInt8(ascii: "r"), UInt8(ascii: "b")): self.init(isRaw: true, isBytes: true)
        case (UInt8(ascii: "r"), UInt8(ascii: "f")) where options.fStrings,
            (UInt8(ascii: "f"), UInt8(ascii: "r")) where options.fStrings:
            self.init(isRaw: true, isFormatted: true)
        default: return nil
        }
    }
}
