import HTTPClient
import ObjectStore

/// Opens the object store that `--object-store` names.
enum ObjectStoreOption {
    /// A directory, `dir:PATH` or a plain path, or an `s3://` address with credentials from the environment.
    static func bucket(_ text: String, _ surroundings: Surroundings) throws -> any ObjectBucket {
        let plain = text.hasPrefix("dir:") ? String(text.dropFirst(4)) : text
        switch try ObjectStoreAddress(plain) {
        case .directory(let path): return try DirectoryBucket(path: path)
        case .s3(let address):
            guard let id = surroundings["AWS_ACCESS_KEY_ID"], let secret = surroundings["AWS_SECRET_ACCESS_KEY"] else {
                throw CommandError(
                    "there are no credentials for \(address)",
                    hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", status: .usage)
            }
            let credentials = S3Credentials(
                accessKeyID: id, secretAccessKey: secret, sessionToken: surroundings["AWS_SESSION_TOKEN"])
            return S3Bucket(address, credentials: credentials, session: try HTTPSession())
        }
    }
}
