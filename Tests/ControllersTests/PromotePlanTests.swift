import Foundation
import Model
import Store
import Testing

@testable import PromoteController

@Suite struct PromotePlanTests {
    private let now = Date(timeIntervalSince1970: 1_000)

    private func build(_ number: Int64, _ state: Build.State = .succeeded) throws -> Build {
        let digits = String(repeating: "a", count: 40)
        return Build(
            id: BuildID(rawValue: number), package: PackageID(rawValue: 1), change: ChangeID(rawValue: number),
            sequence: number, commit: try #require(CommitID(hex: digits)), tree: try #require(TreeID(hex: digits)),
            path: "", functions: [], state: state, alias: nil, attributes: [:], annotations: [:],
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
        let builds = try [5, 4, 3, 2].map { try build($0) }
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

    private func target(_ build: BuildID, isRunning: Bool = true) -> Target {
        Target(
            id: TargetID(rawValue: 1), placement: PlacementID(rawValue: 1), generation: 1, build: build,
            isRunning: isRunning, inputs: [:], notBefore: nil, reason: "", decidedAt: now)
    }

    private func planned(
        pin: Int64?, state: Build.State = .succeeded, isHeld: Bool = false, targeted: Int64? = 6,
        answers: [(Int64, PolicyAnswer)]
    ) throws -> NewTarget? {
        var place = place(targetSequence: targeted)
        place.isHeld = isHeld
        place.target = targeted.map { target(BuildID(rawValue: $0)) }
        place.pin = try pin.map {
            PromoteFacts.Pin(
                build: try build($0, state), sentence: "pinned to build \($0) by Ann", inputs: ["old": .value(.int(1))])
        }
        return PromotePlan.target(
            for: place, from: answers.map { (BuildID(rawValue: $0.0), $0.1) }, decided: [:],
            builds: try [6, 5].map { try build($0) })
    }

    private let ready = PolicyAnswer.ready(inputs: ["new": .value(.int(2))], validAfterSeconds: 60)

    @Test func `a pin goes before the policy, at once, and says who asked for it`() throws {
        for answer in [ready, .skip, .later(message: "no"), .failed(error: "boom")] {
            let target = try #require(try planned(pin: 5, answers: [(6, .skip), (5, answer)]))
            #expect(target.build == BuildID(rawValue: 5) && target.isRunning && target.notBefore == nil)
            #expect(target.reason == "pinned to build 5 by Ann")
            #expect(target.inputs.keys.first == (answer == ready ? "new" : "old"))
        }
    }

    @Test(arguments: [Build.State.pending, .running, .failed, .canceled])
    func `a pinned build that has not succeeded is waited for, and nothing newer passes`(state: Build.State) throws {
        #expect(try planned(pin: 5, state: state, answers: [(6, ready)]) == nil)
    }

    @Test func `a hold lets nothing pass but a pin that is not targeted yet`() throws {
        #expect(try planned(pin: nil, isHeld: true, answers: [(6, ready)]) == nil)
        #expect(try planned(pin: nil, isHeld: true, answers: [(6, .skip)]) == nil)
        #expect(try planned(pin: 5, isHeld: true, answers: [(6, ready)])?.build == BuildID(rawValue: 5))
        #expect(try planned(pin: 5, isHeld: true, targeted: 5, answers: [(5, ready)]) == nil)
        #expect(try planned(pin: 5, isHeld: false, targeted: 5, answers: [(5, ready)])?.inputs.keys.first == "new")
    }
}
