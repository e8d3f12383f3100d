import Foundation
import Model

/// A directory of this machine in which one Run at a time works on one repo.
///
/// A repo has several, so that its Runs do not wait for each other; each keeps its files for the next Run, so that
/// checking out writes only what differs. They share one `.ocuroot` directory.
final class CheckoutSlot: Sendable {
    /// The directory that is checked out to.
    let directory: String
    private let descriptor: Int32

    /// Takes the first free slot of a repo, waiting while all are taken.
    ///
    /// - Parameters:
    ///   - directory: DIR/runner; made if missing.
    ///   - slotsMax: how many Runs of one repo may work at once.
    static func take(
        of repo: RepoID, in directory: String, slotsMax: Int, stop: StopSignal
    ) async throws(RunnerError) -> CheckoutSlot {
        let base = "\(directory)/\(repo)"
        try makeDirectory(base + "/shared")
        while stop.reason == nil {
            for number in 1...max(1, slotsMax) {
                if let slot = try CheckoutSlot(directory: "\(base)/\(number)") { return slot }
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        throw RunnerError(
            .stopped, operation: "check out", subject: "\(repo)", cause: stop.reason?.sentence ?? "stopped")
    }

    /// Takes one slot; nil when another Run has it.
    private init?(directory: String) throws(RunnerError) {
        let path = directory + ".slot"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw RunnerError(.machine, operation: "lock", subject: path, cause: String(cString: strerror(errno)))
        }
        self.directory = directory
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // The lock goes with the descriptor.
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Makes `.ocuroot` in the slot stand for the directory that all slots of the repo share.
    func linkSharedDirectory() throws(RunnerError) {
        let link = directory + "/.ocuroot"
        let destination = "../shared"
        var buffer = [CChar](repeating: 0, count: 64)
        let count = readlink(link, &buffer, buffer.count)
        if count > 0, String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) == destination {
            return
        }
        try? FileManager.default.removeItem(atPath: link)
        guard symlink(destination, link) == 0 else {
            throw RunnerError(.machine, operation: "make", subject: link, cause: String(cString: strerror(errno)))
        }
    }

    private static func makeDirectory(_ path: String) throws(RunnerError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw RunnerError(.machine, operation: "make", subject: path, cause: error.localizedDescription)
        }
    }
}
