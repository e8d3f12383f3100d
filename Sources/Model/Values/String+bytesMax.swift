extension StringProtocol {
    /// The beginning of the text that takes at most so many bytes of UTF-8; no scalar is cut in two.
    ///
    /// What is cut by letters has no bound: one letter may have any number of accents.
    public func prefix(bytesMax: Int) -> SubSequence {
        guard utf8.count > bytesMax else { return self[...] }
        var count = bytesMax
        while utf8[utf8.index(startIndex, offsetBy: count)] & 0xC0 == 0x80 { count -= 1 }
        return self[..<utf8.index(startIndex, offsetBy: count)]
    }
}
