import HTTPClient

/// One operation of the S3 protocol before it is addressed and signed.
struct S3Call: Sendable {
    let method: HTTPMethod
    /// For errors, such as "read object".
    let operation: String
    /// For errors: the key or what else it is about.
    let subject: String
    /// The object, or nil for the bucket itself.
    let key: ObjectKey?
    var query: [(name: String, value: String)] = []
    var headers: HTTPHeaders = [:]
    var body = S3Body.none
    /// How long the response may be.
    var bodyBytesMax = 4 << 20

    init(_ method: HTTPMethod, operation: String, key: ObjectKey) {
        (self.method, self.operation, self.subject, self.key) = (method, operation, key.text, key)
    }

    init(_ method: HTTPMethod, operation: String, subject: String) {
        (self.method, self.operation, self.subject, self.key) = (method, operation, subject, nil)
    }
}
