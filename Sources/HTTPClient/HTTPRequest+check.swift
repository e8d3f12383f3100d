extension HTTPRequest {
    private static let ownNames = ["Content-Length", "Transfer-Encoding", "Connection", "Expect"]

    /// What errors call the URL.
    var subject: String { errorSubject ?? URLParts(url)?.safeText ?? "a URL that cannot be read" }

    /// Refuses what must not be sent, before anything is.
    ///
    /// Control characters in the URL or a header would let one field write another.
    func check() throws(HTTPError) {
        guard URLParts(url) != nil, !url.utf8.contains(where: isControlOrSpace) else {
            throw HTTPError(.invalidRequest, self, cause: "not an absolute http or https URL")
        }
        for field in headers.fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw HTTPError(.invalidRequest, self, cause: "a header's name has a character that names cannot have")
            }
            guard !field.value.utf8.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 }) else {
                throw HTTPError(.invalidRequest, self, cause: "the header \(field.name) has a control character")
            }
            guard !Self.ownNames.contains(where: field.isNamed) else {
                throw HTTPError(.invalidRequest, self, cause: "the header \(field.name) is set by the client itself")
            }
        }
        if let bodyBytesMax, bodyBytesMax < 0 {
            throw HTTPError(.invalidRequest, self, cause: "bodyBytesMax is negative")
        }
    }
}

private func isControlOrSpace(_ byte: UInt8) -> Bool { byte <= 32 || byte == 127 }

/// RFC 9110, section 5.6.2.
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
