import CCurl

/// The parts of an absolute URL, taken apart by libcurl itself, so that we judge what it will connect to.
///
/// See <https://curl.se/libcurl/c/curl_url_get.html>.
struct URLParts: Sendable {
    let scheme: String
    let host: String
    let port: Int
    let path: String
    let hasUser: Bool
    let hasQuery: Bool
    /// The whole URL as libcurl writes it, without a fragment.
    let text: String

    /// Nil unless `text` is an absolute http or https URL; `base` makes a relative one absolute.
    init?(_ text: String, relativeTo base: String? = nil) {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        if let base, curl_url_set(url, CURLUPART_URL, base, 0) != CURLUE_OK { return nil }
        guard
            curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK,
            curl_url_set(url, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: url), scheme == "http" || scheme == "https",
            let host = Self.part(CURLUPART_HOST, of: url), !host.isEmpty,
            let port = Self.part(CURLUPART_PORT, of: url).flatMap({ Int($0) }),
            let whole = Self.part(CURLUPART_URL, of: url)
        else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        path = Self.part(CURLUPART_PATH, of: url) ?? "/"
        hasUser = Self.part(CURLUPART_USER, of: url) != nil
        hasQuery = Self.part(CURLUPART_QUERY, of: url) != nil
        self.text = whole
    }

    /// Whether a request for `other` reaches the same server, with the protection it had or more.
    func isSameServer(as other: URLParts) -> Bool {
        guard host == other.host else { return false }
        return scheme == other.scheme ? port == other.port : scheme == "http"
    }

    /// What may be shown: no user information, no query.
    var safeText: String {
        let isDefaultPort = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)\(isDefaultPort ? "" : ":\(port)")\(path)" + (hasQuery ? "?…" : "")
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
