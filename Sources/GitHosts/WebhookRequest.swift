/// A delivery as it came: headers and the body, byte by byte.
public struct WebhookRequest: Sendable {
    /// The longest delivery's id, or event's name, that is kept.
    private static let plainBytesMax = 200

    /// By name, in lower case.
    public var headers: [String: String]
    /// What the signature is over.
    public var body: [UInt8]

    /// Takes a delivery.
    ///
    /// - Parameter headers: by name, in lower case.
    public init(headers: [String: String], body: [UInt8]) {
        self.headers = headers
        self.body = body
    }

    /// The first of these headers that is there and not empty.
    func header(_ names: String...) -> String? {
        for name in names {
            if let value = headers[name], !value.isEmpty { return value }
        }
        return nil
    }

    /// The first of these headers that is fit to be kept.
    func plainHeader(_ names: String...) -> String? {
        for name in names {
            if let value = headers[name].flatMap(Self.plain) { return value }
        }
        return nil
    }

    /// A text that is fit to be kept: short, of visible ASCII characters and spaces; nil for any other.
    static func plain(_ text: String) -> String? {
        let isPlain =
            (1...plainBytesMax).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return isPlain ? text : nil
    }

    /// The JSON in the body: of a form, as GitHub and Gitea can send it, the field `payload`.
    var json: [UInt8] {
        let type = headers["content-type"]?.lowercased() ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return body }
        return FormBody.value(of: "payload", in: body) ?? []
    }
}
