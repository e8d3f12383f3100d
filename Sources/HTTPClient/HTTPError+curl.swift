import CCurl

extension HTTPError {
    /// Makes an error about `request`, with the hint that belongs to the code.
    init(_ code: Code, _ request: HTTPRequest, cause: String) {
        self.init(
            code: code, operation: request.method.rawValue, subject: request.subject, cause: cause, hint: code.hint)
    }

    /// Makes the error for a result of libcurl.
    ///
    /// - Parameter detail: what libcurl wrote into its error buffer, preferred over the general text.
    init(_ result: CURLcode, _ request: HTTPRequest, detail: String) {
        let general = curl_easy_strerror(result).map { String(cString: $0) } ?? "libcurl error \(result.rawValue)"
        self.init(Code(result), request, cause: detail.isEmpty ? general : detail)
    }
}

extension HTTPError.Code {
    /// Sorts libcurl's results, see <https://curl.se/libcurl/c/libcurl-errors.html>.
    ///
    /// An unsupported protocol is the server's doing: the request's own scheme was checked before.
    init(_ result: CURLcode) {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .couldNotResolve
        case CURLE_COULDNT_CONNECT: self = .couldNotConnect
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
            self = .tls
        case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_SSL_SHUTDOWN_FAILED:
            self = .connectionLost
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: self = .invalidRequest
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2,
            CURLE_PROXY:
            self = .protocolViolation
        case CURLE_READ_ERROR, CURLE_SEND_FAIL_REWIND: self = .bodyUnreadable
        default: self = .libraryFailure
        }
    }

    fileprivate var hint: String {
        switch self {
        case .couldNotResolve: "check the host name and this machine's DNS"
        case .couldNotConnect: "check that the server runs and that host, port and firewall are right"
        case .timedOut: "check that the server is healthy, or allow more time"
        case .tls: "check the certificate, its host name and whether its authority is trusted here"
        case .protocolViolation: "check that host and port belong to an HTTP server"
        case .tooLarge: "ask for less, or allow a longer response"
        case .redirectRefused: "use the URL that it redirects to, if you trust it"
        case .overloaded: "try again when other requests have ended"
        case .connectionLost, .invalidRequest, .tooManyRedirects, .bodyUnreadable, .cancelled, .libraryFailure: ""
        }
    }
}
