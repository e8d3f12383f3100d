import Model
import Postgres

extension StoreTransaction {
    private struct Entry: Encodable {
        var number: Int
        var commit: String
        var position: Int
        var author: String
        var token: String
        var value: String
        var reason: String
        var state: SteeringReport.State
        var message: String
        var committedAt: Double
        var signatureProblem: String?
        var signer: String?
        var signedContent: String?
    }

    /// Writes down the trailers that steer, each once and for all, and applies those whose subjects exist.
    ///
    /// - Parameter isFirst: nobody watched the repo when they were written: they are reported and not applied.
    func receive(
        _ trailers: [SteeringTrailer], of change: ChangeID, in repo: RepoID, isFirst: Bool
    ) async throws(StoreError) {
        guard !trailers.isEmpty else { return }
        let entries = trailers.enumerated().map { Self.entry($1, number: $0, isFirst: isFirst) }
        let rows = try await database.query(
            "steer",
            """
            INSERT INTO steering_order (
                repo_id, change_id, commit, position, author, token, value, reason, state, message, decided_at,
                committed_at, signature_problem, signer, signed_content
            )
            SELECT \(repo), \(change), g.commit, g.position, g.author, g.token, g.value, g.reason, g.state, g.message,
                CASE WHEN g.state <> 'waiting' THEN clock_timestamp() END, to_timestamp(g."committedAt"),
                g."signatureProblem", g.signer, g."signedContent"
            FROM jsonb_to_recordset(\(json: entries)) AS g (
                number int, commit text, position int, author text, token text, value text, reason text, state text,
                message text, "committedAt" double precision, "signatureProblem" text, signer text,
                "signedContent" text
            )
            ORDER BY g.number
            ON CONFLICT DO NOTHING
            RETURNING id, commit, author, token, value, state, message
            """)
        for row in rows where try row.value("state") as SteeringReport.State == .refused {
            try recordRefusal(row, repo: repo, change: change, message: try row.value("message"))
        }
        try await applyWaitingOrders(of: repo)
    }

    /// Applies the orders of a repo's commits in their order.
    ///
    /// One that names what does not exist waits while Changes of the repo are not delivered, and all later ones wait
    /// behind it that concern the same placements. A Change that failed and whose ref is gone is not waited for.
    func applyWaitingOrders(of repo: RepoID) async throws(StoreError) {
        let rows = try await database.query(
            "steer",
            """
            SELECT o.id, o.change_id, o.commit, o.author, o.token, o.value, o.reason FROM steering_order o
            WHERE o.repo_id = \(repo) AND o.state = 'waiting'
            ORDER BY o.id LIMIT \(2 * SteeringTrailer.perPushMax) FOR NO KEY UPDATE OF o
            """)
        guard !rows.isEmpty else { return }
        let isPending: Bool = try await database.query(
            "steer",
            """
            SELECT EXISTS (
                SELECT FROM change c WHERE c.repo_id = \(repo) AND c.state IN ('recorded', 'failed')
                    AND (c.state = 'recorded' OR EXISTS (
                        SELECT FROM ref_tip t WHERE t.repo_id = c.repo_id AND t.ref = c.ref AND t.commit IS NOT NULL
                    ))
            ) AS is_pending
            """
        ).single("steer").value("is_pending")
        var waiting: [PlacementGlob] = []
        for row in rows {
            let origin = SteeringOrigin(
                order: try row.value("id"), repo: repo, change: try row.value("change_id"),
                commit: try row.value("commit"), by: try row.value("author"))
            let order = try Self.order(row)
            if waiting.contains(where: { $0.mayMeet(order.subject) }) {
                try await conclude(origin, row, .unknown("waits for an earlier trailer"), mayWait: true)
                waiting.append(order.subject)
                continue
            }
            let verdict = try await apply(order, from: origin)
            try await conclude(origin, row, verdict, mayWait: isPending)
            if case .unknown = verdict, isPending { waiting.append(order.subject) }
        }
    }

