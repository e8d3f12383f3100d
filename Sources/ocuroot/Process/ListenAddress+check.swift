import Foundation

extension ListenAddress {
    /// Tries whether this process may listen here, before anything is started that would have to be stopped again.
    ///
    /// - Throws: a ``CommandError`` that says why not.
    func check() throws {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &found)
        guard status == 0, let first = found else {
            throw refusal(String(cString: gai_strerror(status)), hint: "name an address of this machine with --listen")
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(first.pointee.ai_family, first.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw refusal(String(cString: strerror(errno)), hint: "check this machine's limits")
        }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0, listen(descriptor, 1) == 0 else {
            let hint =
                errno == EADDRINUSE
                ? "another program listens there; choose another address with --listen"
                : "choose another address with --listen"
            throw refusal(String(cString: strerror(errno)), hint: hint)
        }
    }

    private func refusal(_ reason: String, hint: String) -> CommandError {
        CommandError("cannot listen on \(defaultValueDescription): \(reason)", hint: hint)
    }
}
