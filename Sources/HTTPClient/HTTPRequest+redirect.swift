extension HTTPRequest {
    /// The only fields that another host is told.
    private static let harmlessNames = ["Accept", "Accept-Language", "Content-Type", "Range", "User-Agent"]

    /// How many redirects may be followed, or nil when the first is the result.
    var redirectsMax: Int? {
        switch redirects {
        case .asResponse: nil
        case .sameHost(let countMax), .anyHost(let countMax): countMax
        }
    }

    /// The request to send next because of `head`, or nil when `head` is the result.
    ///
    /// - Throws: `redirectRefused` when it leads where this request must not follow.
    func redirected(by head: HTTPResponseHead) throws(HTTPError) -> HTTPRequest? {
        guard
            redirectsMax != nil, [301, 302, 303, 307, 308].contains(head.status),
            let location = head.headers["Location"]
        else { return nil }
        guard let from = URLParts(url), let target = URLParts(location, relativeTo: url) else {
            throw HTTPError(.redirectRefused, self, cause: "it redirects to something that is not http or https")
        }
        let isSameServer = from.isSameServer(as: target)
        guard isSameServer || isAllowed(from, target) else {
            throw HTTPError(.redirectRefused, self, cause: "it redirects to \(target.safeText), another server")
        }
        var next = self
        next.url = target.text
        if !isSameServer {
            next.headers = headers.filtered { field in Self.harmlessNames.contains(where: field.isNamed) }
            next.signature = nil
            next.unixSocketPath = nil
        }
        if (head.status == 303 && method != .head) || (head.status < 303 && method == .post) {
            next.method = .get
            next.body = .none
            next.headers["Content-Type"] = nil
        }
        return next
    }

    private func isAllowed(_ from: URLParts, _ target: URLParts) -> Bool {
        guard case .anyHost = redirects else { return false }
        return from.scheme == target.scheme || target.scheme == "https"
    }
}
