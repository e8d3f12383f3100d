import Model
import Store

/// What Dispatch does with one Run: the pure heart of the controller.
enum DispatchPlan: Equatable {
    /// It has ended, or a runner elsewhere holds it and Maintenance takes it back should that fall silent.
    case nothing
    /// It waits for a runner.
    case start
    /// A runner of this machine took it, perhaps started by a server process that is no more.
    case watch(ProcessIdentity)

    /// Plans from the Run and what is known of its last launch.
    static func make(run: Run, launch: RunLaunch?, here machine: MachineIdentity) -> DispatchPlan {
        switch run.state {
        case .succeeded, .failed, .canceled: return .nothing
        case .queued: return .start
        case .running:
            guard let launch, launch.host == machine.host else { return .nothing }
            return .watch(ProcessIdentity(boot: launch.boot, pid: launch.pid, startTicks: launch.startTicks))
        }
    }
}
