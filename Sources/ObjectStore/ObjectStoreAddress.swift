/// Where objects are kept, as `--object-store` says it: a directory's path, or an `s3://` address.
public enum ObjectStoreAddress: Sendable, Hashable {
    /// A directory on this machine.
    case directory(path: String)
    /// A bucket on an S3 server.
    case s3(S3Address)

    /// Reads an address.
    ///
    /// - Throws: `invalidAddress` when it is empty, an unknown kind of URL or a wrong `s3://` address.
    public init(_ text: String) throws(ObjectStoreError) {
        if text.hasPrefix("s3://") {
            self = .s3(try S3Address(text))
        } else if text.isEmpty || text.contains("://") {
            throw ObjectStoreError(
                .invalidAddress, operation: "read the object store's address",
                subject: text.isEmpty ? "''" : String(text.prefix { $0 != "?" }.prefix(200)),
                cause: "neither a directory nor s3://")
        } else {
            self = .directory(path: text)
        }
    }
}
