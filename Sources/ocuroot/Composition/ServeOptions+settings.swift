import Cryptography
import Foundation
import Server

extension ServeOptions {
    /// What the control plane is told.
    ///
    /// - Parameters:
    ///   - hidden: environment variables that begin so are kept from what Runs start.
    func settings(
        directory: DataDirectory, apiKey: String, keys: KeyRing?, isAnonymousReadAllowed: Bool, ownsDatabase: Bool,
        hidden: [String], onReady: @escaping @Sendable (_ port: Int) async -> Void
    ) -> ControlPlaneSettings {
        let surroundings = Surroundings.current
        var limits = ServerLimits()
        limits.webhooksPerSecond = Double(webhookRate)
        let policyVariables = policyEnv.map { ($0, surroundings.variables[$0]) }
        return ControlPlaneSettings(
            directory: directory,
            server: WebServer.Configuration(
                host: listen.host, port: listen.port, apiKey: apiKey, isAnonymousReadAllowed: isAnonymousReadAllowed,
                publicURL: publicUrl, trustedProxies: trustedProxy, limits: limits),
            keys: keys, authoritiesFile: surroundings["SSL_CERT_FILE"], repos: repo.map(RepoArgument.url),
            pollInterval: poll.duration, runners: runners,
            runnerVariables: surroundings.forRunners(without: hidden),
            policyVariables: Dictionary(policyVariables.compactMap { name, value in value.map { (name, $0) } }) { $1 },
            drain: drain.duration, ownsDatabase: ownsDatabase, onReady: onReady)
    }
}

extension DataDirectory {
    /// The directory that is named, or the default one; nothing is made.
    static func chosen(_ path: String?) -> DataDirectory {
        let chosen = path ?? Surroundings.current.defaultDataDirectory
        return DataDirectory(path: URL(fileURLWithPath: chosen).standardizedFileURL.path)
    }

    /// The directory, made when missing; the default one when none is named.
    ///
    /// - Throws: a ``CommandError`` that names it.
    static func make(at path: String?) throws -> DataDirectory {
        let directory = chosen(path)
        do {
            // Others may pass through the directory itself: as root, the database runs as another user.
            for (path, permissions) in [(directory.path, 0o755), (directory.mirrors, 0o700), (directory.runner, 0o700)]
            {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
            }
        } catch {
            let system = (error as? CocoaError)?.underlying as? POSIXError
            let reason = system.map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription
            throw CommandError(
                "cannot make \(directory.path): \(reason)", hint: "name another directory with --data-dir")
        }
        return directory
    }
}
