import Foundation
import Model
import Mustache

/// The page at `/`: what runs where, grouped by repo, as HTML that needs no script.
struct StatusPage: Sendable {
    private let library: MustacheLibrary

    /// Parses the templates.
    ///
    /// - Throws: when one is malformed, which a test rules out.
    init() throws {
        library = MustacheLibrary(templates: [
            "page": try MustacheTemplate(string: Self.pageSource),
            "main": try MustacheTemplate(string: Self.mainSource),
        ])
    }

    /// The page around its tables.
    ///
    /// - Parameters:
    ///   - main: what ``renderMain(_:repos:patched:problems:)`` made.
    ///   - nonce: what the page's own style and script carry, so that no other runs.
    func render(main: String, nonce: String) -> String {
        let values = ["nonce": nonce, "style": Self.style, "script": Self.script, "main": main]
        return library.render(values, withTemplate: "page") ?? ""
    }

    /// The tables alone: the page's `main` element.
    ///
    /// Every text is escaped by the template.
    ///
    /// - Parameters:
    ///   - patched: the Builds that were made with an uncommitted patch.
    ///   - problems: the trailers of the newest commits that were refused, by repo.
    func renderMain(
        _ report: StatusReport, repos: [Repo], patched: Set<BuildID> = [], problems: [RepoID: [String]] = [:]
    ) -> String {
        let sections = RepoSection.sections(of: report, repos: repos, problems: problems)
        return library.render(Self.values(report, sections, patched), withTemplate: "main") ?? ""
    }

    private static func values(
        _ report: StatusReport, _ sections: [RepoSection], _ patched: Set<BuildID>
    ) -> [String: Any] {
        return [
            "at": JSONText.time(report.at),
            "clock": clock(report.at),
            "tally": tally(report),
            "isEmpty": sections.isEmpty,
            "sections": sections.enumerated().map { view(of: $1, number: $0 + 1, patched) },
        ]
    }

    private static func clock(_ date: Date) -> String {
        let text = JSONText.time(date)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
    }

    /// How many placements are in each state, in the order of urgency.
    private static func tally(_ report: StatusReport) -> [[String: Any]] {
        let counts = Dictionary(grouping: report.packages, by: \.state).mapValues(\.count)
        let order: [PlacementState] = [.failed, .blocked, .progressing, .waiting, .held, .synced, .absent]
        return order.compactMap { state in
            counts[state].map { ["state": state.rawValue, "count": $0] }
        }
    }

    private static func view(of section: RepoSection, number: Int, _ patched: Set<BuildID>) -> [String: Any] {
        [
            "number": number,
            "name": section.name.rawValue,
            "url": section.url,
            "error": section.error.map { [text($0)] } ?? [],
            "hasPreviews": !section.previews.isEmpty,
            "previews": section.previews.map { ["branch": $0.ref.branch, "environment": $0.environment.rawValue] },
            "previewErrors": section.previews.compactMap { preview in
                preview.error.map { text($0).merging(["branch": preview.ref.branch]) { $1 } }
            },
            "problems": section.problems.map(text),
            "hasPackages": !section.rows.isEmpty,
            "environments": section.environments.map(\.rawValue),
            "rows": section.rows.map { row in
                let cells = zip(section.environments, row.cells).map { cell($0, $1, patched) }
                let key = "\(section.name)//\(row.package)"
                return ["package": row.package.rawValue, "key": key, "cells": cells] as [String: Any]
            },
        ]
    }

    private static func cell(
        _ environment: EnvironmentName, _ element: StatusReport.Element?, _ patched: Set<BuildID>
    ) -> [String: Any] {
        guard let element else { return ["environment": environment.rawValue, "isPresent": false] }
        return [
            "environment": environment.rawValue,
            "isPresent": true,
            "state": element.state.rawValue,
            "runs": element.deployed.map { [build($0.build, since: $0.since, patched)] } ?? [],
            "wants": wanted(element).map { [build($0.build, since: $0.since, patched)] } ?? [],
            "marks": marks(of: element),
            "reason": element.reason.isEmpty ? [] : [text(element.reason)],
            "key": "\(element.repo)//\(element.package)@\(element.environment)",
        ]
    }

    /// Its pin and its hold, a word each, and who asked for it.
    private static func marks(of element: StatusReport.Element) -> [[String: Any]] {
        let pin = element.pin.map { ["word": "pinned", "sentence": $0.sentence] }
        let hold = element.hold.map { ["word": "on hold", "sentence": $0.sentence] }
        return [pin, hold].compactMap { $0 }
    }

    /// The Target, where it is not what runs already.
    private static func wanted(_ element: StatusReport.Element) -> StatusReport.Aim? {
        element.target?.build.id == element.deployed?.build.id ? nil : element.target
    }

    private static func build(
        _ build: StatusReport.BuildSummary, since: Date, _ patched: Set<BuildID>
    ) -> [String: Any] {
        [
            "label": build.alias ?? "#\(build.sequence)",
            "commit": build.commit.hex.prefix(8) + (patched.contains(build.id) ? "+patch" : ""),
            "fullCommit": build.commit.hex,
            "id": "\(build.id)",
            "since": JSONText.time(since),
            "clock": clock(since),
        ]
    }

    /// A reason in one line, and the whole where there is more.
    private static func text(_ text: String) -> [String: Any] {
        let line = ReasonLine.text(of: text)
        let isLong = text.contains("\n") || line.count > 160
        return ["isLong": isLong, "isShort": !isLong, "summary": String(line.prefix(160)), "text": text]
    }
}
