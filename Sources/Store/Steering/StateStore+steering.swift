import Model
import Postgres

extension StateStore {
    /// Does what trailers ask for at once, all of them or, when one is refused, none.
    ///
    /// They may name packages of every repo. Throws ``StoreError/Code/invalid`` that says what is wrong with which.
    ///
    /// - Parameter person: who asks.
    public func steer(
        _ trailers: [Trailer], by person: String
    ) async throws(StoreError) -> [SteeringReport] {
        try await transaction(as: "api") { transaction throws(StoreError) in
            var reports: [SteeringReport] = []
            for trailer in trailers { reports.append(try await transaction.steer(trailer, by: person)) }
            return reports
        }
    }

    /// What became of the trailers in a Change's commits, in their order; at most ``SteeringTrailer/perPushMax`` and
    /// one.
    public func steering(of change: ChangeID) async throws(StoreError) -> [SteeringReport] {
        let rows = try await database.query(
            "steering",
            """
            SELECT commit, author, token, value, state, message FROM steering_order
            WHERE change_id = \(change) ORDER BY id LIMIT \(SteeringTrailer.perPushMax + 1)
            """)
        return try rows.decode(SteeringReport.init(row:))
    }

    /// The trailers that were refused in the newest Change of each ref that is not gone, for people; at most 20 for a
    /// ref.
    ///
    /// Those of previews are their repo's.
    public func steeringProblems() async throws(StoreError) -> [RepoID: [String]] {
        let rows = try await database.query(
            "steeringProblems",
            """
            SELECT coalesce(r.parent_id, r.id) AS repo_id, o.commit, o.author, o.token, o.value, o.state, o.message
            FROM repo r
            JOIN ref_tip t ON t.repo_id = r.id AND t.commit IS NOT NULL
            JOIN change c ON c.repo_id = t.repo_id AND c.ref = t.ref AND c.sequence = t.sequence
            CROSS JOIN LATERAL (
                SELECT * FROM steering_order o WHERE o.change_id = c.id AND o.state = 'refused'
                ORDER BY o.id LIMIT 20
            ) AS o
            WHERE r.removed_at IS NULL ORDER BY r.id, o.id
            """)
        var problems: [RepoID: [String]] = [:]
        for row in rows {
            let report = try SteeringReport(row: row)
            let place = report.commit.map { " in commit \($0.short)" } ?? ""
            problems[try row.value("repo_id"), default: []].append(
                "'\(report.trailer)'\(place) changes nothing: \(report.message)")
        }
        return problems
    }
}

extension StoreTransaction {
    /// Writes an order of a person down and applies it.
    fileprivate func steer(_ trailer: Trailer, by person: String) async throws(StoreError) -> SteeringReport {
        let text = "\(trailer.token): \(trailer.value)"
        func refusal(_ reason: String) -> StoreError { StoreError(.invalid, "steer", reason) }
        let order: SteeringOrder
        do throws(SteeringMistake) {
            guard let read = try SteeringOrder(trailer) else {
                throw SteeringMistake("'\(text)' is none of our trailers")
            }
            order = read
        } catch {
            throw refusal(error.description)
        }
        let id: Int64 = try await database.query(
            "steer",
            """
            INSERT INTO steering_order (author, token, value, reason, state, decided_at)
            VALUES (
                \(person.storable()), \(trailer.token.storable()), \(trailer.value.storable()),
                \(order.reason.storable()), 'applied', clock_timestamp()
            ) RETURNING id
            """
        ).single("steer").value("id")
        let origin = SteeringOrigin(order: id, by: person.storable())
        switch try await apply(order, from: origin) {
        case .refused(let message), .unknown(let message): throw refusal(message)
        case .applied(let message, let places):
            try await database.execute(
                "steer", "UPDATE steering_order SET message = \(message.storable()) WHERE id = \(id)")
            recordApplication(origin, trailer: text, message, places)
            return SteeringReport(commit: nil, by: person, trailer: text, state: .applied, message: message)
        }
    }
}

extension SteeringReport {
    init(row: Row) throws(StoreError) {
        let (token, value): (String, String) = (try row.value("token"), try row.value("value"))
        self.init(
            commit: try row.value("commit"), by: try row.value("author"), trailer: "\(token): \(value)",
            state: try row.value("state"), message: try row.value("message"))
    }
}
