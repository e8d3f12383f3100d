import CCurl

/// The session's thread at work: starts transfers, moves bytes, notices ends.
///
/// Never leaves that thread.
final class TransferLoop {
    private static let pollMilliseconds: Int32 = 60_000

    private let multi: MultiHandle
    private let configuration: HTTPSession.Configuration
    private var handles: [ObjectIdentifier: EasyHandle] = [:]
    private let onEnd: () -> Void

    /// - Parameter onEnd: called once for each started transfer, before its reader is told of the end.
    init(_ multi: MultiHandle, _ configuration: HTTPSession.Configuration, onEnd: @escaping () -> Void) {
        self.multi = multi
        self.configuration = configuration
        self.onEnd = onEnd
    }

    func handle(_ command: Engine.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .cancel(let transfer):
            if let handle = handles[ObjectIdentifier(transfer)] { end(handle, nil) }
        case .resume(let transfer): handles[ObjectIdentifier(transfer)]?.resume()
        }
    }

    /// Moves what can be moved, then waits for more to do.
    ///
    /// See <https://curl.se/libcurl/c/curl_multi_poll.html>.
    func turn() {
        var running: Int32 = 0
        let result = curl_multi_perform(multi.pointer, &running)
        finishDone()
        guard result == CURLM_OK else { return fail(result) }
        let polled = curl_multi_poll(multi.pointer, nil, 0, Self.pollMilliseconds, nil)
        if polled != CURLM_OK { fail(polled) }
    }

    /// Ends what still runs, because the session is closed.
    func endAll() {
        endAll(.cancelled, cause: "the session was closed")
    }

    private func start(_ transfer: Transfer) {
        guard transfer.isRunning else { return onEnd() }
        do throws(HTTPError) {
            let handle = try EasyHandle(transfer, configuration)
            let result = curl_multi_add_handle(multi.pointer, handle.pointer)
            guard result == CURLM_OK else {
                throw HTTPError(.libraryFailure, transfer.request, cause: Self.text(result))
            }
            handles[ObjectIdentifier(transfer)] = handle
        } catch {
            onEnd()
            transfer.finish(.failure(error))
        }
    }

    private func finishDone() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &remaining) {
            guard
                message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let handle = EasyHandle.owner(of: easy)
            else { continue }
            end(handle, handle.outcome(of: ccurl_message_result(message)))
        }
    }

    /// A failure of the whole set, such as no memory: nothing in it can be trusted to go on.
    private func fail(_ result: CURLMcode) { endAll(.libraryFailure, cause: Self.text(result)) }

    private func endAll(_ code: HTTPError.Code, cause: String) {
        for handle in Array(handles.values) {
            end(handle, .failure(HTTPError(code, handle.transfer.request, cause: cause)))
        }
    }

    /// Takes a transfer out of the set; without an outcome its reader knows of the end already.
    private func end(_ handle: EasyHandle, _ outcome: Result<Void, HTTPError>?) {
        onEnd()
        curl_multi_remove_handle(multi.pointer, handle.pointer)
        handles[ObjectIdentifier(handle.transfer)] = nil
        if let outcome { handle.transfer.finish(outcome) }
    }

    private static func text(_ result: CURLMcode) -> String {
        curl_multi_strerror(result).map { String(cString: $0) } ?? "libcurl error \(result.rawValue)"
    }
}
