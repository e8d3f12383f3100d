import CLibGit2
import Foundation
import Model

/// Reads all that refs and commits lead to, to tell a damaged mirror from any other reason for an error.
///
/// Every object is read whole, and its bytes are compared with its id. What the remote itself holds in bad shape, such
/// as a tree with the name `..`, is no damage: the bytes are what was fetched.
struct MirrorExamination {
    private let objects: Objects
    private let control: TransferControl
    private var seen: Set<RawID> = []
    private var pending: [RawID] = []

    init(_ objects: Objects, _ control: TransferControl) {
        self.objects = objects
        self.control = control
    }

    /// What is damaged; nil when everything is there and as it should be.
    ///
    /// - Parameter commits: looked at besides the refs, as far as they are there.
    /// - Throws: `cancelled` or `timedOut`, and what is the machine's fault: too many open files, a full disk.
    mutating func damage(to commits: [CommitID]) throws(GitError) -> GitError? {
        do throws(GitError) {
            try checkRefFiles()
            for id in try LocalRefs(objects: objects).all().values { try push(id) }
            for commit in commits where objects.contains(commit.object) { try push(commit.object) }
            while let id = pending.popLast() {
                guard control.stopReason == nil else {
                    throw GitError(
                        control.stopReason == .timedOut ? .timedOut : .cancelled, operation: "examine",
                        subject: objects.path, cause: "it was ended before all was read")
                }
                try visit(id)
            }
            return nil
        } catch {
            guard error.mayBeDamage else { throw error }
            return error
        }
    }

    /// libgit2 passes over a ref whose file is garbage when it lists refs, and refuses to move it.
    private func checkRefFiles() throws(GitError) {
        let directory = objects.path + "/refs"
        let names = FileManager.default.enumerator(atPath: directory)
        while let name = names?.nextObject() as? String {
            guard names?.fileAttributes?[.type] as? FileAttributeType == .typeRegular, !name.hasSuffix(".lock") else {
                continue
            }
            let bytes = FileManager.default.contents(atPath: directory + "/" + name) ?? Data()
            let text = String(decoding: bytes.prefix(1100), as: UTF8.self).trimmingCharacters(
                in: .whitespacesAndNewlines)
            guard ObjectID(hex: text) == nil, !text.hasPrefix("ref: refs/") else { continue }
            throw GitError(
                .corrupted, operation: "read ref", subject: "refs/" + name, cause: "its file holds no object's id")
        }
    }

    private mutating func push(_ id: ObjectID) throws(GitError) {
        push(try RawID(id, "examine"))
    }

    private mutating func push(_ id: RawID) {
        if seen.insert(id).inserted { pending.append(id) }
    }

    private mutating func visit(_ id: RawID) throws(GitError) {
        var library = id.library
        let object = try Handle(git_odb_object_free, "read object", id.hex) {
            git_odb_read(&$0, objects.database, &library)
        }
        switch git_odb_object_type(object.pointer) {
        case GIT_OBJECT_COMMIT:
            try visitCommit(id)
        case GIT_OBJECT_TREE:
            visitTree(
                UnsafeRawBufferPointer(
                    start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer)), id)
        case GIT_OBJECT_TAG:
            let tag = try Handle(git_tag_free, "read tag", id.hex) {
                git_tag_lookup(&$0, objects.repository, &library)
            }
            push(RawID(git_tag_target_id(tag.pointer).pointee))
        default: break
        }
    }

    private mutating func visitCommit(_ id: RawID) throws(GitError) {
        let commit: Commit
        do throws(GitError) {
            commit = try objects.commit(id)
        } catch {
            guard error.code == .malformed else { throw error }
            return
        }
        push(try RawID(commit.tree.object, "examine"))
        for parent in commit.parents { push(try RawID(parent.object, "examine")) }
    }

    /// The bytes are those that were fetched, so what cannot be understood of them is left out.
    private mutating func visitTree(_ bytes: UnsafeRawBufferPointer, _ id: RawID) {
        var rows = RawTree(bytes, id: id)
        while let row = try? rows.next() {
            if row.isDirectory || TreeEntry.Kind(mode: row.mode)?.isBlob == true { push(row.id) }
        }
    }
}
