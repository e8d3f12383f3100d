import CCurl

/// libcurl's handle for one transfer and what its callbacks need.
///
/// Never leaves the session's thread.
///
/// See <https://curl.se/libcurl/c/libcurl-easy.html>.
final class EasyHandle {
    /// The longest response head that is taken.
    static let headBytesMax = 256 << 10

    let transfer: Transfer
    let pointer: UnsafeMutableRawPointer
    private(set) var source: UploadSource
    private(set) var parser = HeadParser()
    /// Why a callback of ours ended the transfer, which libcurl only knows as its own failure.
    var refusal: HTTPError?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    /// Makes a handle that is ready to be added to the set.
    ///
    /// - Throws: `bodyUnreadable` for a file that cannot be opened, `libraryFailure` without memory.
    init(_ transfer: Transfer, _ configuration: HTTPSession.Configuration) throws(HTTPError) {
        let source = try UploadSource(transfer.request)
        guard let pointer = curl_easy_init() else {
            throw HTTPError(.libraryFailure, transfer.request, cause: "libcurl is out of memory")
        }
        self.transfer = transfer
        self.pointer = pointer
        self.source = source
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(configuration)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Goes on after a pause.
    ///
    /// See <https://curl.se/libcurl/c/curl_easy_pause.html>.
    func resume() { curl_easy_pause(pointer, CURLPAUSE_CONT) }

    /// What libcurl's result means for the reader.
    func outcome(of result: CURLcode) -> Result<Void, HTTPError> {
        if let refusal { return .failure(refusal) }
        if result == CURLE_OK { return .success(()) }
        return .failure(HTTPError(result, transfer.request, detail: String(cString: errorText)))
    }

    /// Takes more of the body to send, at most `count` bytes; nil when the file cannot be read.
    func readBody(into buffer: UnsafeMutableRawBufferPointer) -> Int? { source.read(into: buffer) }

    /// Goes back in the body to send, because a connection broke before anything was answered.
    func rewindBody(to offset: Int) -> Bool { source.seek(to: offset) }

    /// Takes a line of the response's head; false ends the transfer.
    func receiveHeadLine(_ line: UnsafeRawBufferPointer) -> Bool {
        guard parser.lineBytes + line.count <= Self.headBytesMax else {
            refusal = HTTPError(
                .tooLarge, transfer.request, cause: "the response's head exceeds \(Self.headBytesMax) bytes")
            return false
        }
        if let head = parser.add(line) { transfer.receive(head) }
        return true
    }

    /// Remembers why the body is not taken any further.
    func refuseBody() {
        let limit = transfer.request.bodyBytesMax ?? 0
        refusal = HTTPError(.tooLarge, transfer.request, cause: "the response's body exceeds \(limit) bytes")
    }

    /// Sets the list of header lines, which libcurl reads during the transfer and does not copy.
    func setHeaderLines(_ lines: [String]) -> Bool {
        for line in lines {
            guard let longer = curl_slist_append(headerList, line) else { return false }
            headerList = longer
        }
        return ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
    }

    /// Tells libcurl where to write what went wrong.
    func setErrorText() -> Bool { ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText) == CURLE_OK }
}
