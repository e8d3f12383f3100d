import CLibGit2
import Glibc

/// The TCP connections of libgit2's http and ssh transports, opened by us so that they can be stopped.
///
/// TLS and ssh run on top of it, in libgit2. Upstream: include/git2/sys/stream.h of libgit2 1.5.
enum SocketStream {
    private typealias Layout = ocu_git_socket_stream

    /// The conversation that the current thread is having; set around each call that may connect.
    private static let currentKey: pthread_key_t = {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, nil)
        precondition(code == 0, "a process has room for 1024 thread-specific keys and we make one")
        return key
    }()

    /// Makes libgit2 open its sockets through us.
    static func register() -> Int32 {
        var registration = git_stream_registration(
            version: GIT_STREAM_VERSION,
            init: { out, host, port in SocketStream.make(out, host, port) },
            wrap: nil)
        return git_stream_register(GIT_STREAM_STANDARD, &registration)
    }

    /// Runs `body`; connections that this thread opens meanwhile obey `control`.
    static func with<Value>(_ control: TransferControl, _ body: () throws(GitError) -> Value) throws(GitError) -> Value
    {
        pthread_setspecific(currentKey, Unmanaged.passUnretained(control).toOpaque())
        defer { pthread_setspecific(currentKey, nil) }
        return try body()
    }

    private static func make(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_stream>?>?,
        _ host: UnsafePointer<CChar>?, _ port: UnsafePointer<CChar>?
    ) -> Int32 {
        guard let out, let host, let port, let current = pthread_getspecific(currentKey) else {
            return fail("connection outside of a conversation")
        }
        let control = Unmanaged<TransferControl>.fromOpaque(current)
        let stream = UnsafeMutablePointer<Layout>.allocate(capacity: 1)
        stream.initialize(to: Layout())
        stream.pointee.parent.version = GIT_STREAM_VERSION
        stream.pointee.parent.connect = { SocketStream.open($0) }
        stream.pointee.parent.read = { SocketStream.receive($0, $1, $2) }
        stream.pointee.parent.write = { stream, bytes, count, _ in SocketStream.send(stream, bytes, count) }
        stream.pointee.parent.close = { SocketStream.close($0) }
        stream.pointee.parent.free = { SocketStream.free($0) }
        stream.pointee.host = strdup(host)
        stream.pointee.port = strdup(port)
        stream.pointee.descriptor = -1
        stream.pointee.control = control.retain().toOpaque()
        out.pointee = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: git_stream.self)
        return 0
    }

    private static func layout(_ stream: UnsafeMutablePointer<git_stream>) -> UnsafeMutablePointer<Layout> {
        UnsafeMutableRawPointer(stream).assumingMemoryBound(to: Layout.self)
    }

    private static func control(_ stream: UnsafeMutablePointer<Layout>) -> TransferControl? {
        stream.pointee.control.map { Unmanaged<TransferControl>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func open(_ stream: UnsafeMutablePointer<git_stream>?) -> Int32 {
        guard let stream = stream.map(layout), let control = control(stream), let host = stream.pointee.host,
            let port = stream.pointee.port
        else { return fail("no stream") }
        do throws(ConnectFailure) {
            stream.pointee.descriptor = try SocketConnector(control: control).connect(host: host, port: port)
            return 0
        } catch {
            return fail(error.message)
        }
    }

    private static func receive(
        _ stream: UnsafeMutablePointer<git_stream>?, _ buffer: UnsafeMutableRawPointer?, _ count: Int
    ) -> Int {
        guard let stream = stream.map(layout) else { return -1 }
        while true {
            let received = recv(stream.pointee.descriptor, buffer, count, 0)
            if received > 0 { return received }
            if received < 0, errno == EINTR { continue }
            let number = errno
            guard control(stream)?.stopReason == nil else { return Int(fail("the connection was stopped")) }
            return received == 0 ? 0 : Int(fail("cannot receive: \(SystemError.message(number))"))
        }
    }

    private static func send(
        _ stream: UnsafeMutablePointer<git_stream>?, _ bytes: UnsafePointer<CChar>?, _ count: Int
    ) -> Int {
        guard let stream = stream.map(layout) else { return -1 }
        while true {
            let sent = Glibc.send(stream.pointee.descriptor, bytes, count, Int32(MSG_NOSIGNAL))
            if sent >= 0 { return sent }
            if errno == EINTR { continue }
            return Int(fail("cannot send: \(SystemError.message(errno))"))
        }
    }

    private static func close(_ stream: UnsafeMutablePointer<git_stream>?) -> Int32 {
        guard let stream = stream.map(layout), stream.pointee.descriptor >= 0 else { return 0 }
        let descriptor = stream.pointee.descriptor
        stream.pointee.descriptor = -1
        return control(stream)?.detachAndClose(descriptor) ?? Glibc.close(descriptor)
    }

    private static func free(_ stream: UnsafeMutablePointer<git_stream>?) {
        guard let generic = stream else { return }
        _ = close(generic)
        let stream = layout(generic)
        Glibc.free(stream.pointee.host)
        Glibc.free(stream.pointee.port)
        if let control = stream.pointee.control { Unmanaged<TransferControl>.fromOpaque(control).release() }
        stream.deallocate()
    }

    private static func fail(_ message: String) -> Int32 {
        _ = git_error_set_str(Int32(GIT_ERROR_NET.rawValue), message)
        return -1
    }
}
