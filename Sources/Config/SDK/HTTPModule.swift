import Starlark

/// http.star: requests to other services.
enum HTTPModule {
    /// `http`.
    static var http: HostValue { .structure([("get", .function(get)), ("post", .function(post))]) }

    private static let get = SDKFunction.make(
        "http.get", module: "http.star", allowedIn: .runner, [.required("url"), .optional("headers")]
    ) { call, session in
        try send(
            WebRequest(
                method: .get, url: try call.string("url"), headers: try headers(call)), session)
    }

    private static let post = SDKFunction.make(
        "http.post", module: "http.star", allowedIn: .runner,
        [.required("url"), .optional("data"), .optional("headers")]
    ) { call, session in
        let body = try call.optionalString("data").map { Array($0.utf8) }
        return try send(
            WebRequest(
                method: .post, url: try call.string("url"), headers: try headers(call),
                body: body ?? []), session)
    }

    private static func headers(
        _ call: HostCall
    ) throws -> [(name: String, value: String)] {
        try call.strings("headers").map { (name: $0.key, value: $0.value) }
    }

    private static func send(_ request: WebRequest, _ session: Session) throws -> HostValue {
        let response = try session.requireHost("http.\(request.method)").request(request)
        let headers = response.headers.sorted { $0.key < $1.key }.map { ($0.key, HostValue.string($0.value)) }
        return .structure([
            ("status_code", .int(response.statusCode)), ("headers", .dict(headers)),
            ("body", .string(String(decoding: response.body, as: UTF8.self))),
        ])
    }
}
