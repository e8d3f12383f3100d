import Model
import Store

/// The page's tables, made at most once for each change however many browsers ask for them.
actor StatusTables {
    /// Older tables are made anew, whether or not a change was told of.
    private static let ageMax = Duration.seconds(1)

    private let store: StateStore
    private let page: StatusPage
    private let signal: ChangeSignal
    private let finished = ChangeSignal()
    private var latest: (count: UInt64, madeAt: ContinuousClock.Instant, html: String)?
    private var isRendering = false

    /// Makes a value.
    ///
    /// - Parameter signal: counts the changes of the Store.
    init(store: StateStore, page: StatusPage, signal: ChangeSignal) {
        self.store = store
        self.page = page
        self.signal = signal
    }

    /// The tables with every change that was told of before the call.
    func html() async throws -> String {
        let wanted = signal.count
        while true {
            if let latest, latest.count >= wanted, .now - latest.madeAt < Self.ageMax { return latest.html }
            guard isRendering else { return try await render() }
            await finished.wait(past: finished.count, atMost: .seconds(10))
            try Task.checkCancellation()
        }
    }

    private func render() async throws -> String {
        isRendering = true
        defer {
            isRendering = false
            finished.advance()
        }
        let count = signal.count
        let report = try await store.status()
        let html = page.renderMain(
            report, repos: try await store.repos(), patched: try await store.patchedBuilds(in: report),
            problems: try await store.steeringProblems())
        latest = (count, .now, html)
        return html
    }
}
