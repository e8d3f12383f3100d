import HTTPClient

extension S3Bucket {
    private static let transferTimeMax = Duration.seconds(600)
    private static let errorBytesMax = 64 << 10

    /// Sends a call and waits for its whole response, of whatever status.
    func send(_ call: S3Call) async throws(ObjectStoreError) -> HTTPResponse {
        try await retrying(call) { (request) async throws(HTTPError) in
            let response = try await session.send(request)
            return (response, response.status)
        }
    }

    /// Sends a call whose successful response is read piece by piece.
    func open(_ call: S3Call, _ key: ObjectKey) async throws(ObjectStoreError) -> ObjectStream {
        let stream = try await retrying(call) { (request) async throws(HTTPError) in
            var request = request
            request.timeouts.total = nil
            request.bodyBytesMax = nil
            let stream = try await session.open(request)
            return (stream, stream.status)
        }
        guard stream.isSuccess else { throw failure(of: call, try await response(of: stream, to: call)) }
        guard let count = stream.headers["Content-Length"].flatMap({ Int($0) }) else {
            throw ObjectStoreError(
                .invalidResponse, operation: call.operation, subject: key.text, cause: "no Content-Length came")
        }
        return ObjectStream(summary: ObjectSummary(key: key, byteCount: count), source: .response(stream.body))
    }

    /// What a response that is no success means.
    func failure(of call: S3Call, _ response: HTTPResponse) -> ObjectStoreError {
        let told = S3Fault(response.body)
        let cause = "\(response.status)" + (told.map { " \($0.code): \($0.message)" } ?? "")
        let code: ObjectStoreError.Code =
            switch (response.status, told?.code) {
            case (_, "NoSuchBucket"): .bucketNotFound
            case (404, _): call.key == nil ? .bucketNotFound : .notFound
            case (401, _), (403, _): .accessDenied
            case (_, "EntityTooLarge"), (413, _): .tooLarge
            case (507, _): .outOfSpace
            case (409, _): .conflict
            case (429, _), (500..., _): .unavailable
            default: .invalidResponse
            }
        return ObjectStoreError(code, operation: call.operation, subject: call.subject, cause: cause)
    }

    /// Repeats a call as long as its failure may pass and the policy allows.
    private func retrying<Answer: Sendable>(
        _ call: S3Call, _ attempt: (HTTPRequest) async throws(HTTPError) -> (Answer, status: Int)
    ) async throws(ObjectStoreError) -> Answer {
        let request = request(for: call)
        var failureCount = 0
        while true {
            failureCount += 1
            let isLast = failureCount >= retries.attemptsMax
            do throws(HTTPError) {
                let (answer, status) = try await attempt(request)
                if isLast || !Self.isPassing(status) { return answer }
            } catch {
                if isLast || !error.isTransient {
                    throw ObjectStoreError(error, operation: call.operation, subject: call.subject)
                }
            }
            try await pause(after: failureCount, call)
        }
    }

    private func pause(after failureCount: Int, _ call: S3Call) async throws(ObjectStoreError) {
        do {
            try await Task.sleep(for: retries.pause(after: failureCount))
        } catch {
            throw ObjectStoreError(.cancelled, operation: call.operation, subject: call.subject, cause: "cancelled")
        }
    }

    private static func isPassing(_ status: Int) -> Bool { [429, 500, 502, 503, 504].contains(status) }

    private func request(for call: S3Call) -> HTTPRequest {
        var path = "/" + address.bucket
        if let key = call.key {
            let name = address.prefix.isEmpty ? key.text : address.prefix + "/" + key.text
            path += "/" + PercentCoding.encode(name, isPath: true)
        }
        // Signed as it is sent, so in the order that the signature is computed over.
        let query = call.query
            .map { "\($0.name)=\(PercentCoding.encode($0.value, isPath: false))" }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .joined(separator: "&")
        let url = address.endpoint + path + (query.isEmpty ? "" : "?" + query)
        var request = HTTPRequest(call.method, url, headers: call.headers, body: call.body.content)
        request.headers["x-amz-content-sha256"] = call.body.digest
        request.signature = AWSSignature(
            accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
            sessionToken: credentials.sessionToken, region: address.region, service: "s3")
        request.timeouts.total = Self.transferTimeMax
        request.bodyBytesMax = call.bodyBytesMax
        request.redirects = .asResponse
        return request
    }

    /// Reads the short body of an error.
    private func response(
        of stream: HTTPResponseStream, to call: S3Call
    ) async throws(ObjectStoreError) -> HTTPResponse {
        var body: [UInt8] = []
        do throws(HTTPError) {
            for try await piece in stream.body {
                body += piece
                if body.count > Self.errorBytesMax { break }
            }
        } catch {
            throw ObjectStoreError(error, operation: call.operation, subject: call.subject)
        }
        return HTTPResponse(status: stream.status, headers: stream.headers, body: body, url: stream.url)
    }
}
