import Config
import Dispatch
import HTTPClient
import Synchronization

/// Carries the requests of a function, which blocks its thread, to a task that can send them.
final class WebRequests: Sendable {
    /// One request on its way.
    private final class Job: Sendable {
        let request: WebRequest
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<WebResponse, RunnerError>?>(nil)

        init(_ request: WebRequest) {
            self.request = request
        }
    }

    /// The largest answer that is taken: 64 MiB.
    private static let bodyBytesMax = 64 << 20
    private let jobs: AsyncStream<Job>
    private let queue: AsyncStream<Job>.Continuation
    private let stop: StopSignal

    init(stop: StopSignal) {
        self.stop = stop
        (jobs, queue) = AsyncStream.makeStream()
    }

    /// Sends a request and blocks the calling thread until it is answered, or the Run must stop.
    func send(_ request: WebRequest) throws -> WebResponse {
        let job = Job(request)
        queue.yield(job)
        job.done.wait()
        guard let result = job.result.withLock({ $0 }) else {
            throw RunnerError(.stopped, operation: "send", subject: request.url, cause: "the Run has ended")
        }
        return try result.get()
    }

    /// Lets ``run()`` return.
    func close() { queue.finish() }

    /// Sends requests as they come, one at a time, until closed.
    func run() async {
        var session: HTTPSession?
        for await job in jobs {
            let result: Result<WebResponse, RunnerError>
            do {
                let ready = try session ?? HTTPSession()
                session = ready
                result = .success(try await exchange(job.request, ready))
            } catch {
                result = .failure(
                    RunnerError(
                        .unreachable, operation: "send", subject: job.request.url,
                        cause: stop.reason?.sentence ?? "\(error)"))
            }
            job.result.withLock { $0 = result }
            job.done.signal()
        }
    }

    /// One exchange; given up as soon as the Run must stop.
    private func exchange(_ request: WebRequest, _ session: HTTPSession) async throws -> WebResponse {
        var wire = HTTPRequest(request.method == .get ? .get : .post, request.url)
        for (name, value) in request.headers { wire.headers.add(name, value) }
        if let body = request.body { wire.body = .bytes(body) }
        wire.bodyBytesMax = Self.bodyBytesMax
        wire.redirects = .anyHost()
        wire.timeouts.total = .seconds(300)
        let prepared = wire
        let response = try await withThrowingTaskGroup(of: HTTPResponse?.self) { group in
            group.addTask { try await session.send(prepared) }
            group.addTask { [stop] in
                await stop.wait()
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let response = first else { throw CancellationError() }
            return response
        }
        var headers: [String: String] = [:]
        for field in response.headers.fields {
            headers[field.name.lowercased(), default: ""] +=
                headers[field.name.lowercased()] == nil
                ? field.value : ", \(field.value)"
        }
        return WebResponse(statusCode: response.status, headers: headers, body: response.body)
    }
}
