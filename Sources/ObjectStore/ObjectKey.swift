/// The name of an object in a bucket, such as `logs/01J9/3`.
///
/// One to ``segmentCountMax`` segments joined by `/`; a segment has 1 to ``segmentBytesMax`` of the characters
/// `A–Z a–z 0–9 - _ . = + @ : , ~` and does not begin with a dot, so that a key is also a path that stays where it
/// belongs. A name from outside (a file name, a URL) is hashed first. No key may be another key followed by `/` and
/// more: a store that is a file tree refuses it.
public struct ObjectKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// How many bytes a whole key has at most.
    public static let bytesMax = 512
    /// How many bytes one segment has at most.
    public static let segmentBytesMax = 200
    /// How many segments a key has at most.
    public static let segmentCountMax = 16

    /// The key as text.
    public let text: String

    /// Takes a key that follows the rules above.
    ///
    /// - Throws: `invalidKey`, saying which rule is broken.
    public init(_ text: String) throws(ObjectStoreError) {
        if let reason = Self.fault(in: text) {
            throw ObjectStoreError(
                .invalidKey, operation: "name an object", subject: String(text.prefix(80)), cause: reason)
        }
        self.text = text
    }

    /// The key as text.
    public var description: String { text }

    /// Orders keys as S3 lists them: by their bytes.
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    static func fault(in text: String) -> String? {
        guard text.utf8.count <= bytesMax else { return "a key has at most \(bytesMax) bytes" }
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.count <= segmentCountMax else { return "a key has at most \(segmentCountMax) segments" }
        guard segments.allSatisfy(isSegment) else {
            return "a segment has 1 to \(segmentBytesMax) of A–Z a–z 0–9 - _ . = + @ : , ~ and begins with no dot"
        }
        return nil
    }

    static func isSegment(_ segment: some Collection<UInt8>) -> Bool {
        (1...segmentBytesMax).contains(segment.count) && segment.first != UInt8(ascii: ".")
            && segment.allSatisfy(isAllowed)
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "-_.=+@:,~".utf8.contains(byte)
        }
    }
}
