import Foundation
import Glibc

/// The packs of a repository as files.
struct PackFiles {
    /// `objects/pack`.
    private let directory: String
    private var byteCounts: [String: Int] = [:]
    private var listedAt: timespec?

    /// The packs of the repository at a path.
    init(repository: String) {
        directory = repository + "/objects/pack"
    }

    /// Refuses packs that have become shorter since they were first seen.
    ///
    /// libgit2 maps packs into memory and takes their size for given: reading behind the end of one that was cut off
    /// kills the process.
    /// - Throws: `corrupted`.
    mutating func checkSizes() throws(GitError) {
        try list()
        for (name, known) in byteCounts {
            var status = stat()
            // One that is gone stays readable as long as it is mapped.
            guard stat(directory + "/" + name, &status) == 0, Int(status.st_size) < known else { continue }
            throw damaged(name, "it has \(status.st_size) bytes and had \(known)")
        }
    }

    /// Refuses a pack whose end is not what its index says.
    ///
    /// - Throws: `corrupted`.
    func checkTrailers() throws(GitError) {
        for name in names() where name.hasSuffix(".pack") {
            let index = String(name.dropLast(5)) + ".idx"
            // An index ends with the pack's checksum and its own; a pack without index is what a killed process left.
            guard let expected = end(of: index, 40)?.prefix(20) else { continue }
            guard let found = end(of: name, 20), found.elementsEqual(expected) else {
                throw damaged(name, "its end is not the one that its index names")
            }
        }
    }

    /// Gives the packs names that no process has opened before.
    ///
    /// libgit2 shares packs in a process by their path: a copy under an old name could be answered with the old bytes.
    func rename() throws(GitError) {
        for name in names() where name.hasSuffix(".idx") {
            let old = directory + "/" + name.dropLast(4)
            let digits = (UUID().uuidString + UUID().uuidString).filter { $0 != "-" }.lowercased().prefix(40)
            for suffix in [".pack", ".idx"] {
                guard Glibc.rename(old + suffix, "\(directory)/pack-\(digits)\(suffix)") == 0 else {
                    throw GitError.system(errno, operation: "rename", subject: old + suffix)
                }
            }
        }
    }

    private mutating func list() throws(GitError) {
        var status = stat()
        guard stat(directory, &status) == 0 else { return }
        let changedAt = status.st_mtim
        guard listedAt?.tv_sec != changedAt.tv_sec || listedAt?.tv_nsec != changedAt.tv_nsec else { return }
        listedAt = changedAt
        let present = Set(names().filter { $0.hasSuffix(".pack") })
        byteCounts = byteCounts.filter { present.contains($0.key) }
        for name in present where byteCounts[name] == nil {
            if stat(directory + "/" + name, &status) == 0 { byteCounts[name] = Int(status.st_size) }
        }
    }

    private func names() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }

    /// The last bytes of a file; nil when it has fewer or cannot be read.
    private func end(of name: String, _ count: Int) -> [UInt8]? {
        let descriptor = open(directory + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let start = lseek(descriptor, -off_t(count), SEEK_END)
        guard start >= 0, pread(descriptor, &bytes, count, start) == count else { return nil }
        return bytes
    }

    private func damaged(_ name: String, _ cause: String) -> GitError {
        GitError(.corrupted, operation: "read pack", subject: directory + "/" + name, cause: cause)
    }
}
