import Foundation
import Model

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
}
