import CCurl

/// Why libcurl could not carry out a request.
struct WebFailure: Error {
    let result: CURLcode
    /// libcurl's words, which name hosts and files, no credentials.
    let text: String

    init(_ result: CURLcode, _ text: String) {
        self.result = result
        self.text = text.isEmpty ? String(cString: curl_easy_strerror(result)) : text
    }

    /// The kind of failure, and what a person can do about it.
    var meaning: (code: GitError.Code, hint: String?) {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: (.unreachable, "check the host name")
        case CURLE_COULDNT_RESOLVE_PROXY: (.unreachable, "check the name of the proxy")
        case CURLE_COULDNT_CONNECT: (.unreachable, "check host and port")
        case CURLE_PROXY: (.unreachable, "check the proxy, its address and its credentials")
        case CURLE_OPERATION_TIMEDOUT:
            (.timedOut, "the host is slow or unreachable, or the repository is large")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE:
            (.untrustedHost, "add its certificate authority to the system's store")
        case CURLE_SSL_CERTPROBLEM:
            (.authenticationFailed, "check the client certificate, its key and its passphrase")
        case CURLE_SSL_CONNECT_ERROR:
            (.unreachable, "the TLS handshake failed: does the host speak TLS, or ask for a client certificate?")
        case CURLE_RECV_ERROR where text.contains("alert"):
            (.authenticationFailed, "the host asks for a client certificate, or refused the one given")
        case CURLE_RECV_ERROR where text.contains("CONNECT"):
            (.unreachable, "the proxy refused; check its address and its credentials")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
            (.unreachable, "the connection broke")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            (.failed, "what answers there does not speak HTTP")
        default: (.failed, nil)
        }
    }
}
