import Starlark

/// source.star: the checkout that a runner works in.
enum SourceModule {
    private static let module = "source.star"

    /// `source`.
    static var source: HostValue {
        .structure([
            ("read", .function(read)), ("write", .function(write)), ("pwd", .function(pwd)),
            ("path_to_root", .function(pathToRoot)),
        ])
    }

    private static let read = SDKFunction.make(
        "source.read", module: module, allowedIn: .runner, [.required("path")]
    ) { call, session in
        let path = try call.string("path")
        let bytes = try session.requireHost("source.read").readSource(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SDKFailure("\(path) is not a text in UTF-8")
        }
        return .string(text)
    }

    private static let write = SDKFunction.make(
        "source.write", module: module, allowedIn: .runner, [.required("path"), .required("content")]
    ) { call, session in
        let content = Array(try call.string("content").utf8)
        try session.requireHost("source.write").writeSource(try call.string("path"), content)
        return .none
    }

    private static let pwd = SDKFunction.make(
        "source.pwd", module: module, allowedIn: .runner, []
    ) { _, session in
        .string(session.directory)
    }

    private static let pathToRoot = SDKFunction.make(
        "source.path_to_root", module: module, allowedIn: .runner, []
    ) { _, session in
        .string(RepoPath.toRoot(from: session.directory))
    }
}
