import CCurl
import Glibc

/// One request by libcurl and its answer, taken step by step on the mirror's thread.
final class WebTransfer {
    /// A host that sends nothing for so many seconds is given up.
    private static let stallSecondsMax = 60
    private static let connectMilliseconds = 20_000

    private(set) var head = WebHead()
    private let connections: WebConnections
    private let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var received: [UInt8] = []
    private var position = 0
    private var result: CURLcode?

    /// Prepares a request and puts it on its way.
    ///
    /// - Parameter body: nil for a GET.
    init(
        _ connections: WebConnections, url: String, headerLines: [String], body: [UInt8]?, access: RemoteAccess
    ) throws(WebFailure) {
        guard let easy = curl_easy_init() else { throw WebFailure(CURLE_OUT_OF_MEMORY, "") }
        self.connections = connections
        self.easy = easy
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setCallbacks()
        try setSafety()
        try setHeaders(headerLines)
        try set(CURLOPT_URL, url)
        if let body { try set(body: body) }
        if let file = access.authoritiesFile { try set(CURLOPT_CAINFO, file) }
        try set(access.proxy)
        if let certificate = access.clientCertificate { try set(certificate) }
        if curl_multi_add_handle(connections.pointer, easy) != CURLM_OK { throw WebFailure(CURLE_OUT_OF_MEMORY, "") }
    }

    deinit {
        curl_multi_remove_handle(connections.pointer, easy)
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Waits until the head of the answer is complete.
    func waitForHead() throws(WebFailure) {
        while !head.isComplete, result == nil { try step { head.isComplete } }
        if !head.isComplete { throw WebFailure(CURLE_GOT_NOTHING, "the host closed the connection without an answer") }
    }

    /// Takes some of the answer's body, waiting for it; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(WebFailure) -> Int {
        while position == received.count, result == nil {
            received.removeAll(keepingCapacity: true)
            position = 0
            try step { !received.isEmpty }
        }
        let count = min(buffer.count, received.count - position)
        received.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }

    /// Goes on, and waits unless that was enough or the end.
    private func step(isEnough: () -> Bool) throws(WebFailure) {
        if let result = try connections.step() {
            self.result = result
            guard result == CURLE_OK else { throw WebFailure(result, String(cString: errorText)) }
        } else if !isEnough() {
            connections.wait()
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> WebTransfer? {
        context.map { Unmanaged<WebTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func setCallbacks() throws(WebFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let write: ccurl_data_callback = { data, size, count, context in
            guard let transfer = WebTransfer.from(context) else { return 0 }
            transfer.received += UnsafeRawBufferPointer(start: data, count: size * count)
            return size * count
        }
        let header: ccurl_data_callback = { data, size, count, context in
            let line = UnsafeRawBufferPointer(start: data, count: size * count)
            return WebTransfer.from(context)?.head.add(line) == true ? line.count : 0
        }
        try check(ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, write))
        try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        try check(ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, header))
        try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        // A child process must not inherit our connections.
        try check(
            ccurl_set_socket_callback(easy) { _, socket, _ in
                fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR
            })
        try check(ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    }

    /// What nothing can switch off: certificates are verified, redirects are ours to judge, and neither the
    /// environment nor a home directory is looked at.
    private func setSafety() throws(WebFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.connectMilliseconds)
        try set(CURLOPT_LOW_SPEED_TIME, Self.stallSecondsMax)
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        // Hosts that serve pages at the same address tell git by this name.
        try set(CURLOPT_USERAGENT, "git/2.0 (ocuroot)")
    }

    private func setHeaders(_ lines: [String]) throws(WebFailure) {
        for line in lines {
            guard let longer = curl_slist_append(headerList, line) else { throw WebFailure(CURLE_OUT_OF_MEMORY, "") }
            headerList = longer
        }
        try check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList))
    }

    private func set(body: [UInt8]) throws(WebFailure) {
        try set(CURLOPT_POST, 1)
        try check(ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        var body = body
        let result = body.withUnsafeMutableBytes { ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        try check(result)
    }

    /// Without one, none: not even that of the environment.
    private func set(_ proxy: RemoteProxy?) throws(WebFailure) {
        try set(CURLOPT_PROXY, proxy?.url ?? "")
        try set(CURLOPT_NOPROXY, "")
        guard let proxy, let user = proxy.user else { return }
        try set(CURLOPT_PROXYUSERNAME, user)
        try set(CURLOPT_PROXYPASSWORD, proxy.secret ?? "")
    }

    private func set(_ certificate: ClientCertificate) throws(WebFailure) {
        try set(CURLOPT_SSLCERTTYPE, "PEM")
        try set(CURLOPT_SSLKEYTYPE, "PEM")
        try set(CURLOPT_SSLCERT_BLOB, blob: certificate.certificates)
        try set(CURLOPT_SSLKEY_BLOB, blob: certificate.privateKey)
        // Without any, OpenSSL would ask on the terminal for that of an encrypted key.
        try set(CURLOPT_KEYPASSWD, certificate.passphrase ?? "")
    }

    private func set(_ option: CURLoption, blob text: String) throws(WebFailure) {
        var bytes = Array(text.utf8)
        let result = bytes.withUnsafeMutableBytes { bytes in
            var blob = curl_blob(data: bytes.baseAddress, len: bytes.count, flags: UInt32(CURL_BLOB_COPY))
            return withUnsafeMutablePointer(to: &blob) { ccurl_set_pointer(easy, option, $0) }
        }
        try check(result)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(WebFailure) {
        try check(ccurl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(WebFailure) {
        try check(ccurl_set_string(easy, option, value))
    }

    private func check(_ result: CURLcode) throws(WebFailure) {
        guard result == CURLE_OK else { throw WebFailure(result, "") }
    }
}
