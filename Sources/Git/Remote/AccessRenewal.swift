import Synchronization

/// A password that there is another of when a host does not take it, as a token that lasts an hour.
public final class AccessRenewal: Sendable {
    private let forget: @Sendable () -> Void
    private let isRefused = Atomic(false)

    /// Takes what forgets the password, so that the next access has another; called from a mirror's thread.
    public init(forget: @escaping @Sendable () -> Void) {
        self.forget = forget
    }

    /// Whether a host did not take it.
    var isDue: Bool { isRefused.load(ordering: .relaxed) }

    /// Notes that a host did not take it.
    func refuse() {
        isRefused.store(true, ordering: .relaxed)
        forget()
    }
}
