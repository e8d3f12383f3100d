import CCurl

/// libcurl's multi handle for one conversation: its connection stays open between the requests.
///
/// Used on the mirror's thread alone; ``TransferControl`` wakes it from others, until it is gone.
/// See <https://curl.se/libcurl/c/libcurl-multi.html>.
final class WebConnections {
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    /// No wait is longer, in case a wake-up was lost.
    private static let waitMilliseconds: Int32 = 1000

    let pointer: UnsafeMutableRawPointer
    private let control: TransferControl

    /// Nil when libcurl has no memory.
    init?(_ control: TransferControl) {
        guard Self.isLibraryReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        self.control = control
        control.attach(waker: TransferControl.Waker(multi: pointer))
    }

    deinit {
        control.detachWaker()
        curl_multi_cleanup(pointer)
    }

    /// Lets transfers go on, and waits if there is nothing to do; the result of one that has ended.
    ///
    /// - Throws: a failure without a result when the conversation was stopped.
    func step() throws(WebFailure) -> CURLcode? {
        var running: Int32 = 0
        guard control.stopReason == nil else { throw WebFailure(CURLE_ABORTED_BY_CALLBACK, "stopped") }
        guard curl_multi_perform(pointer, &running) == CURLM_OK else { throw WebFailure(CURLE_FAILED_INIT, "") }
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            if message.pointee.msg == CURLMSG_DONE { return ccurl_message_result(message) }
        }
        return nil
    }

    /// Waits until there may be something to do.
    func wait() {
        curl_multi_poll(pointer, nil, 0, Self.waitMilliseconds, nil)
    }
}
