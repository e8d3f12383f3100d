import Foundation
import Model

extension Store {
    private func pending() -> StoreError { StoreError(.unavailable, "store", "this call comes with the next commit") }
    /// Brings the database's schema up to this binary's.
    public func migrate() async throws(StoreError) { throw pending() }
    /// Puts keys on a controller's queue.
    public func enqueue(
        _ controller: ControllerName, keys: [String], after: Duration = .zero, isRoutine: Bool = false
    ) async throws(StoreError) { throw pending() }
    /// Takes due keys.
    public func claim(
        _ controller: ControllerName, holder: String, limit: Int, lease: Duration
    ) async throws(StoreError) -> [WorkLease] { throw pending() }
    /// Keys still ours.
    public func renew(_ leases: [WorkLease], lease: Duration) async throws(StoreError) -> Set<String> {
        throw pending()
    }
    /// Ends a lease.
    public func finish(_ lease: WorkLease, _ outcome: WorkOutcome) async throws(StoreError) { throw pending() }
    /// Until the next key is due.
    public func nextDue(_ controller: ControllerName) async throws(StoreError) -> Duration? { throw pending() }
    /// Frees all leases of work.
    public func releaseWork() async throws(StoreError) { throw pending() }

    /// The watched repos.
    public func repos() async throws(StoreError) -> [Repo] { throw pending() }
    /// A repo, watched or not.
    public func repo(_ id: RepoID) async throws(StoreError) -> Repo? { throw pending() }
    /// The watched repo that a person means.
    public func repo(matching text: String) async throws(StoreError) -> Repo? { throw pending() }
    /// Where the refs were last seen.
    public func refTips(_ repo: RepoID) async throws(StoreError) -> [RefName: RefTip] { throw pending() }
    /// A Change.
    public func change(_ id: ChangeID) async throws(StoreError) -> Change? { throw pending() }
    /// The commits of a Change.
    public func commits(of change: ChangeID) async throws(StoreError) -> [ChangeCommit] { throw pending() }
    /// A Build.
    public func build(_ id: BuildID) async throws(StoreError) -> Build? { throw pending() }
    /// The Builds of a Change.
    public func builds(of change: ChangeID) async throws(StoreError) -> [Build] { throw pending() }
    /// Changes to deliver.
    public func undelivered(_ repo: RepoID) async throws(StoreError) -> [Change] { throw pending() }
    /// What a Change is compared with.
    public func deliveryBase(_ repo: RepoID) async throws(StoreError) -> DeliveryBase { throw pending() }
    /// Package files.
    public func packageFiles(
        _ repo: RepoID, watching paths: [String]?
    ) async throws(StoreError) -> [PackageFileRecord] { throw pending() }
    /// Package files with something owed.
    public func outstanding(_ repo: RepoID) async throws(StoreError) -> [PackageFileRecord] { throw pending() }
    /// Repos with something to deliver.
    public func reposToDeliver() async throws(StoreError) -> [RepoID] { throw pending() }
    /// What Promote looks at.
    public func promoteFacts(_ package: PackageID) async throws(StoreError) -> PromoteFacts? { throw pending() }
    /// What v0.1-alpha's policies see.
    public func deployedEnvironments(
        for package: PackageID
    ) async throws(StoreError) -> [DeployedEnvironment] { throw pending() }
    /// Packages whose newest Build lacks a decision.
    public func packagesToDecide() async throws(StoreError) -> [PackageID] { throw pending() }
    /// What Sync looks at.
    public func syncFacts(
        _ placement: PlacementID
    ) async throws(StoreError) -> (address: PlacementAddress, generation: Int64, facts: SyncFacts)? { throw pending() }
    /// Placements that are not settled.
    public func unsettledPlacements() async throws(StoreError) -> [PlacementID] { throw pending() }
    /// Tries again what failed.
    @discardableResult
    public func retry(filter: PlacementFilter, as actor: String) async throws(StoreError) -> Int { throw pending() }

