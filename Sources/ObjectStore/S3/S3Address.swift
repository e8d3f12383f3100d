/// Where an S3 bucket is: `s3://BUCKET[/PREFIX]?endpoint=URL&region=NAME`.
///
/// The region defaults to `us-east-1`, the endpoint to Amazon's of that region. The bucket is part of the path, never
/// of the host name, which every S3 server understands.
public struct S3Address: Sendable, Hashable, CustomStringConvertible {
    /// The bucket's name.
    public let bucket: String
    /// What all keys begin with, without slashes around it; empty for none.
    public let prefix: String
    /// An http or https URL without a path.
    public let endpoint: String
    /// The region that requests are signed for.
    public let region: String

    /// Reads an address.
    ///
    /// - Throws: `invalidAddress`, saying what is wrong with it.
    public init(_ text: String) throws(ObjectStoreError) {
        guard text.hasPrefix("s3://") else { throw Self.fault(text, "it does not begin with s3://") }
        let halves = text.dropFirst(5).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let location = halves[0].split(separator: "/", omittingEmptySubsequences: false)
        guard let bucket = location.first, Self.isBucketName(bucket) else {
            throw Self.fault(text, "a bucket's name has 3 to 63 of a–z 0–9 . -")
        }
        let prefix = location.dropFirst().filter { !$0.isEmpty }.joined(separator: "/")
        if !prefix.isEmpty, let reason = ObjectKey.fault(in: prefix) { throw Self.fault(text, reason) }
        let options = try Self.options(in: halves.count > 1 ? halves[1] : "", of: text)
        let region = options["region"] ?? "us-east-1"
        guard !region.isEmpty, region.utf8.allSatisfy({ ObjectKey.isAllowed($0) && $0 != UInt8(ascii: ":") }) else {
            throw Self.fault(text, "the region has a character that regions do not have")
        }
        self.bucket = String(bucket)
        self.prefix = prefix
        self.region = region
        endpoint = try Self.endpoint(options["endpoint"] ?? "https://s3.\(region).amazonaws.com", of: text)
    }

    /// The address as it can be read again.
    public var description: String {
        "s3://\(bucket)\(prefix.isEmpty ? "" : "/" + prefix)?endpoint=\(endpoint)&region=\(region)"
    }

    private static func options(in query: Substring, of text: String) throws(ObjectStoreError) -> [String: String] {
        var options: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard name == "endpoint" || name == "region" else {
                throw fault(text, "unknown option '\(name)'; there are endpoint and region")
            }
            guard options[name] == nil, parts.count == 2, let value = PercentCoding.decode(parts[1]) else {
                throw fault(text, "the option '\(name)' must have one value")
            }
            options[name] = value
        }
        return options
    }

    private static func endpoint(_ value: String, of text: String) throws(ObjectStoreError) -> String {
        let endpoint = value.hasSuffix("/") ? String(value.dropLast()) : value
        let scheme = ["https://", "http://"].first { endpoint.hasPrefix($0) }
        guard let scheme, endpoint.utf8.count > scheme.utf8.count else {
            throw fault(text, "the endpoint must be an http or https URL")
        }
        let host = endpoint.dropFirst(scheme.count)
        guard !host.utf8.contains(where: { "/?#@ ".utf8.contains($0) || $0 < 32 }) else {
            throw fault(text, "the endpoint must be scheme, host and port only")
        }
        return endpoint
    }

    private static func isBucketName(_ name: Substring) -> Bool {
        (3...63).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || "0123456789.-".utf8.contains($0)
            }
    }

    /// Shows the address without its query, where somebody may have put a key by mistake.
    private static func fault(_ text: String, _ cause: String) -> ObjectStoreError {
        ObjectStoreError(
            .invalidAddress, operation: "read the object store's address",
            subject: String(text.prefix { $0 != "?" }.prefix(200)), cause: cause)
    }
}
