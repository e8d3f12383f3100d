import CCurl

/// libcurl's process-wide set-up, done once before its first use.
///
/// See <https://curl.se/libcurl/c/curl_global_init.html>; it is never undone, as the process ends with it.
enum CurlLibrary {
    /// Whether the set-up succeeded; reading it does the set-up.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
