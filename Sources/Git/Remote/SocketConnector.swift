import Glibc

/// Why no connection came about, in words for a person.
struct ConnectFailure: Error {
    let message: String
}

/// Connects to the first address of a host that answers, in small steps between which it can be stopped.
struct SocketConnector {
    let control: TransferControl
    /// How long one step waits.
    private static let stepMilliseconds: Int32 = 50

    /// The descriptor of a connected socket in blocking mode, registered with the control.
    func connect(host: UnsafePointer<CChar>, port: UnsafePointer<CChar>) throws(ConnectFailure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family = AF_UNSPEC
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, port, &hints, &first)
        guard code == 0, let first else {
            throw ConnectFailure(
                message:
                    "failed to resolve address for \(String(cString: host)): \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(first) }
        var reason = "no address"
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let address = next?.pointee {
            next = address.ai_next
            do throws(ConnectFailure) {
                return try connect(to: address)
            } catch {
                reason = error.message
            }
        }
        throw ConnectFailure(message: "failed to connect to \(String(cString: host)): \(reason)")
    }

    private func connect(to address: addrinfo) throws(ConnectFailure) -> Int32 {
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.ai_family, address.ai_socktype | flags, address.ai_protocol)
        guard descriptor >= 0 else { throw ConnectFailure(message: SystemError.message(errno)) }
        do throws(ConnectFailure) {
            if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
                guard errno == EINPROGRESS else { throw ConnectFailure(message: SystemError.message(errno)) }
                try wait(for: descriptor)
            }
            guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) == 0 else {
                throw ConnectFailure(message: SystemError.message(errno))
            }
            guard control.attach(descriptor) else { throw ConnectFailure(message: "stopped") }
            return descriptor
        } catch {
            _ = close(descriptor)
            throw error
        }
    }

    private func wait(for descriptor: Int32) throws(ConnectFailure) {
        while control.stopReason == nil {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = poll(&entry, 1, Self.stepMilliseconds)
            if ready < 0, errno != EINTR { throw ConnectFailure(message: SystemError.message(errno)) }
            guard ready > 0 else { continue }
            var number: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
            guard number == 0 else { throw ConnectFailure(message: SystemError.message(number)) }
            return
        }
        throw ConnectFailure(message: "stopped")
    }
}
