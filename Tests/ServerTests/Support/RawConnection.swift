import Foundation
import TestSupport
import Testing

/// A connection on which a test writes HTTP by hand: chunks, pauses, bodies that never end.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// Connects to the port of a URL such as `http://127.0.0.1:8642`.
    init(_ url: String) throws {
        let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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

    /// The status of the answer, once its first line is there; nil when the connection ends without one.
    ///
    /// Never blocks: the server that answers runs on the same few threads.
    func status() async throws -> Int? {
        var line: [UInt8] = []
        try await waitUntil(timeout: .seconds(20), "an answer") {
            var byte: UInt8 = 0
            while line.last != UInt8(ascii: "\n") {
                let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
                if count == 0 { return true }
                guard count == 1 else { return false }
                line.append(byte)
            }
            return true
        }
        return String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    private func write(_ text: String) { send(Array(text.utf8)) }

    private func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
