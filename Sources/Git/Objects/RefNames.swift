import CLibGit2
import Model

/// Checks of ref names that come from outside.
enum RefNames {
    /// Refuses what git would refuse: `..`, control characters, `@{`, a trailing `.lock` and the like.
    ///
    /// - Throws: `invalidName`.
    static func check(_ ref: RefName, _ operation: String) throws(GitError) {
        try GitLibrary.start()
        var isValid: Int32 = 0
        let name = ref.rawValue
        let isText = !name.utf8.contains(0) && name.utf8.count <= 1024
        guard isText, git_reference_name_is_valid(&isValid, name) == 0, isValid == 1 else {
            throw GitError(
                .invalidName, operation: operation, subject: "'\(name.prefix(100))'",
                cause: "git does not allow this as the name of a ref",
                hint: "use a full name such as refs/heads/main")
        }
    }
}
