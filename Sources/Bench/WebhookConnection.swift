import Foundation

/// A connection that blocks: bytes out, the status of the answer in.
final class WebhookConnection {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 4096)

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw BenchError("cannot connect: \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer, which has a length and fits into a few kilobytes.
    func exchange(_ request: [UInt8]) throws -> Int {
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw BenchError("the connection broke") }
            rest = rest.dropFirst(count)
        }
        var answer: [UInt8] = []
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchError("the connection ended without an answer") }
            answer += buffer[..<count]
            let text = String(decoding: answer, as: UTF8.self)
            guard let gap = text.range(of: "\r\n\r\n") else { continue }
            let head = text[..<gap.lowerBound].lowercased()
            let field = head.range(of: "content-length: ").map { head[$0.upperBound...].prefix { $0.isNumber } }
            guard text[gap.upperBound...].utf8.count >= field.flatMap({ Int($0) }) ?? 0 else { continue }
            return head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        }
    }
}
