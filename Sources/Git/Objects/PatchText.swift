/// What libgit2 1.5 cannot read of a patch in git's format, written so that it can.
enum PatchText {
    private static let header = Array("diff --git a/".utf8)

    /// Quotes names with spaces in `diff --git a/NAME b/NAME`, from which libgit2 otherwise takes no name at all.
    ///
    /// It needs that name where no other line tells it: for files that are new, deleted, binary or empty.
    static func quotingNames(_ patch: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(patch.count)
        var rest = patch[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[..<end]
            if line.starts(with: header), let name = name(in: line) {
                result += Array("diff --git \"a/".utf8) + name + Array("\" \"b/".utf8) + name + [UInt8(ascii: "\"")]
            } else {
                result += line
            }
            if end < rest.endIndex { result.append(UInt8(ascii: "\n")) }
            rest = rest[end...].dropFirst()
        }
        return result
    }

    /// The name, if it is the same on both sides and has a space.
    ///
    /// A name that needs escapes is quoted by git already and so does not come here.
    private static func name(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let names = line.dropFirst(header.count)
        // NAME, " b/", NAME.
        guard names.count >= 5, names.count % 2 == 1 else { return nil }
        let count = (names.count - 3) / 2
        let (left, right) = (names.prefix(count), names.suffix(count))
        let middle = names.dropFirst(count).prefix(3)
        guard left == right, middle.elementsEqual(" b/".utf8), left.contains(UInt8(ascii: " ")) else { return nil }
        return left
    }
}
