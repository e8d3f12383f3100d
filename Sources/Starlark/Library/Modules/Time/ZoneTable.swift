import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The time zones that programs asked for, read once from the system's zone files.
final class ZoneTable: Sendable {
    static let shared = ZoneTable()

    private struct Entry {
        let name: String
        let rules: ZoneRules
    }

    private let entries = Mutex<[Entry]>([])

    /// The system has fewer names than this.
    private static let entriesMax = 2_000
    private static let fileBytesMax = 256 << 10
    private static let nameBytesMax = 64

    func rules(_ index: Int) -> ZoneRules? {
        entries.withLock { index < $0.count ? $0[index].rules : nil }
    }

    /// The zone of a name such as `Europe/Berlin`.
    ///
    /// - Throws: `.evaluation` when there is none.
    func zone(_ text: Value, _ machine: Machine) throws(StarlarkError) -> ZoneID {
        guard text.string.count <= ZoneTable.nameBytesMax else {
            throw StarlarkError(.evaluation, "unknown time zone")
        }
        let name = text.swiftString
        if name.isEmpty || name == "UTC" { return .utc }
        if name == "Local" { return .utc }
        // Others are compared one by one, and a file may have to be looked for.
        try machine.spend(200)
        let found = entries.withLock { entries -> Int? in
            if let index = entries.firstIndex(where: { $0.name == name }) { return index }
            guard entries.count < ZoneTable.entriesMax, let rules = ZoneTable.load(name) else { return nil }
            entries.append(Entry(name: name, rules: rules))
            return entries.count - 1
        }
        guard let found else { throw StarlarkError(.evaluation, "unknown time zone \(name)") }
        return ZoneID(rawValue: Int32(truncatingIfNeeded: found + 1))
    }

    private static func load(_ name: String) -> ZoneRules? {
        // One file has one name: "a//b" and "a/./b" would fill the table, which all programs share.
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isSafe =
            parts.allSatisfy { !$0.isEmpty && $0.first != UInt8(ascii: ".") }
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }
        guard isSafe, let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: fileBytesMax) { buffer, count in
            count = fread(buffer.baseAddress, 1, fileBytesMax, file)
        }
        return ZoneRules(file: bytes)
    }
}
