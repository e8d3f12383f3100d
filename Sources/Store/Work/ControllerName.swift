import Model

/// Names a controller, and with it the queue of its work.
public typealias ControllerName = Name<WorkLease>

extension Name<WorkLease> {
    /// Refs → Changes; its keys are repos.
    public static let source: ControllerName = "source"
    /// Change → affected packages → builds; its keys are repos.
    public static let deliver: ControllerName = "deliver"
    /// Build × environment → Target; its keys are packages.
    public static let promote: ControllerName = "promote"
    /// Target against Deployment; its keys are placements.
    public static let sync: ControllerName = "sync"
    /// Run → runner; its keys are runs.
    public static let dispatch: ControllerName = "dispatch"
    /// Rescues what fell silent; its one key is its own.
    public static let maintenance: ControllerName = "maintenance"
    /// Events → notices; its one key is its own.
    public static let notify: ControllerName = "notify"
    /// Notice → whoever is told; its keys are notice targets.
    public static let send: ControllerName = "send"
}
