/// Keys to sign a request with AWS Signature Version 4.
///
/// See <https://curl.se/libcurl/c/CURLOPT_AWS_SIGV4.html>. The path and query must already be percent-encoded as
/// AWS wants it, and the query sorted. Printing it shows no secret.
public struct AWSSignature: Sendable, Hashable, CustomStringConvertible {
    /// The public half of the key pair.
    public let accessKeyID: String
    /// The secret half.
    public let secretAccessKey: String
    /// Of temporary credentials, else nil.
    public let sessionToken: String?
    /// Such as `eu-central-1`.
    public let region: String
    /// Such as `s3`.
    public let service: String

    /// Makes a signature's parts.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String?, region: String, service: String) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.region = region
        self.service = service
    }

    /// The key's public half, region and service.
    public var description: String { "AWS signature of \(accessKeyID) for \(service) in \(region)" }
}
