import Foundation

/// A server that accepts connections and says nothing.
final class SilentServer: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let accepted: AsyncStream<Int32>

    init() throws {
        let descriptor = try Loopback.socket()
        listen(descriptor, 8)
        self.descriptor = descriptor
        port = Loopback.port(of: descriptor)
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        accepted = stream
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { break }
                continuation.yield(client)
            }
            continuation.finish()
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// Returns once somebody is connected.
    func connected() async {
        for await _ in accepted { return }
    }
}

/// A port of this machine that nobody listens on.
final class ClosedPort: Sendable {
    let number: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = try Loopback.socket()
        number = Loopback.port(of: descriptor)
    }

    deinit {
        close(descriptor)
    }
}

/// TCP sockets on 127.0.0.1.
enum Loopback {
    struct Failure: Error {}

    /// A port that was free just now, from below the range that outgoing connections are given.
    static func freePort() throws -> UInt16 {
        for _ in 0..<1000 {
            let port = UInt16.random(in: 15_000..<32_000)
            guard let descriptor = try? socket(port: port) else { continue }
            close(descriptor)
            return port
        }
        throw Failure()
    }

    /// A socket bound to a port, by default one that the system chooses.
    static func socket(port: UInt16 = 0) throws -> Int32 {
        let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            close(descriptor)
            throw Failure()
        }
        return descriptor
    }

    static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
