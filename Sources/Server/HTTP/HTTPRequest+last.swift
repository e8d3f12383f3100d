import Foundation
import HTTPTypes

extension HTTPRequest {
    /// Whether it is the last of its connection: its sender says so, or asks for another protocol.
    ///
    /// Behind the latter the parser reads nothing and keeps all, whether the protocol is changed or not.
    var isLast: Bool {
        if method == .connect { return true }
        guard let connection = headerFields[.connection] else { return false }
        let options = connection.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        return options.contains("close") || options.contains("upgrade") && headerFields[.upgrade] != nil
    }

    /// The same, in the one spelling by which Hummingbird knows that no other follows.
    var closing: HTTPRequest {
        var request = self
        request.headerFields[.connection] = "close"
        return request
    }
}
