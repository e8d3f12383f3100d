import Model
import Postgres

extension StateStore {
    /// The channel that tells of due work; the payload is the schema, a slash and the controller.
    static let workChannel = "ocuroot_work"
    /// The channel that tells of events; the payload is the schema, a slash and the greatest event's number.
    static let eventChannel = "ocuroot_event"

    /// A new line of hints for one consumer; the first signal is ``StoreSignal/reconnected``.
    ///
    /// Fed only while ``listen(onFailure:)`` runs somewhere in this process on this value or a copy of it.
    public func changes() -> StoreSignals {
        StoreSignals(buffer: hub.subscribe())
    }

    /// Feeds every ``changes()`` until the task is cancelled, over one connection that connects again by itself.
    ///
    /// Run it once in a process.
    ///
    /// - Parameter onFailure: called, on a thread of the listener's, when the connection is lost or cannot be made.
    public func listen(
        onFailure: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) async throws(StoreError) {
        let schema: String = try await schema()
        let listener: PostgresListener
        do throws(PostgresError) {
            listener = try PostgresListener(
                pool.configuration, channels: [Self.workChannel, Self.eventChannel],
                onFailure: { onFailure(StoreError.from($0, "listen")) })
        } catch {
            throw StoreError.from(error, "listen")
        }
        for await event in listener.events {
            switch event {
            case .connected, .reconnected, .overflowed: hub.publish(.reconnected)
            case .notification(let notification):
                if let signal = Self.signal(notification, schema: schema) { hub.publish(signal) }
            }
        }
        listener.close()
    }

    private func schema() async throws(StoreError) -> String {
        try await database.query("listen", "SELECT current_schema()::text AS schema").single("listen").value("schema")
    }

    private static func signal(_ notification: PostgresNotification, schema: String) -> StoreSignal? {
        let prefix = schema + "/"
        guard notification.payload.hasPrefix(prefix) else { return nil }
        let rest = notification.payload.dropFirst(prefix.count)
        if notification.channel == workChannel { return .work(ControllerName(String(rest))) }
        return Int64(rest).map { .event(EventID(rawValue: $0)) }
    }
}
