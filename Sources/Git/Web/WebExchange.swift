/// One request of git's smart HTTP: what is written is its body, what is read its answer.
final class WebExchange {
    /// A list of wants and haves is shorter; the answer to a list of refs, too.
    private static let bytesMax = 64 << 20

    let session: WebSession
    private let service: WebService
    private var body: [UInt8] = []
    private var transfer: WebTransfer?
    private var answerByteCount = 0

    init(_ session: WebSession, _ service: WebService) {
        self.session = session
        self.service = service
    }

    /// Adds to the request's body, which is sent at the first read.
    func write(_ bytes: UnsafeRawBufferPointer) throws(GitError) {
        guard body.count + bytes.count <= Self.bytesMax else { throw session.tooLarge("what is asked for") }
        body += bytes
    }

    /// Takes some of the answer; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        let transfer = try begun()
        let count = try session.reading { () throws(WebFailure) in try transfer.read(into: buffer) }
        answerByteCount += count
        // Objects are bounded where they are indexed; a list of refs is kept whole before it is counted.
        guard service == .objects || answerByteCount <= Self.bytesMax else {
            throw session.tooLarge("its list of refs")
        }
        return count
    }

    private func begun() throws(GitError) -> WebTransfer {
        if let transfer { return transfer }
        let begun = try session.answer(to: service, body: body)
        body = []
        transfer = begun
        return begun
    }
}
