import Foundation
import Model
import Store
import Testing

@testable import PromoteController

@Suite struct PromotePlanTests {
    private let now = Date(timeIntervalSince1970: 1_000)

    private func build(_ number: Int64) throws -> Build {
        let digits = String(repeating: "a", count: 40)
        return Build(
            id: BuildID(rawValue: number), package: PackageID(rawValue: 1), change: ChangeID(rawValue: number),
            sequence: number, commit: try #require(CommitID(hex: digits)), tree: try #require(TreeID(hex: digits)),
            path: "", functions: [], state: .succeeded, alias: nil, attributes: [:], annotations: [:],
            reason: .neverBuilt, error: nil, createdAt: now)
    }

    private func place(targetSequence: Int64?) -> PromoteFacts.Place {
        PromoteFacts.Place(
            placement: PlacementID(rawValue: 1), generation: 1,
            environment: Environment(
                id: EnvironmentID(rawValue: 1), name: "prod", attributes: [:], isArchived: false),
            target: nil, targetSequence: targetSequence, decisions: [:])
    }

    @Test func `candidates are the builds newer than the target, newest first, and the targeted one last`() throws {
        let builds = try [5, 4, 3, 2].map(build)
        let candidates = PromotePlan.candidates(for: place(targetSequence: 3), among: builds)
        #expect(candidates.map(\.sequence) == [5, 4, 3])
        #expect(PromotePlan.candidates(for: place(targetSequence: nil), among: builds).count == 4)
    }

    @Test func `valid after counts from when the policy first said so`() throws {
        let id = BuildID(rawValue: 5)
        let target = PromotePlan.target(
            from: [(id, .ready(inputs: [:], validAfterSeconds: 60))], decided: [id: now], builds: [try build(5)])
        #expect(target?.notBefore == now + 60)
        #expect(target?.isRunning == true && target?.build == id)
    }

    @Test func `skip aims at nothing and remembers the build, later leaves the target`() throws {
        let id = BuildID(rawValue: 5)
        let stop = PromotePlan.target(from: [(id, .skip)], decided: [id: now], builds: [try build(5)])
        #expect(stop?.isRunning == false && stop?.build == id)
        #expect(stop?.reason == "the policy skips build 5")
        #expect(PromotePlan.target(from: [(id, .later(message: "x"))], decided: [:], builds: []) == nil)
    }
}
