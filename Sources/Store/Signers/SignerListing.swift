import Foundation
import Model
import Postgres

/// What one list that covers an environment says of an order.
struct SignerListing: Sendable {
    let environment: EnvironmentID
    /// Whose key signed the order; empty when that key does not count.
    let principals: [String]
    /// Why the order may not steer the environment; nil when it may.
    let problem: String?

    /// Reads a row.
    ///
    /// - Parameter way: how what was asked for directly can be said by a commit.
    init(row: Row, way: String) throws(StoreError) {
        environment = try row.value("environment_id")
        let isValid: Bool = try row.value("is_valid")
        principals = isValid ? try row.value("principals") : []
        problem = isValid ? nil : try Self.problem(row, way)
    }

    private static func problem(_ row: Row, _ way: String) throws(StoreError) -> String {
        let (name, list): (String, String) = (try row.value("name"), try row.value("environment"))
        let rule = "\(name) is steered only by commits that a key listed for '\(list)' signed"
        if try row.value("is_direct") {
            return "\(rule): \(way), sign the commit, and push it"
        }
        if let problem: String = try row.value("signature_problem") {
            return "its commit's signature cannot be used: \(problem); \(rule)"
        }
        guard let key: String = try row.value("signer") else { return "its commit is not signed; \(rule)" }
        switch try row.value("is_for_git") as Bool? {
        case nil: return "its commit is signed by a key that is not listed (\(key)); \(rule)"
        case false?: return "its commit's key (\(key)) is not listed for the namespace 'git'; \(rule)"
        case true?:
            let time = JSONText.time(try row.value("committed_at"))
            return "its commit's key (\(key)) was not valid at \(time), when it was committed; \(rule)"
        }
    }

    /// What all listings of some environments say together.
    static func permission(of listings: [SignerListing]) -> SteeringPermission {
        let names = Set(listings.flatMap(\.principals)).sorted()
        return SteeringPermission(
            refusal: listings.lazy.compactMap(\.problem).first,
            signer: listings.isEmpty ? nil : names.joined(separator: ", "))
    }
}
