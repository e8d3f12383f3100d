import Foundation
import Model

/// A request to a git host's API, for whoever can send one.
///
/// Its headers hold the token: never log it.
public struct HostCall: Sendable, Equatable {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    public var method: String
    /// Where it goes.
    public var url: String
    /// Names and values; one of them is secret.
    public var headers: [String: String]
    /// JSON; nil for a GET or a DELETE.
    public var body: Data?

    /// Makes a value from its parts.
    public init(method: String, url: String, headers: [String: String], body: Data? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// A POST of JSON; members that are nil are left out.
    static func post(_ url: String, _ headers: [String: String], _ members: [String: JSONValue?]) -> HostCall {
        sending("POST", url, headers, members)
    }

    /// A request with JSON; members that are nil are left out.
    static func sending(
        _ method: String, _ url: String, _ headers: [String: String], _ members: [String: JSONValue?]
    ) -> HostCall {
        var headers = headers
        headers["Content-Type"] = "application/json"
        let body = try? JSONText.encode(members.compactMapValues { $0 })
        return HostCall(method: method, url: url, headers: headers, body: body ?? Data("{}".utf8))
    }

    /// A path whose slashes stay, each part percent-encoded.
    static func path(_ text: String) -> String {
        text.split(separator: "/").map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
    }
}
