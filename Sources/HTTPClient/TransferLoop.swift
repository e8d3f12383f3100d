import CCurl

/// The session's thread at work: starts transfers, moves bytes, notices ends.
///
/// Never leaves that thread.
final class TransferLoop {
    private static let pollMilliseconds: Int32 = 60_000

    private let multi: MultiHandle
    private let configuration: HTTPSession.Configuration
    private var handles: [ObjectIdentifier: EasyHandle] = [:]
    private var endedCount = 0

    init(_ multi: MultiHandle, _ configuration: HTTPSession.Configuration) {
        self.multi = multi
        self.configuration = configuration
    }

    /// How many started transfers have ended since the last call.
    func takeEndedCount() -> Int {
        defer { endedCount = 0 }
        return endedCount
    }

    func handle(_ command: Engine.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .cancel(let transfer):
            if let handle = handles[ObjectIdentifier(transfer)] { remove(handle) }
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
        for handle in Array(handles.values) {
            handle.transfer.finish(
                .failure(HTTPError(.cancelled, handle.transfer.request, cause: "the session was closed")))
            remove(handle)
        }
    }

    private func start(_ transfer: Transfer) {
        guard transfer.isRunning else {
            endedCount += 1
            return
        }
        do throws(HTTPError) {
            let handle = try EasyHandle(transfer, configuration)
            let result = curl_multi_add_handle(multi.pointer, handle.pointer)
            guard result == CURLM_OK else {
                throw HTTPError(.libraryFailure, transfer.request, cause: Self.text(result))
            }
            handles[ObjectIdentifier(transfer)] = handle
        } catch {
            transfer.finish(.failure(error))
            endedCount += 1
        }
    }

    private func finishDone() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &remaining) {
            guard
                message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let handle = handles.values.first(where: { $0.pointer == easy })
            else { continue }
            let result = ccurl_message_result(message)
            handle.transfer.finish(handle.outcome(of: result))
            remove(handle)
        }
    }

    /// A failure of the whole set, such as no memory: nothing in it can be trusted to go on.
    private func fail(_ result: CURLMcode) {
        for handle in Array(handles.values) {
            handle.transfer.finish(
                .failure(HTTPError(.libraryFailure, handle.transfer.request, cause: Self.text(result))))
            remove(handle)
        }
    }

    private func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(multi.pointer, handle.pointer)
        handles[ObjectIdentifier(handle.transfer)] = nil
        endedCount += 1
    }

    private static func text(_ result: CURLMcode) -> String {
        curl_multi_strerror(result).map { String(cString: $0) } ?? "libcurl error \(result.rawValue)"
    }
}
