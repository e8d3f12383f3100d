import ControllerRuntime
import Model
import Store

/// Reads the event log and records who is to be told what.
public struct NotifyReconciler: Reconciler {
    /// The only key: its lease makes one replica the reader.
    public static let key = "events"
    /// How many events are read at once, and how many pieces in one pass.
    private static let pieceMax = 500
    private static let piecesMax = 20

    private let store: StateStore

    /// Makes a reconciler.
    ///
    /// - Parameter store: holds the events and the notices.
    public init(store: StateStore) {
        self.store = store
    }

    /// `notify`.
    public var controller: ControllerName { .notify }

    /// Reads on from where the log was last read, and asks to be called again when that was not all.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        do throws(StoreError) {
            for _ in 0..<Self.piecesMax {
                guard let reading = try await store.noticeReading(limit: Self.pieceMax),
                    let last = reading.events.last?.event.id
                else { return .done }
                let notices = NotifyPlan.notices(reading.events, to: reading.targets)
                try await store.transaction(under: lease, as: controller.rawValue) { tx throws(StoreError) in
                    try await tx.recordNotices(notices, from: reading.from, to: last)
                }
            }
            return .wait(until: try await store.now())
        } catch {
            return .retry(error)
        }
    }

    /// The only key, while there is something to read.
    public func resync() async throws -> [String] {
        try await store.hasUnreadEvents() ? [Self.key] : []
    }
}
