import Foundation
import Model
import Postgres

extension StoreTransaction {
    /// Whether every list of signers that covers `environment AS e` has the key that signed `steering_order AS o`, at
    /// the time that the commit says.
    static let isPermitted: SQL = """
        NOT EXISTS (
            SELECT FROM signer_list l WHERE e.name LIKE l.environment_like AND NOT EXISTS (
                SELECT FROM signer_key k WHERE k.list_id = l.id AND k.fingerprint = o.signer AND \(isValid)
            )
        )
        """

    /// Whether `signer_key AS k` counts for `steering_order AS o`.
    private static let isValid: SQL = """
        k.is_for_git AND (k.valid_after IS NULL OR o.committed_at >= k.valid_after)
            AND (k.valid_before IS NULL OR o.committed_at <= k.valid_before)
        """

    /// What each list that covers one of these environments says of an order.
    ///
    /// - Parameters:
    ///   - condition: on `environment AS e`.
    ///   - order: nil for what is asked for directly.
    ///   - way: how that can be said by a commit.
    func listings(
        _ condition: SQL, of order: Int64?, way: String = "give --commit"
    ) async throws(StoreError) -> [SignerListing] {
        let rows = try await database.query(
            "signers",
            """
            SELECT DISTINCT ON (e.id, l.id) e.id AS environment_id, e.name, l.environment, k.principals, k.is_for_git,
                o.commit IS NULL AS is_direct, o.signature_problem, o.signer, o.committed_at,
                coalesce(\(Self.isValid), false) AS is_valid
            FROM environment e
            JOIN signer_list l ON e.name LIKE l.environment_like
            LEFT JOIN steering_order o ON o.id = \(order)::bigint
            LEFT JOIN signer_key k ON k.list_id = l.id AND k.fingerprint = o.signer
            WHERE \(condition)
            ORDER BY e.id, l.id, coalesce(\(Self.isValid), false) DESC, k.is_for_git DESC NULLS LAST, k.line
            """)
        return try rows.decode { row throws(StoreError) in try SignerListing(row: row, way: way) }
    }

    /// Whether an order may steer placements: their environments, if anything is there or may come.
    func permission(
        to placements: [SteeredPlacement], _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringPermission {
        let environments = Set(
            placements.filter { $0.isLive || $0.isDeployed || $0.isPinned || $0.isHeld }.map(\.environment))
        guard !environments.isEmpty else { return SignerListing.permission(of: []) }
        return SignerListing.permission(
            of: try await listings("e.id = ANY(\(environments.sorted()))", of: origin.order))
    }
}