    /// A Run.
    public func run(_ id: RunID) async throws(StoreError) -> Run? { throw pending() }
    /// Runs with names.
    public func runs(_ filter: RunFilter) async throws(StoreError) -> [RunListing] { throw pending() }
    /// Runs launched on a host.
    public func launches(host: String) async throws(StoreError) -> [(RunID, RunLaunch)] { throw pending() }
    /// The process of a Run.
    public func launch(of run: RunID) async throws(StoreError) -> RunLaunch? { throw pending() }
    /// Runs that have not ended.
    public func unfinishedRuns() async throws(StoreError) -> [RunID] { throw pending() }
    /// Takes a Run with its one-time token.
    public func startRun(
        _ id: RunID, startToken: String, holder: String, lease: Duration, logBytesMax: Int = 16 << 20
    ) async throws(StoreError) -> RunStart { throw pending() }
    /// Takes a Run for a caller that was let in otherwise.
    public func claimRun(
        _ id: RunID, holder: String, lease: Duration, logBytesMax: Int = 16 << 20
    ) async throws(StoreError) -> RunStart { throw pending() }
    /// Prolongs a Run's lease.
    public func heartbeat(_ id: RunID, leaseToken: String, lease: Duration) async throws(StoreError) { throw pending() }
    /// Where this attempt's log begins among the Run's.
    @discardableResult
    public func checkLease(_ id: RunID, leaseToken: String) async throws(StoreError) -> Int64 { throw pending() }
    /// Notes that log was stored.
    @discardableResult
    public func recordLog(
        _ id: RunID, leaseToken: String, offset: Int64, count: Int64
    ) async throws(StoreError) -> Int64 { throw pending() }
    /// Notes that log could not be stored.
    public func recordLogError(
        _ id: RunID, leaseToken: String, _ error: String
    ) async throws(StoreError) { throw pending() }
    /// Ends a Run.
    public func finishRun(_ id: RunID, leaseToken: String, _ result: RunResult) async throws(StoreError) {
        throw pending()
    }
    /// Takes a Run back from a runner that is no more.
    public func loseRun(
        _ id: RunID, attempt: Int, reason: String, onlyIfExpired: Bool = false
    ) async throws(StoreError) { throw pending() }
    /// Runs whose lease has expired.
    public func expiredRuns(limit: Int) async throws(StoreError) -> [Run] { throw pending() }

    /// What runs where.
    public func status(_ filter: StatusFilter = .init()) async throws(StoreError) -> StatusReport { throw pending() }
    /// Whether anything is left to do.
    public func settlement(_ filter: StatusFilter = .init()) async throws(StoreError) -> Settlement { throw pending() }
    /// Events in order.
    public func events(after: EventID?, limit: Int) async throws(StoreError) -> [Event] { throw pending() }
    /// The newest event.
    public func latestEvent() async throws(StoreError) -> EventID? { throw pending() }
}

extension StoreTransaction {
    private func pending() -> StoreError { StoreError(.unavailable, "store", "this call comes with the next commit") }
    func check(_ lease: WorkLease) async throws(StoreError) { throw pending() }
    func flush() async throws(StoreError) { throw pending() }
    /// Watches a repo.
    public func addRepo(url: String, refs: [RefName]) async throws(StoreError) -> RepoID { throw pending() }
    /// Stops watching a repo.
    public func removeRepo(_ id: RepoID, mode: RepoRemoval) async throws(StoreError) { throw pending() }
    /// Records a Change.
    @discardableResult
    public func recordChange(_ change: NewChange) async throws(StoreError) -> ChangeID? { throw pending() }
    /// Records that a ref is gone.
    public func recordRefDeleted(_ repo: RepoID, _ ref: RefName) async throws(StoreError) { throw pending() }
    /// Records that a repo was looked at.
    public func recordLook(_ repo: RepoID, error: String?, startedAt: Date) async throws(StoreError) { throw pending() }
    /// Writes down what Deliver worked out.
    @discardableResult
    public func deliver(_ delivery: Delivery) async throws(StoreError) -> DeliverySummary { throw pending() }
    /// Records that a Change could not be worked out.
    public func failChange(_ id: ChangeID, error: String) async throws(StoreError) { throw pending() }
    /// Records what a policy answered.
    @discardableResult
    public func recordDecisions(
        _ placement: PlacementID, _ answers: [(BuildID, PolicyAnswer)]
    ) async throws(StoreError) -> [BuildID: Date] { throw pending() }
    /// Sets what a placement shall run.
    @discardableResult
    public func setTarget(
        _ placement: PlacementID, _ target: NewTarget, replacing generation: Int64
    ) async throws(StoreError) -> Bool { throw pending() }
    /// Records which packages' deployments a policy read.
    public func recordPolicyReads(
        _ package: PackageID, _ reads: [(RepoName, PackageName)]
    ) async throws(StoreError) { throw pending() }
    /// Starts an attempt.
    @discardableResult
    public func startDeployment(
        _ placement: PlacementID, generation: Int64, attempt: Int, kind: Deployment.Kind, build: BuildID,
        inputs: JSONObject
    ) async throws(StoreError) -> DeploymentID? { throw pending() }
    /// Cancels an attempt that has not begun.
    @discardableResult
    public func cancelDeployment(_ id: DeploymentID) async throws(StoreError) -> Bool { throw pending() }
    /// Begins a new generation of the same Target.
    @discardableResult
    public func renewTarget(
        _ placement: PlacementID, generation: Int64, reason: String
    ) async throws(StoreError) -> Bool { throw pending() }
    /// Records what Sync found.
    public func setCondition(
        _ placement: PlacementID, _ condition: SyncCondition, observed generation: Int64?
    ) async throws(StoreError) { throw pending() }
    /// A one-time token to start a Run with.
    public func prepareStart(_ run: RunID) async throws(StoreError) -> String? { throw pending() }
    /// Records which process was started for a Run.
    public func recordLaunch(_ run: RunID, _ launch: RunLaunch) async throws(StoreError) { throw pending() }
}
