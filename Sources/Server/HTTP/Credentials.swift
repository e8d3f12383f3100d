import Cryptography
import HTTPTypes

/// What an `Authorization` header holds.
enum Credentials: Sendable, Equatable {
    /// A token, as our own clients send it.
    case bearer(String)
    /// The password of HTTP Basic, as a browser sends it; the user's name does not matter.
    case basic(password: String)

    /// Reads the header; nil when there is none, or none that we know.
    init?(_ header: String?) {
        guard let header, let space = header.firstIndex(of: " ") else { return nil }
        let value = String(header[header.index(after: space)...])
        switch header[..<space].lowercased() {
        case "bearer" where !value.isEmpty: self = .bearer(value)
        case "basic":
            guard let bytes = Base64.decode(value, as: .padded), let pair = String(validating: bytes, as: UTF8.self),
                let colon = pair.firstIndex(of: ":")
            else { return nil }
            self = .basic(password: String(pair[pair.index(after: colon)...]))
        default: return nil
        }
    }
}
