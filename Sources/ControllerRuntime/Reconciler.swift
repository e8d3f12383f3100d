import Store

/// Brings one kind of thing to where it should be.
///
/// A reconciler is level-triggered and idempotent: it is told a key, reads what is true now, and acts. It may run
/// twice, late, or on two replicas at once; its writes carry the lease's fence, so that only one of them counts.
public protocol Reconciler: Sendable {
    /// The name under which its work is queued, and which its events show as the actor.
    var controller: ControllerName { get }

    /// Looks at what the lease's key names and acts on it.
    ///
    /// Errors do not escape: each ends as an outcome that says what happens next.
    func reconcile(_ lease: WorkLease) async -> ReconcileOutcome

    /// The keys that a slow pass over everything looks at, to repair what a lost event left undone.
    ///
    /// - Throws: what the Store throws; the pass is then skipped until its next turn.
    func resync() async throws -> [String]
}
