import ControllerRuntime
import Model
import Store

/// Starts the runner of one Run and stays with it until it has ended, so that as many run at once as keys are held.
public struct DispatchReconciler: Reconciler {
    private let store: StateStore
    private let launcher: LocalLauncher

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds the Runs.
    ///   - launcher: starts runner processes on this machine.
    public init(store: StateStore, launcher: LocalLauncher) {
        self.store = store
        self.launcher = launcher
    }

    /// `dispatch`.
    public var controller: ControllerName { .dispatch }

    /// Looks at one Run, key `r…`: starts it when it is queued, watches it when its runner already runs here.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let id = RunID(lease.key) else { return .stalled("'\(lease.key)' is not a run's id") }
        let actions = DispatchActions(store: store, launcher: launcher, lease: lease)
        do {
            guard let run = try await store.run(id) else { return .done }
            switch DispatchPlan.make(run: run, launch: try await store.launch(of: id), here: launcher.machine) {
            case .nothing: return .done
            case .start: return try await actions.start(run)
            case .watch(let process): return try await actions.watch(run, process)
            }
        } catch {
            return .retry(error)
        }
    }

    /// The Runs that wait for a runner, or that a runner started by this machine may still hold.
    public func resync() async throws -> [String] {
        try await store.unfinishedRuns().map(\.description)
    }
}
