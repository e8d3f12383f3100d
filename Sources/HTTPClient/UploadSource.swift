import Glibc

/// Where the bytes of a request's body come from.
///
/// Not copyable: it closes its file when it goes.
struct UploadSource: ~Copyable {
    private let bytes: [UInt8]
    private let file: Int32?
    /// Whether the request has a body at all, be it an empty one.
    let isPresent: Bool
    /// How many bytes will be sent.
    let byteCount: Int
    private var offset = 0

    /// Opens the request's file, if it has one.
    ///
    /// - Throws: `bodyUnreadable` when the file cannot be opened or is not a regular one.
    init(_ request: HTTPRequest) throws(HTTPError) {
        switch request.body {
        case .none:
            (bytes, file, isPresent, byteCount) = ([], nil, false, 0)
        case .bytes(let bytes):
            (self.bytes, file, isPresent, byteCount) = (bytes, nil, true, bytes.count)
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                throw HTTPError(.bodyUnreadable, request, cause: "\(path): \(String(cString: strerror(errno)))")
            }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                close(descriptor)
                throw HTTPError(.bodyUnreadable, request, cause: "\(path) is not a regular file")
            }
            (bytes, file, isPresent, byteCount) = ([], descriptor, true, status.st_size)
        }
    }

    deinit {
        if let file { close(file) }
    }

    /// Copies what comes next into `buffer`: its count, 0 at the end, nil when reading fails.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, byteCount - offset)
        guard wanted > 0 else { return 0 }
        var copied = wanted
        if let file {
            copied = pread(file, buffer.baseAddress, wanted, offset)
            guard copied > 0 else { return nil }
        } else {
            bytes.withUnsafeBytes { source in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + wanted]))
            }
        }
        offset += copied
        return copied
    }

    /// Continues at `offset`; false when there is no such place.
    mutating func seek(to offset: Int) -> Bool {
        guard (0...byteCount).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}
