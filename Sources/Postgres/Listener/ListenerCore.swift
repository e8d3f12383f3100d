import CLibPQ
import Foundation

/// The part of a listener that its thread keeps alive: connects, listens, waits, and starts over.
final class ListenerCore: Sendable {
    let buffer: EventBuffer
    private let configuration: PostgresConfiguration
    private let channels: [String]
    private let interrupt: Interrupt
    private let site: CallSite
    private let onFailure: @Sendable (PostgresError) -> Void

    init(
        _ configuration: PostgresConfiguration,
        channels: [String],
        bufferedMax: Int,
        site: CallSite,
        onFailure: @escaping @Sendable (PostgresError) -> Void
    ) throws(PostgresError) {
        self.configuration = configuration
        self.channels = channels
        self.site = site
        self.onFailure = onFailure
        buffer = EventBuffer(countMax: bufferedMax)
        interrupt = try Interrupt(at: site)
    }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "ocuroot.listen"
        thread.stackSize = 512 * 1024
        thread.start()
    }

    /// Ends the events at once, and the thread as soon as it looks.
    func close() {
        buffer.close()
        interrupt.closeForGood()
    }

    private func run() {
        var failures = 0
        var hasConnected = false
        while !interrupt.isClosed {
            do throws(PostgresError) {
                let handle = try ConnectionHandle(connectingTo: configuration, at: site)
                try listen(on: handle)
                buffer.append(hasConnected ? .reconnected : .connected)
                (hasConnected, failures) = (true, 0)
                try receive(from: handle)
            } catch {
                guard !interrupt.isClosed else { return }
                onFailure(error)
                failures += 1
                pause(Backoff.connect.delay(afterFailure: failures))
            }
        }
    }

    private func listen(on handle: ConnectionHandle) throws(PostgresError) {
        let text = channels.map { "LISTEN \(SQL.quoted(identifier: $0))" }.joined(separator: "; ")
        guard PQsendQuery(handle.pointer, text) == 1 else { throw error(handle.message) }
        let outcome: ConnectionHandle.Outcome
        do {
            outcome = try handle.waitForResults(
                until: .now + configuration.connectTimeout, interrupt: interrupt,
                cancelTimeout: configuration.cancelTimeout)
        } catch {
            throw self.error("LISTEN: \(error)")
        }
        defer { outcome.results.forEach(PQclear) }
        for result in outcome.results where PQresultStatus(result) != PGRES_COMMAND_OK {
            throw error("LISTEN: \(handle.message)")
        }
    }

    /// Passes notifications on until the listener is closed; throws when the connection breaks.
    private func receive(from handle: ConnectionHandle) throws(PostgresError) {
        while !interrupt.isClosed {
            while let notification = handle.nextNotification() { buffer.append(.notification(notification)) }
            handle.waitForInput(or: interrupt)
            guard handle.consumeInput() else { throw error(handle.message) }
        }
    }

    private func pause(_ delay: Duration) {
        var descriptor = pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = delay.components.seconds * 1_000 + delay.components.attoseconds / 1_000_000_000_000_000
        _ = poll(&descriptor, 1, Int32(clamping: milliseconds))
    }

    private func error(_ message: String) -> PostgresError {
        PostgresError(.connection, "listen", message, at: site)
    }
}
