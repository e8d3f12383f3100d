import Foundation
import Model
import Server

/// What people may write for a repository and its refs.
enum RepoArgument {
    /// A directory on this machine as a `file://` URL; anything else as it is.
    static func url(_ text: String) -> String {
        var isDirectory: ObjCBool = false
        guard !text.contains("://"), FileManager.default.fileExists(atPath: text, isDirectory: &isDirectory),
            isDirectory.boolValue
        else { return text }
        return "file://" + URL(fileURLWithPath: text).resolvingSymlinksInPath().path
    }

    /// A branch's name as a full ref; a full ref as it is.
    static func ref(_ text: String) -> RefName {
        RefName(text.hasPrefix("refs/") ? text : "refs/heads/" + text)
    }

    /// A pattern of branches as one of full refs; a full one as it is.
    static func pattern(_ text: String) -> RefPattern {
        RefPattern(ref(text).rawValue)
    }

    /// The patterns of a repo for people.
    static func shown(_ refs: [RefPattern]) -> String {
        refs.isEmpty ? "(default branch)" : refs.map(\.rawValue).joined(separator: ",")
    }

    /// The watched repo that a person names by its id, name or URL.
    static func find(_ text: String, in list: RepoList) throws -> Repo? {
        let given = Self.url(text)
        let (url, bare) = (RepoURL.withoutPassword(given), RepoURL.splitCredentials(given)?.url)
        return try list.repos.first { names(of: $0).contains(text) }
            ?? only(list.repos.filter { $0.url == url || $0.url == bare }, url)
    }

    /// What to say when ``find(_:in:)`` found none.
    static func unknown(_ text: String) -> CommandError {
        CommandError(
            "no watched repository is called '\(RepoURL.withoutPassword(text))'",
            hint: "'ocuroot repo list' shows what is watched")
    }

    /// The only one of several that are shown with the same URL; nil when there is none.
    private static func only(_ repos: [Repo], _ url: String) throws -> Repo? {
        guard repos.count > 1 else { return repos.first }
        throw CommandError(
            "several watched repositories have the URL \(url)",
            hint: "name one by its id, which 'ocuroot repo list' shows")
    }

    private static func names(of repo: Repo) -> [String] {
        ["\(repo.id)", repo.name?.rawValue, repo.displayName.rawValue, "\(RepoURL.displayName(repo.url))"]
            .compactMap { $0 }
    }
}
