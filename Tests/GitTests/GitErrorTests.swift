import CLibGit2
import Testing

@testable import Git

@Suite struct `An error of libgit2` {
    @Test(arguments: [
        (GIT_ENOTFOUND, GIT_ERROR_CONFIG, "config value 'safe.directory' was not found", GitError.Code.ownership),
        (GIT_EOWNER, GIT_ERROR_CONFIG, "repository path '/x/' is not owned by current user", .ownership),
        (GIT_ENOTFOUND, GIT_ERROR_ODB, "object not found - no match for id (…)", .missingObject),
        (GIT_ENOTFOUND, GIT_ERROR_REFERENCE, "reference 'refs/heads/x' not found", .missingRef),
        (GIT_ENOTFOUND, GIT_ERROR_REPOSITORY, "could not find repository", .repositoryNotFound),
        (GIT_EMISMATCH, GIT_ERROR_ODB, "hash mismatch", .corrupted),
        (GIT_ERROR, GIT_ERROR_REFERENCE, "corrupted loose reference file: HEAD", .corrupted),
        (GIT_ERROR, GIT_ERROR_ZLIB, "failed to inflate", .corrupted),
        (GIT_ERROR, GIT_ERROR_REPOSITORY, "unsupported extension name extensions.objectformat", .unsupportedFormat),
        (GIT_ERROR, GIT_ERROR_OS, "could not write: No space left on device", .fileSystem),
        (GIT_ELOCKED, GIT_ERROR_OS, "failed to lock file", .locked),
        (GIT_EAUTH, GIT_ERROR_SSH, "authentication required", .authenticationFailed),
        (GIT_ECERTIFICATE, GIT_ERROR_SSL, "the SSL certificate is invalid", .untrustedHost),
        (GIT_ERROR, GIT_ERROR_NET, "something new", .failed),
    ])
    func `has a code of ours`(code: git_error_code, kind: git_error_t, message: String, ours: GitError.Code) throws {
        try GitLibrary.start()
        git_error_set_str(Int32(bitPattern: kind.rawValue), message)
        let error = GitError(library: code.rawValue, operation: "fetch", subject: "/srv/x")
        #expect(error.code == ours)
        #expect(error.description.hasPrefix("cannot fetch /srv/x: "))
    }

    @Test func `for a repository of somebody else says how to trust it`() throws {
        try GitLibrary.start()
        git_error_set_str(Int32(bitPattern: GIT_ERROR_CONFIG.rawValue), "config value 'safe.directory' was not found")
        let error = GitError(library: GIT_ENOTFOUND.rawValue, operation: "open", subject: "/srv/x")
        #expect(error.hint == "if you trust it, run: git config --global --add safe.directory /srv/x")
        #expect(error.cause == "it belongs to another user of this machine")
    }

    @Test(arguments: ["", "\u{301}", "\u{200D}x"])
    func `shows no password of the URL, whatever stands behind it`(mark: String) throws {
        let url = try RemoteURL("https://ada:hunter2@git.example.com/shop.git")
        var error = GitError(
            .failed, operation: "fetch", subject: url.description, cause: "there is no '\(url.text)\(mark)'", hint: "x")
        error.retryAfter = .seconds(7)
        let shown = RemoteFailure.classify(error, url: url)
        #expect(shown.cause == "there is no 'https://ada:***@git.example.com/shop.git\(mark)'")
        #expect(shown.hint == "x" && shown.retryAfter == .seconds(7))
    }
}
