import CCurl

/// libcurl's multi handle: a set of transfers, their connections and DNS answers.
///
/// Unchecked because of the pointer. The session's thread alone calls everything here but ``wake()``, which libcurl
/// lets any thread call (<https://curl.se/libcurl/c/curl_multi_wakeup.html>) and which the engine calls only under
/// its lock and before it is stopped, hence before ``close()``.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// Nil when libcurl has no memory.
    init?(_ configuration: HTTPSession.Configuration) {
        guard let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        let limits = [
            (CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsMax),
            (CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHostMax),
            (CURLMOPT_MAXCONNECTS, configuration.connectionsMax),
        ]
        for (option, value) in limits where ccurl_multi_set_long(pointer, option, value) != CURLM_OK {
            curl_multi_cleanup(pointer)
            return nil
        }
    }

    func wake() { curl_multi_wakeup(pointer) }

    func close() { curl_multi_cleanup(pointer) }
}
