import Logging
import ObjectStore
import Store

/// What all handlers share; each group of routes is an extension in a file of its own.
struct Endpoints: Sendable {
    let store: StateStore
    let log: RunLog
    let bucket: any ObjectBucket
    let feed: EventFeed
    let probe: RepoProbe
    let commits: CommitProbe
    let hostKeys: HostKeyProbe
    let page: StatusPage
    let tables: StatusTables
    let webhooks: WebhookIntake
    let notices: NoticeTest
    let doors: HostDoors
    let limits: ServerLimits

    /// Everything that is served, but for the deliveries of git hosts, which a ``WebhookDoor`` takes.
    var routes: [Route] {
        pageRoutes + healthRoutes + statusRoutes + repoRoutes + credentialRoutes + changeRoutes + syncRoutes
            + eventRoutes + runRoutes + runnerRoutes + webhookAdministrationRoutes + steeringRoutes + signerRoutes
            + noticeRoutes
    }

    /// Waits for changes of the Store.
    var longPoll: LongPoll { LongPoll(signal: feed.signal) }
}
