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
            if let status = Self.status(of: answer) { return status }
        }
    }

    /// The status of an answer; nil while it is not whole.
    ///
    /// By bytes, since what looks at them takes processor time from what is measured.
    private static func status(of answer: [UInt8]) -> Int? {
        guard let head = end(of: "\r\n\r\n", in: answer),
            let length = end(of: "content-length: ", in: answer).map({ number(at: $0, in: answer) }),
            answer.count >= head + length
        else { return nil }
        return end(of: " ", in: answer).map { number(at: $0, in: answer) }
    }

    /// Where a text in lower case ends that stands in the bytes, in letters of either case.
    private static func end(of text: StaticString, in bytes: [UInt8]) -> Int? {
        text.withUTF8Buffer { text in
            guard bytes.count >= text.count else { return nil }
            for offset in 0...(bytes.count - text.count)
            where text.indices.allSatisfy({ isSame(bytes[offset + $0], text[$0]) }) {
                return offset + text.count
            }
            return nil
        }
    }

    private static func isSame(_ byte: UInt8, _ lower: UInt8) -> Bool {
        byte == lower || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) && byte | 0x20 == lower
    }

    private static func number(at start: Int, in bytes: [UInt8]) -> Int {
        var number = 0
        for byte in bytes[start...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number < 1 << 20 else { break }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
