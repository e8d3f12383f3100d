/// The rule for prefixes of listings: the characters of keys, cut anywhere.
enum ObjectPrefix {
    static func check(_ prefix: String) throws(ObjectStoreError) {
        let isValid =
            prefix.utf8.count <= ObjectKey.bytesMax && !prefix.hasPrefix("/")
            && prefix.utf8.allSatisfy { ObjectKey.isAllowed($0) || $0 == UInt8(ascii: "/") }
        guard isValid else {
            throw ObjectStoreError(
                .invalidKey, operation: "list objects below", subject: String(prefix.prefix(80)),
                cause: "no key can begin with this")
        }
    }
}
