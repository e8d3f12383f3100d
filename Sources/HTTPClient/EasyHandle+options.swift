import CCurl

extension EasyHandle {
    private struct OptionFailure: Error {
        let result: CURLcode
    }

    /// Sets every option of the transfer.
    func configure(_ configuration: HTTPSession.Configuration) throws(HTTPError) {
        do throws(OptionFailure) {
            try setCallbacks()
            try setSafety(configuration)
            try setTimeouts(transfer.request.timeouts)
            try setRequest(transfer.request, configuration)
            try setBody(transfer.request)
        } catch {
            throw HTTPError(error.result, transfer.request, detail: "")
        }
    }

    private func setCallbacks() throws(OptionFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let callbacks: [(CURLoption, ccurl_data_callback, CURLoption)] = [
            (CURLOPT_WRITEFUNCTION, EasyHandle.writeCallback, CURLOPT_WRITEDATA),
            (CURLOPT_HEADERFUNCTION, EasyHandle.headerCallback, CURLOPT_HEADERDATA),
            (CURLOPT_READFUNCTION, EasyHandle.readCallback, CURLOPT_READDATA),
        ]
        for (option, callback, contextOption) in callbacks {
            try check(ccurl_set_data_callback(pointer, option, callback))
            try check(ccurl_set_pointer(pointer, contextOption, context))
        }
        try check(ccurl_set_pointer(pointer, CURLOPT_PRIVATE, context))
        try check(ccurl_set_seek_callback(pointer, EasyHandle.seekCallback))
        try check(ccurl_set_pointer(pointer, CURLOPT_SEEKDATA, context))
        try check(ccurl_set_socket_callback(pointer, EasyHandle.socketCallback))
        if !setErrorText() { throw OptionFailure(result: CURLE_OUT_OF_MEMORY) }
    }

    /// What no request can switch off: certificates are verified, only http and https are spoken, redirects are ours,
    /// neither the environment nor a home directory is looked at, and no signal handler is touched.
    ///
    /// HTTP/1.1 only: a paused stream then holds back its server by TCP, and no other stream with it.
    private func setSafety(_ configuration: HTTPSession.Configuration) throws(OptionFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        // Ending a transfer does not wait for the thread that looks up its host, which would stop all others.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_BUFFERSIZE, 64 << 10)
        try set(CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
        if let path = configuration.certificateAuthoritiesPath { try set(CURLOPT_CAINFO, path) }
    }

    private func setTimeouts(_ timeouts: HTTPTimeouts) throws(OptionFailure) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.milliseconds)
        if let total = timeouts.total { try set(CURLOPT_TIMEOUT_MS, total.milliseconds) }
        if let stall = timeouts.stall {
            try set(CURLOPT_LOW_SPEED_TIME, (stall.milliseconds + 999) / 1000)
            try set(CURLOPT_LOW_SPEED_LIMIT, max(1, timeouts.stallBytesPerSecond))
        }
    }

    private func setRequest(
        _ request: HTTPRequest, _ configuration: HTTPSession.Configuration
    ) throws(OptionFailure) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try set(CURLOPT_PROXY, request.proxy ?? "")
        try set(CURLOPT_NOPROXY, "")
        if let path = request.unixSocketPath { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if let signature = request.signature {
            try set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):\(signature.service)")
            try set(CURLOPT_USERNAME, signature.accessKeyID)
            try set(CURLOPT_PASSWORD, signature.secretAccessKey)
        }
        if !setHeaderLines(Self.headerLines(of: request)) { throw OptionFailure(result: CURLE_OUT_OF_MEMORY) }
    }

    private func setBody(_ request: HTTPRequest) throws(OptionFailure) {
        if request.method == .head {
            try set(CURLOPT_NOBODY, 1)
        } else if let limit = request.bodyBytesMax {
            try check(ccurl_set_offset(pointer, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limit)))
        }
        if source.isPresent || request.method.announcesEmptyBody {
            try set(CURLOPT_UPLOAD, 1)
            try check(ccurl_set_offset(pointer, CURLOPT_INFILESIZE_LARGE, curl_off_t(source.byteCount)))
        }
        if request.method != .head { try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }

    /// libcurl takes `Name:` as "do not send it" and `Name;` as "send it empty".
    ///
    /// Without `Expect`, a body is sent at once instead of after a round trip; a signed request must keep it, as
    /// libcurl signs the very lines given here, also those that only switch something off.
    private static func headerLines(of request: HTTPRequest) -> [String] {
        var lines = request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if let token = request.signature?.sessionToken { lines.append("x-amz-security-token: \(token)") }
        if request.headers["Accept"] == nil { lines.append("Accept: */*") }
        if request.signature == nil { lines.append("Expect:") }
        return lines
    }

    private func set(_ option: CURLoption, _ value: Int) throws(OptionFailure) {
        try check(ccurl_set_long(pointer, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(OptionFailure) {
        try check(ccurl_set_string(pointer, option, value))
    }

    private func check(_ result: CURLcode) throws(OptionFailure) {
        guard result == CURLE_OK else { throw OptionFailure(result: result) }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, 1 at least, as libcurl takes 0 for no limit.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, 0), 1_000_000_000)
        return max(1, Int(bounded) * 1000 + Int((max(attoseconds, 0) + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
