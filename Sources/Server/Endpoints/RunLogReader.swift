import Hummingbird
import Model
import ServiceLifecycle
import Store

/// Sends a Run's log piece by piece, and goes on while the Run does when asked to.
struct RunLogReader: Sendable {
    /// How often a followed log is looked at for more.
    private static let pause = Duration.milliseconds(200)

    let run: RunID
    let isFollowing: Bool
    let store: StateStore
    let log: RunLog
    let signal: ChangeSignal

    /// The response's body.
    var body: ResponseBody {
        ResponseBody { writer in
            try await write(to: &writer)
            try await writer.finish(nil)
        }
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        var position: Int64 = 0
        while let facts = try await store.runs(RunFilter(run: run, limit: 1)).first {
            let seen = signal.count
            let before = position
            for offset in try await log.offsets(of: run, from: position) where offset == position {
                let piece = try await log.piece(of: run, at: offset)
                try await writer.write(ByteBuffer(bytes: piece))
                position += Int64(piece.count)
            }
            let hasEnded = facts.run.state != .queued && facts.run.state != .running
            if hasEnded || !isFollowing { return try await writeRemarks(facts, to: &writer) }
            if Task.isShuttingDownGracefully || Task.isCancelled { return }
            if position == before { await signal.wait(past: seen, atMost: Self.pause) }
        }
    }

    /// What the log lacks.
    private func writeRemarks(_ facts: RunListing, to writer: inout any ResponseBodyWriter) async throws {
        if facts.logBytesDropped > 0 {
            try await writer.write(
                ByteBuffer(string: "\n[ocuroot: \(facts.logBytesDropped) more bytes were not kept]\n"))
        }
        if let error = facts.logError {
            try await writer.write(ByteBuffer(string: "\n[ocuroot: the log is not complete: \(error)]\n"))
        }
    }
}
