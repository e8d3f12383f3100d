import Foundation
import TestSupport
import Testing

/// A connection on which a test writes HTTP by hand: chunks, pauses, bodies that never end.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// Connects to the port of a URL such as `http://127.0.0.1:8642`.
    ///
    /// - Parameter receiveBufferBytes: about how much this end takes before it is read from; what is usual when nil.
    init(_ url: String, receiveBufferBytes: Int32? = nil) throws {
        let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var bytes = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0, "\(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    /// Begins a request whose body comes in chunks.
    func begin(_ path: String, _ headers: [String: String] = [:]) {
        let fields = headers.map { "\($0): \($1)\r\n" }.joined()
        write("POST \(path) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\(fields)\r\n")
    }

    /// Sends a chunk; an empty one ends the body.
    func chunk(_ bytes: [UInt8]) {
        write("\(String(bytes.count, radix: 16))\r\n")
        send(bytes)
        write("\r\n")
    }

    /// Sends a whole request.
    func request(
        _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8] = [],
        version: String = "1.1"
    ) {
        announce(method, path, headers, body.count, version: version)
        send(body)
    }

    /// Sends a request's first lines, behind which a body of `count` bytes is to come.
    func announce(
        _ method: String, _ path: String, _ headers: [String: String], _ count: Int, version: String = "1.1"
    ) {
        let fields = headers.map { "\($0): \($1)\r\n" }.joined()
        write("\(method) \(path) HTTP/\(version)\r\nHost: localhost\r\nContent-Length: \(count)\r\n\(fields)\r\n")
    }

    /// Says that nothing more is sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The status of the answer, once its first line is there; nil when the connection ends without one.
    func status() async throws -> Int? { try await statuses(1).first }

    /// The statuses of the next answers, once their first lines are there; fewer when the connection ends.
    ///
    /// Never blocks: the server that answers runs on the same few threads.
    func statuses(_ count: Int) async throws -> [Int] {
        var answers = ""
        var statuses: [Int] {
            answers.components(separatedBy: "HTTP/1.").dropFirst().compactMap { Int($0.dropFirst(2).prefix(3)) }
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        try await waitUntil(timeout: .seconds(20), "\(count) answers") {
            while statuses.count < count {
                let received = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
                if received == 0 || received < 0 && errno == ECONNRESET { return true }
                guard received > 0 else { return false }
                answers += String(decoding: bytes[..<received], as: UTF8.self)
            }
            return true
        }
        return statuses
    }

    /// Waits until the server ends the connection, and returns what it said before.
    @discardableResult
    func ended() async throws -> String {
        var said = ""
        var bytes = [UInt8](repeating: 0, count: 4096)
        try await waitUntil(timeout: .seconds(20), "the connection's end") {
            while true {
                let received = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
                if received == 0 || received < 0 && errno == ECONNRESET { return true }
                guard received > 0 else { return false }
                said += String(decoding: bytes[..<received], as: UTF8.self)
            }
        }
        return said
    }

    /// Waits until the server has said something.
    func told(_ text: String) async throws {
        var said = ""
        var bytes = [UInt8](repeating: 0, count: 4096)
        try await waitUntil("'\(text)'") {
            let received = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            try #require(received != 0, "the connection has ended")
            if received > 0 { said += String(decoding: bytes[..<received], as: UTF8.self) }
            return said.contains(text)
        }
    }

    private func write(_ text: String) { send(Array(text.utf8)) }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
