/// One bit for each word of memory between two addresses, eight words of bits for 4 KiB.
struct AddressBits {
    /// Where the bits would begin if those of address 0 came first.
    private let origin: UInt

    /// A word of bits stands for so many bytes.
    static let spanShift: UInt = 9

    /// Bits that begin at `bits` with those of the span that the address is in.
    init(_ bits: UnsafeMutableRawPointer, from address: UInt) {
        origin = UInt(bitPattern: bits) &- (address >> AddressBits.spanShift) << 3
    }

    /// The bits of no address.
    init() { origin = 0 }

    /// No run of so many bytes needs more words of bits, wherever it begins.
    static func countMax(bytes: Int) -> Int { bytes >> Int(spanShift) + 2 }

    /// The word of bits of a span, by its number.
    @inline(__always)
    subscript(span: UInt) -> UInt {
        get { cell(span).pointee }
        nonmutating set { cell(span).pointee = newValue }
    }

    @inline(__always)
    private func cell(_ span: UInt) -> UnsafeMutablePointer<UInt> {
        UnsafeMutablePointer(bitPattern: origin &+ span << 3).unsafelyUnwrapped
    }

    @inline(__always)
    private static func bit(_ address: UInt) -> UInt { 1 << ((address >> 3) & 63) }

    @inline(__always)
    func contains(_ address: UInt) -> Bool { self[address >> AddressBits.spanShift] & AddressBits.bit(address) != 0 }

    @inline(__always)
    func insert(_ address: UInt) { self[address >> AddressBits.spanShift] |= AddressBits.bit(address) }

    @inline(__always)
    func remove(_ address: UInt) { self[address >> AddressBits.spanShift] &= ~AddressBits.bit(address) }

    /// Sets the bits of every word that has a byte from `start` up to `end`.
    func insert(from start: UInt, to end: UInt) {
        guard start < end else { return }
        let last = (end - 1) >> 3
        let lowest = UInt.max << ((start >> 3) & 63)
        let highest = UInt.max >> (63 - last & 63)
        var span = start >> AddressBits.spanShift
        guard span != last >> 6 else {
            self[span] |= lowest & highest
            return
        }
        self[span] |= lowest
        span += 1
        while span < last >> 6 {
            self[span] = .max
            span += 1
        }
        self[span] |= highest
    }
}
