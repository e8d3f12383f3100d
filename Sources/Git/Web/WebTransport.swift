import CLibGit2

/// libgit2's http and https, spoken by libcurl: client certificates, proxies and redirects are then ours to decide on.
///
/// libgit2 keeps the git protocol. Upstream: include/git2/sys/transport.h of libgit2 1.5.
enum WebTransport {
    /// Makes a transport for a ``Conversation``, whose callbacks name this function.
    static let make: git_transport_cb = { out, owner, payload in
        var definition = git_smart_subtransport_definition(
            callback: { out, _, payload in WebTransport.begin(out, payload) }, rpc: 1, param: payload)
        return git_transport_smart(out, owner, &definition)
    }

    private static func begin(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport>?>?,
        _ payload: UnsafeMutableRawPointer?
    ) -> Int32 {
        guard let out, let conversation = Conversation.from(payload) else { return -1 }
        guard let session = WebSession(conversation) else {
            return conversation.refuse(.failed, "libcurl is out of memory")
        }
        let place = UnsafeMutablePointer<ocu_git_web_subtransport>.allocate(capacity: 1)
        place.initialize(to: ocu_git_web_subtransport())
        place.pointee.parent.action = { out, transport, _, service in WebTransport.open(out, transport, service) }
        place.pointee.parent.close = { _ in 0 }
        place.pointee.parent.free = { WebTransport.free($0) }
        place.pointee.session = Unmanaged.passRetained(session).toOpaque()
        out.pointee = UnsafeMutableRawPointer(place).assumingMemoryBound(to: git_smart_subtransport.self)
        return 0
    }

    private static func open(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport_stream>?>?,
        _ transport: UnsafeMutablePointer<git_smart_subtransport>?, _ service: git_smart_service_t
    ) -> Int32 {
        guard let out, let transport, let context = layout(transport).pointee.session else { return -1 }
        let session = Unmanaged<WebSession>.fromOpaque(context).takeUnretainedValue()
        guard let service = WebService(service) else {
            return session.conversation.refuse(.failed, "nothing is ever pushed")
        }
        let stream = UnsafeMutablePointer<ocu_git_web_stream>.allocate(capacity: 1)
        stream.initialize(to: ocu_git_web_stream())
        stream.pointee.parent.subtransport = transport
        stream.pointee.parent.read = { WebTransport.read($0, $1, $2, $3) }
        stream.pointee.parent.write = { WebTransport.write($0, $1, $2) }
        stream.pointee.parent.free = { WebTransport.free($0) }
        stream.pointee.exchange = Unmanaged.passRetained(WebExchange(session, service)).toOpaque()
        out.pointee = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: git_smart_subtransport_stream.self)
        return 0
    }

    private static func layout(
        _ transport: UnsafeMutablePointer<git_smart_subtransport>
    ) -> UnsafeMutablePointer<ocu_git_web_subtransport> {
        UnsafeMutableRawPointer(transport).assumingMemoryBound(to: ocu_git_web_subtransport.self)
    }

    private static func layout(
        _ stream: UnsafeMutablePointer<git_smart_subtransport_stream>
    ) -> UnsafeMutablePointer<ocu_git_web_stream> {
        UnsafeMutableRawPointer(stream).assumingMemoryBound(to: ocu_git_web_stream.self)
    }

    private static func exchange(_ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?) -> WebExchange? {
        stream.flatMap { layout($0).pointee.exchange }
            .map { Unmanaged<WebExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func read(
        _ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?, _ buffer: UnsafeMutablePointer<CChar>?,
        _ size: Int, _ count: UnsafeMutablePointer<Int>?
    ) -> Int32 {
        guard let exchange = exchange(stream), let buffer, let count else { return -1 }
        do throws(GitError) {
            count.pointee = try exchange.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
            return 0
        } catch {
            return exchange.session.conversation.refuse(error)
        }
    }

    private static func write(
        _ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?, _ bytes: UnsafePointer<CChar>?, _ count: Int
    ) -> Int32 {
        guard let exchange = exchange(stream), let bytes else { return -1 }
        do throws(GitError) {
            try exchange.write(UnsafeRawBufferPointer(start: bytes, count: count))
            return 0
        } catch {
            return exchange.session.conversation.refuse(error)
        }
    }

    private static func free(_ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?) {
        guard let stream = stream.map(layout) else { return }
        if let exchange = stream.pointee.exchange { Unmanaged<WebExchange>.fromOpaque(exchange).release() }
        stream.deallocate()
    }

    private static func free(_ transport: UnsafeMutablePointer<git_smart_subtransport>?) {
        guard let transport = transport.map(layout) else { return }
        if let session = transport.pointee.session { Unmanaged<WebSession>.fromOpaque(session).release() }
        transport.deallocate()
    }
}
