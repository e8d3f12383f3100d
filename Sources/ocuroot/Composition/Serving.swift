import Foundation
import Logging
import ServiceLifecycle

/// Runs the services of a server process.
enum Serving {
    /// Runs until SIGTERM, SIGINT or SIGHUP, then stops the services one after the other, the last first.
    ///
    /// - Throws: a ``CommandError`` for what ended a service early.
    static func run(_ services: [any Service], logger: Logger) async throws {
        signal(SIGPIPE, SIG_IGN)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .notice)
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint] + (endsAtHangup ? [.sighup] : []),
                logger: quiet))
        do {
            try await group.run()
            logger.info("stopped")
        } catch is CancellationError {
            // A shutdown that came while the services were still starting.
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError("\(error)", hint: "the log above may say more; --log-level debug logs more")
        }
    }

    /// A closed terminal ends it too, unless it was started to outlive that, as nohup does.
    static var endsAtHangup: Bool {
        var hangup = sigaction()
        sigaction(SIGHUP, nil, &hangup)
        let ignored = 1
        return unsafeBitCast(hangup.__sigaction_handler.sa_handler, to: Int.self) != ignored
    }
}
