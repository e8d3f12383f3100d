import Foundation
import Model
import Postgres

/// Reads the rows of the status query, by position since there may be many.
struct StatusDecoder: Sendable {
    private enum Column {
        static let repo = 1
        static let package = 2
        static let environment = 3
        static let isLive = 4
        static let packageError = 5
        static let newestSequence = 6
        static let newestState = 7
        static let newestError = 8
        static let isDelivering = 9
        static let answer = 10
        static let isPromoteQueued = 11
        static let isBuildNewer = 12
        static let conditionKind = 13
        static let conditionReason = 14
        static let target = 15
        static let targetSince = 19
        static let deployed = 20
        static let deployedSince = 24
        static let outputs = 25
        static let pin = 26
        static let hold = 30
        static let pinnedBuild = 34
        static let pinnedState = 38
        static let isKept = 39
    }

    /// One row as an element of the report.
    func element(_ row: Row) throws(StoreError) -> StatusReport.Element {
        let target = try build(row, at: Column.target)
        let deployed = try build(row, at: Column.deployed)
        let pin = try pin(row)
        let hold = try Restraint(row: row, at: Column.hold, .hold).map(StatusReport.Hold.init)
        let summary = PlacementSummary.make(try facts(row, isDeployed: deployed != nil, pin, hold))
        return StatusReport.Element(
            repo: try row.value(at: Column.repo), package: try row.value(at: Column.package),
            environment: try row.value(at: Column.environment), state: summary.state, reason: summary.reason,
            target: try target.map { build throws(StoreError) in
                StatusReport.Aim(build: build, since: try row.value(at: Column.targetSince))
            },
            deployed: try deployed.map { build throws(StoreError) in
                StatusReport.Running(
                    build: build, since: try row.value(at: Column.deployedSince),
                    outputs: try row.object(at: Column.outputs))
            }, pin: pin, hold: hold)
    }

    private func pin(_ row: Row) throws(StoreError) -> StatusReport.Pin? {
        guard let pin = try Restraint(row: row, at: Column.pin, .pin),
            let build = try build(row, at: Column.pinnedBuild)
        else { return nil }
        return StatusReport.Pin(pin, build: build)
    }

    /// What a pin waits for whose Build has not succeeded.
    private func awaitedPin(_ row: Row, _ pin: StatusReport.Pin?) throws(StoreError) -> String? {
        guard let pin else { return nil }
        let state: Build.State = try row.value(at: Column.pinnedState)
        return state == .succeeded ? nil : "\(pin.sentence); the build is \(state.rawValue)"
    }

    private func facts(
        _ row: Row, isDeployed: Bool, _ pin: StatusReport.Pin?, _ hold: StatusReport.Hold?
    ) throws(StoreError) -> PlacementFacts {
        let keptBy = try row.value(at: Column.isKept) ? (pin?.sentence ?? hold?.sentence) : nil
        let condition = SyncCondition(
            kind: try row.value(at: Column.conditionKind), reason: try row.value(at: Column.conditionReason))
        guard try row.value(at: Column.isLive) else {
            return PlacementFacts(
                packageError: nil, newestBuild: nil, isDelivering: false, newestAnswer: nil, isDeciding: false,
                condition: condition, isDeployed: isDeployed, keptBy: keptBy)
        }
        let isBuildNewer: Bool = try row.value(at: Column.isBuildNewer)
        let answer = isBuildNewer ? try answer(row) : nil
        let isPromoteQueued: Bool = try row.value(at: Column.isPromoteQueued)
        return PlacementFacts(
            packageError: try row.value(at: Column.packageError), newestBuild: try newestBuild(row),
            isDelivering: try row.value(at: Column.isDelivering), newestAnswer: answer,
            isDeciding: isPromoteQueued || (isBuildNewer && answer == nil), condition: condition,
            isDeployed: isDeployed, keptBy: keptBy, awaitedPin: try awaitedPin(row, pin))
    }

    private func newestBuild(
        _ row: Row
    ) throws(StoreError) -> (sequence: Int64, state: Build.State, error: String?)? {
        guard let sequence: Int64 = try row.value(at: Column.newestSequence) else { return nil }
        return (sequence, try row.value(at: Column.newestState), try row.value(at: Column.newestError))
    }

    private func answer(_ row: Row) throws(StoreError) -> PolicyAnswer? {
        guard let text: Data = try row.value(at: Column.answer) else { return nil }
        do {
            return try JSONDecoder().decode(PolicyAnswer.self, from: text)
        } catch {
            throw StoreError(.corrupted, "status", "a stored answer cannot be read", cause: error)
        }
    }

    private func build(_ row: Row, at first: Int) throws(StoreError) -> StatusReport.BuildSummary? {
        guard let id: BuildID = try row.value(at: first) else { return nil }
        return StatusReport.BuildSummary(
            id: id, sequence: try row.value(at: first + 1), alias: try row.value(at: first + 2),
            commit: try row.value(at: first + 3))
    }
}
