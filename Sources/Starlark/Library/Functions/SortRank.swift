/// Numbers that order sort keys as the keys order themselves, so that most comparisons look at no object.
///
/// Keys have ranks when all are of one sort: small integers, floats (and integers that are exact as floats), strings,
/// or lists or tuples whose first items are.
struct SortRank {
    private enum Class {
        case integer
        case float
        case string
    }

    private let type: Class
    /// The kind of the keys when it is the first item that is ranked.
    private let container: Kind?

    /// Whether keys of one rank are equal.
    var isWhole: Bool { container == nil && type != .string }

    /// What ranks keys like this one; nil when nothing does.
    init?(_ key: Value) {
        container = key.kind == .list || key.kind == .tuple ? key.kind : nil
        guard let leading = SortRank.leading(key, container) else { return nil }
        if leading.isSmall {
            type = .integer
        } else if leading.isFloat {
            type = .float
        } else if leading.isObject(.string) {
            type = .string
        } else {
            return nil
        }
    }

    /// The rank of a key; nil when it is of another sort.
    @inline(__always)
    func rank(_ key: Value) -> UInt64? {
        guard let leading = SortRank.leading(key, container) else { return nil }
        switch type {
        case .integer:
            return leading.isSmall ? UInt64(bitPattern: Int64(leading.small)) ^ (1 << 63) : nil
        case .float:
            if leading.isFloat { return SortRank.rank(leading.float) }
            return leading.isSmall && leading.small.magnitude <= 1 << 53 ? SortRank.rank(Double(leading.small)) : nil
        case .string:
            return leading.isObject(.string) ? SortRank.prefix(leading.bytes) : nil
        }
    }

    @inline(__always)
    private static func leading(_ key: Value, _ container: Kind?) -> Value? {
        guard let container else { return key }
        guard key.isObject(container) else { return nil }
        return container == .list ? key.listItems.first : key.tupleItems.first
    }

    /// NaN comes last and is equal to itself; the two zeros are equal.
    private static func rank(_ number: Double) -> UInt64 {
        if number.isNaN { return .max }
        let bits = number == 0 ? 0 : number.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    /// The first eight bytes as a number that orders as they do; missing ones count as 0.
    private static func prefix(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if bytes.count >= 8, let base = bytes.baseAddress {
            return UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
        }
        var prefix: UInt64 = 0
        for byte in bytes { prefix = prefix << 8 | UInt64(byte) }
        return bytes.isEmpty ? 0 : prefix << UInt64(64 - bytes.count * 8)
    }
}
