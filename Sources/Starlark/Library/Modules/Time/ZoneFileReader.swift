/// Reads the big-endian numbers of a zone file.
struct ZoneFileReader {
    /// How many of everything a part of the file has.
    struct Counts {
        let version: UInt8
        let universal: Int
        let standard: Int
        let leaps: Int
        let times: Int
        let types: Int
        let characters: Int

        func bodyBytes(timeBytes: Int) -> Int {
            times * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4) + standard + universal
        }
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func has(_ count: Int) -> Bool { count <= bytes.count - index }

    mutating func skip(_ count: Int) { index = min(bytes.count, index + max(0, count)) }

    /// The next bytes; fewer at the end.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let part = bytes[index..<min(bytes.count, index + max(0, count))]
        index = part.endIndex
        return part
    }

    /// A signed number of that many bytes.
    mutating func integer(_ count: Int) -> Int {
        let part = take(count)
        var value = part.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
        for byte in part { value = value << 8 | Int(byte) }
        return value
    }

    mutating func header() -> Counts? {
        guard has(44), take(4).elementsEqual(Array("TZif".utf8)) else { return nil }
        let version = take(1).first ?? 0
        skip(15)
        let numbers = (0..<6).map { _ in integer(4) }
        guard numbers.allSatisfy({ (0...1 << 20).contains($0) }) else { return nil }
        return Counts(
            version: version, universal: numbers[0], standard: numbers[1], leaps: numbers[2], times: numbers[3],
            types: numbers[4], characters: numbers[5])
    }

    /// The rule between two newlines at the end.
    mutating func footer() -> String {
        skip(1)
        return String(decoding: bytes[index...].prefix { $0 != 0x0A }, as: UTF8.self)
    }
}
