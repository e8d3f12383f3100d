/// Keeps a transfer and its session alive as long as somebody may read the body, and aborts it after that.
final class TransferOwner: Sendable {
    let transfer: Transfer
    private let session: HTTPSession

    init(_ transfer: Transfer, of session: HTTPSession) {
        self.transfer = transfer
        self.session = session
    }

    deinit { transfer.cancel() }
}
