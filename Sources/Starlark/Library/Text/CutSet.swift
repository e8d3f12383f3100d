/// The characters that `strip` takes away.
struct CutSet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// The text to search for other code points; empty when the set is white space.
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var isSpace = true

    /// White space.
    init() {}

    /// The code points of a text; white space when it is empty.
    init(_ text: UnsafeBufferPointer<UInt8>, _ machine: Machine) throws(StarlarkError) {
        guard !text.isEmpty else { return }
        try machine.spend(text.count >> 3)
        isSpace = false
        self.text = text
        for byte in text where byte < 0x80 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    /// Whether a code point is in the set.
    ///
    /// Charges the search for those outside ASCII.
    @inline(__always)
    func contains(_ scalar: UInt32, _ machine: Machine) throws(StarlarkError) -> Bool {
        if isSpace { return ScalarText.isSpace(scalar) }
        if scalar < 64 { return low >> UInt64(scalar) & 1 != 0 }
        if scalar < 128 { return high >> UInt64(scalar - 64) & 1 != 0 }
        return try search(scalar, machine)
    }

    private func search(_ scalar: UInt32, _ machine: Machine) throws(StarlarkError) -> Bool {
        try machine.spend(1 + text.count >> 3)
        var index = 0
        while index < text.count {
            let (other, count) = UTF8Scan.scalar(text, at: index)
            if other == scalar { return true }
            index += count
        }
        return false
    }
}
