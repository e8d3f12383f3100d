import Git
import Model

/// A mirror in a directory that goes away with this object.
final class TemporaryMirror: Sendable {
    let directory: TemporaryDirectory
    let mirror: Mirror

    init(of url: String, access: RemoteAccess = RemoteAccess()) throws {
        directory = try TemporaryDirectory()
        mirror = Mirror(directory: directory.path + "/mirror", url: try RemoteURL(url), access: access)
    }

    var path: String { mirror.path }

    /// Another actor on the same directory, as after a restart.
    func reopened(access: RemoteAccess = RemoteAccess()) -> Mirror {
        Mirror(directory: path, url: mirror.url, access: access)
    }

    func read<Value: Sendable>(_ body: @Sendable (Objects) throws -> Value) async throws -> Value {
        try await Reader(path: path).read(body)
    }
}
