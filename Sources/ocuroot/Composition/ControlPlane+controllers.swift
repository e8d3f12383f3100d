import Config
import ControllerRuntime
import DeliverController
import DispatchController
import Logging
import MaintenanceController
import Model
import ObjectStore
import PromoteController
import Repositories
import ServiceLifecycle
import SourceController
import Store
import SyncController

/// The one place where controllers are put together.
extension ControlPlane {
    /// How many repos are looked at at once: enough that some hosts which hang leave room for the others.
    private static let looksMax = 32

    /// A work loop for each controller, in the order in which work flows.
    func controllers(_ store: StateStore, _ repositories: RepositorySet) -> [any Service] {
        let evaluator = ConfigEvaluator()
        let source = SourceReconciler(store: store, repositories: repositories, pollInterval: settings.pollInterval)
        let patch = { @Sendable [bucket] (patch: ChangePatch) in
            try await bucket.get(ObjectKey("patches/\(patch.hash)"))
        }
        let deliver = DeliverReconciler(
            store: store, repositories: repositories, evaluator: evaluator, patch: patch)
        let promote = PromoteReconciler(
            store: store, repositories: repositories, evaluator: evaluator, patch: patch,
            variables: settings.policyVariables)
        return [
            loop(MaintenanceReconciler(store: store), store, 1), loop(source, store, Self.looksMax),
            loop(deliver, store, 2), loop(promote, store, 4), loop(SyncReconciler(store: store), store, 4),
            loop(DispatchReconciler(store: store, launcher: launcher), store, settings.runners),
        ]
    }

    /// A work loop of this process.
    func loop(_ reconciler: some Reconciler, _ store: StateStore, _ concurrency: Int) -> any Service {
        WorkLoop(
            reconciler, store: store, holder: holder, configuration: .init(concurrency: concurrency),
            logger: logger(named: "controller"))
    }

    /// Starts this very binary as `ocuroot run ID`.
    private var launcher: LocalLauncher {
        LocalLauncher(
            executable: Executable.path,
            arguments: ["--data-dir", settings.directory.path, "--mirrors", settings.directory.mirrors],
            environment: settings.runnerVariables, outputDirectory: settings.directory.runnerOutput)
    }
}
