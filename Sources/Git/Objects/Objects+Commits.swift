import CLibGit2
import Glibc
import Model

extension Objects {
    /// Reads a commit; an annotated tag is followed to the commit that it names.
    ///
    /// - Throws: `missingObject`, `corrupted`, `malformed`, `wrongKind`.
    public func commit(_ id: CommitID) throws(GitError) -> Commit {
        try commit(try RawID(id.object, "read commit"))
    }

    /// Whether the object is here and a commit, or an annotated tag that leads to one.
    ///
    /// - Throws: `corrupted`.
    public func isCommit(_ id: CommitID) throws(GitError) -> Bool {
        guard contains(id.object) else { return false }
        do throws(GitError) {
            _ = try commit(id)
            return true
        } catch {
            guard error.code == .wrongKind else { throw error }
            return false
        }
    }

    func commit(_ id: RawID) throws(GitError) -> Commit {
        let object = try parsed(id, "read commit")
        let peeled = try Handle(git_object_free, "read commit", id.hex) {
            git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
        }
        return Commit(library: peeled.pointer)
    }

    /// An object as libgit2 understands it.
    private func parsed(_ id: RawID, _ operation: String) throws(GitError) -> Handle {
        var library = id.library
        do throws(GitError) {
            return try Handle(git_object_free, operation, id.hex) {
                git_object_lookup(&$0, repository, &library, GIT_OBJECT_ANY)
            }
        } catch {
            guard error.code == .corrupted || error.code == .failed, isWhole(id) else { throw error }
            throw error.recast(
                .malformed, operation: operation, subject: id.hex, hint: "'git fsck' says what is wrong with it")
        }
    }

    /// Whether an object can be read, and its bytes are those that its id was made of.
    private func isWhole(_ id: RawID) -> Bool {
        var library = id.library
        var object: OpaquePointer?
        guard git_odb_read(&object, database, &library) == 0 else { return false }
        git_odb_object_free(object)
        return true
    }

    /// The commit that a ref names; annotated tags are followed, and `HEAD` is the default branch.
    ///
    /// - Throws: `missingRef`, `invalidName`, `emptyRepository` for the HEAD of a repository without commits.
    public func resolve(_ ref: RefName) throws(GitError) -> CommitID {
        let name = ref.rawValue
        var id = git_oid()
        try RefNames.check(ref, "resolve ref")
        try check(git_reference_name_to_id(&id, repository, name), "resolve ref", name)
        return try commit(RawID(id)).id
    }
}

extension Commit {
    /// Copies what libgit2 parsed.
    init(library commit: OpaquePointer) {
        let parentCount = git_commit_parentcount(commit)
        let encoding = git_commit_message_encoding(commit).map { String(cString: $0) }
        let message = Self.decode(git_commit_message(commit), encoding: encoding)
        self.init(
            id: CommitID(RawID(git_commit_id(commit).pointee).object),
            tree: TreeID(RawID(git_commit_tree_id(commit).pointee).object),
            parents: (0..<parentCount).compactMap { position in
                git_commit_parent_id(commit, position).map { CommitID(RawID($0.pointee).object) }
            },
            author: Signature(library: git_commit_author(commit).pointee, encoding: encoding),
            committer: Signature(library: git_commit_committer(commit).pointee, encoding: encoding),
            message: message,
            trailers: TrailerParser.trailers(of: message))
    }

    /// Decodes text by the commit's encoding header: UTF-8 unless it says Latin-1; other bytes are replaced.
    fileprivate static func decode(_ text: UnsafePointer<CChar>?, encoding: String?) -> String {
        guard let text else { return "" }
        switch encoding?.lowercased() {
        case "iso-8859-1", "latin1", "latin-1":
            let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar(UInt8(bitPattern: $0)) }))
        default:
            return String(cString: text)
        }
    }
}

extension Signature {
    /// Copies libgit2's form.
    fileprivate init(library signature: git_signature, encoding: String?) {
        self.init(
            name: Commit.decode(signature.name, encoding: encoding),
            email: Commit.decode(signature.email, encoding: encoding),
            timeSeconds: signature.when.time, offsetMinutes: Int(signature.when.offset))
    }
}