    private func conclude(
        _ origin: SteeringOrigin, _ row: Row, _ verdict: SteeringVerdict, mayWait: Bool
    ) async throws(StoreError) {
        switch verdict {
        case .applied(let message, let places):
            try await decide(origin.order, .applied, message)
            recordApplication(origin, trailer: try Self.text(row), message, places)
        case .unknown(let message) where mayWait:
            try await database.execute(
                "steer",
                "UPDATE steering_order SET message = \(message.storable()) WHERE id = \(origin.order)")
        case .unknown(let message), .refused(let message):
            try await decide(origin.order, .refused, message)
            try recordRefusal(row, repo: origin.repo, change: origin.change, message: message)
        }
    }

    private func decide(
        _ order: Int64, _ state: SteeringReport.State, _ message: String
    ) async throws(StoreError) {
        try await database.execute(
            "steer",
            """
            UPDATE steering_order SET state = \(state), message = \(message.storable()),
                decided_at = clock_timestamp()
            WHERE id = \(order)
            """)
    }

    /// Notes that an order was applied: what it did, and by which commit and author.
    func recordApplication(
        _ origin: SteeringOrigin, trailer: String, _ message: String, _ places: SteeredPlaces
    ) {
        let place = origin.commit.map { " in commit \($0.short)" } ?? ""
        var data: JSONObject = [
            "author": .string(origin.by), "trailer": .string(trailer),
            "placements": .array(places.names.map(JSONValue.string)),
        ]
        if let commit = origin.commit { data["commit"] = .string(commit.hex) }
        if let signer = places.signer { data["signer"] = .string(signer) }
        let signed = places.signer.map { ", signed by \($0)" } ?? ""
        record(
            NewEvent(
                "steering.applied", "\(message): \(origin.by)\(place)\(signed)", repo: origin.repo,
                package: places.package,
                environment: places.environment, change: origin.change, build: places.build, by: origin.by,
                data: data))
    }

    private func recordRefusal(
        _ row: Row, repo: RepoID?, change: ChangeID?, message: String
    ) throws(StoreError) {
        let (author, commit): (String, CommitID) = (try row.value("author"), try row.value("commit"))
        let trailer = try Self.text(row)
        record(
            NewEvent(
                "steering.refused", "'\(trailer)' in commit \(commit.short) changes nothing: \(message)", repo: repo,
                change: change, by: author,
                data: ["author": .string(author), "trailer": .string(trailer), "commit": .string(commit.hex)]))
    }

    private static func text(_ row: Row) throws(StoreError) -> String {
        "\(try row.value("token") as String): \(try row.value("value") as String)"
    }

    /// The order as it was read when it was written down.
    private static func order(_ row: Row) throws(StoreError) -> SteeringOrder {
        let trailer = Trailer(token: try row.value("token"), value: try row.value("value"))
        let reason: String = try row.value("reason")
        do throws(SteeringMistake) {
            guard let order = try SteeringOrder(trailer) else { throw SteeringMistake("it is no trailer of ours") }
            return SteeringOrder(order.action, order.subject, reason: reason)
        } catch {
            throw StoreError(.corrupted, "steer", "a stored trailer cannot be read", cause: error)
        }
    }

    private static func entry(_ trailer: SteeringTrailer, number: Int, isFirst: Bool) -> Entry {
        var entry = Entry(
            number: number, commit: trailer.commit.hex, position: trailer.position, author: trailer.author.storable(),
            token: trailer.trailer.token.storable(), value: trailer.trailer.value.storable(), reason: "",
            state: .waiting, message: "", committedAt: trailer.committedAt.timeIntervalSince1970)
        switch trailer.signing {
        case .unsigned: break
        case .unusable(let problem): entry.signatureProblem = problem.storable()
        case .signed(let key, let content): (entry.signer, entry.signedContent) = (key, content)
        }
        switch trailer.order {
        case .success(let order): entry.reason = order.reason.storable()
        case .failure(let mistake):
            entry.state = .refused
            entry.message = mistake.description.storable()
        }
        if isFirst {
            entry.state = .refused
            entry.message = """
                it was written before Ocuroot watched this repository; push it again as a new commit if it still counts
                """
        }
        return entry
    }
}
