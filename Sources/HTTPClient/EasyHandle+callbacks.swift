import CCurl
import Glibc

/// The functions that libcurl calls, on the session's thread, while the loop holds the handle.
extension EasyHandle {
    private static func from(_ context: UnsafeMutableRawPointer?) -> EasyHandle? {
        context.map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The object of a handle that libcurl gives back.
    static func owner(of easy: UnsafeMutableRawPointer) -> EasyHandle? {
        var context: UnsafeMutableRawPointer?
        return ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK ? from(context) : nil
    }

    /// See <https://curl.se/libcurl/c/CURLOPT_WRITEFUNCTION.html>: any other count than the given one ends the transfer.
    static let writeCallback: ccurl_data_callback = { data, size, count, context in
        guard let handle = from(context) else { return 0 }
        let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
        switch handle.transfer.receive(bytes) {
        case .accepted: return bytes.count
        case .pause: return Int(CURL_WRITEFUNC_PAUSE)
        case .refused:
            handle.refuseBody()
            return bytes.isEmpty ? 1 : 0
        }
    }

    /// See <https://curl.se/libcurl/c/CURLOPT_HEADERFUNCTION.html>.
    static let headerCallback: ccurl_data_callback = { data, size, count, context in
        guard let handle = from(context) else { return 0 }
        let line = UnsafeRawBufferPointer(start: data, count: size * count)
        return handle.receiveHeadLine(line) ? line.count : 0
    }

    /// See <https://curl.se/libcurl/c/CURLOPT_READFUNCTION.html>.
    static let readCallback: ccurl_data_callback = { data, size, count, context in
        let buffer = UnsafeMutableRawBufferPointer(start: data, count: size * count)
        return from(context)?.readBody(into: buffer) ?? Int(CURL_READFUNC_ABORT)
    }

    /// See <https://curl.se/libcurl/c/CURLOPT_SEEKFUNCTION.html>.
    static let seekCallback: ccurl_seek_callback = { context, offset, origin in
        guard origin == SEEK_SET, from(context)?.rewindBody(to: offset) == true else { return CURL_SEEKFUNC_FAIL }
        return CURL_SEEKFUNC_OK
    }

    /// <https://curl.se/libcurl/c/CURLOPT_SOCKOPTFUNCTION.html>: a child process must not inherit our connections.
    static let socketCallback: ccurl_socket_callback = { _, socket, _ in
        fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR
    }
}
