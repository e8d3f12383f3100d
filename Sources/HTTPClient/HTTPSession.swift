/// Sends requests over connections that it keeps and reuses.
///
/// One session is enough for a process. It has one thread of its own, on which libcurl waits for all transfers, so
/// a task that awaits a response occupies no thread. Dropping the last reference closes it.
public final class HTTPSession: Sendable {
    private static let discardedBytesMax = 64 << 10

    private let engine: Engine

    /// Starts a session.
    ///
    /// - Throws: `libraryFailure` when there is no memory or no thread to be had.
    public init(_ configuration: Configuration = Configuration()) throws(HTTPError) {
        engine = try Engine(configuration)
    }

    deinit { engine.stop() }

    /// Ends every transfer with the error `cancelled` and takes no more.
    ///
    /// May be called again.
    public func close() { engine.stop() }

    /// Sends a request and waits for the whole response.
    ///
    /// Cancelling the task aborts the transfer.
    ///
    /// A request is sent once: libcurl only repeats it when a kept connection turns out to be dead before anything
    /// was answered on it.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard request.bodyBytesMax != nil else {
            throw HTTPError(.invalidRequest, request, cause: "only a stream may go without bodyBytesMax")
        }
        let (transfer, head) = try await exchange(request, bufferBytesMax: .max)
        let body = try await transfer.awaitBody()
        return HTTPResponse(status: head.status, headers: head.headers, body: body, url: transfer.request.url)
    }

    /// Sends a request and waits for the response's head; its body is then read piece by piece.
    ///
    /// The request's `bodyBytesMax` holds here too; set it to nil for a body without an end, and give such a request
    /// the timeouts ``HTTPTimeouts/stream``.
    public func open(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponseStream {
        let (transfer, head) = try await exchange(request, bufferBytesMax: HTTPBodyChunks.bufferBytesMax)
        let body = HTTPBodyChunks(owner: TransferOwner(transfer, of: self))
        return HTTPResponseStream(status: head.status, headers: head.headers, url: transfer.request.url, body: body)
    }

    /// Sends a request, follows its redirects as far as allowed, and waits for the head of the last response.
    private func exchange(
        _ request: HTTPRequest, bufferBytesMax: Int
    ) async throws(HTTPError) -> (transfer: Transfer, head: HTTPResponseHead) {
        let deadline = request.timeouts.total.map { ContinuousClock.now + $0 }
        var request = request
        for _ in 0...(max(0, request.redirectsMax ?? 0)) {
            try request.check()
            if Task.isCancelled { throw HTTPError(.cancelled, request, cause: "cancelled") }
            if let deadline { request.timeouts.total = deadline - .now }
            let transfer = Transfer(request, bufferBytesMax: bufferBytesMax, engine: engine)
            engine.submit(.start(transfer))
            let head = try await transfer.awaitHead()
            guard let next = try redirect(request, by: head, on: transfer) else { return (transfer, head) }
            await discardBody(of: transfer)
            request = next
        }
        throw HTTPError(.tooManyRedirects, request, cause: "more than \(request.redirectsMax ?? 0) redirects")
    }

    private func redirect(
        _ request: HTTPRequest, by head: HTTPResponseHead, on transfer: Transfer
    ) throws(HTTPError) -> HTTPRequest? {
        do throws(HTTPError) {
            return try request.redirected(by: head)
        } catch {
            transfer.cancel()
            throw error
        }
    }

    /// Reads a redirect's body to its end, so that its connection can be used again, unless that takes too much.
    private func discardBody(of transfer: Transfer) async {
        var discardedBytes = 0
        do throws(HTTPError) {
            while let bytes = try await transfer.nextBytes() {
                discardedBytes += bytes.count
                if discardedBytes > Self.discardedBytesMax { break }
            }
        } catch {}
        transfer.cancel()
    }
}
