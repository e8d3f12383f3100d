import ArgumentParser
import Foundation
import Model

/// A GitHub App as a credential.
struct AuthAppOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The id, or client id, of a GitHub App.", valueName: "id"))
    var appId: String?

    @Option(help: ArgumentHelp("The App's private key, PEM; - reads it from standard input.", valueName: "file"))
    var appKey: String?

    @Option(
        help: ArgumentHelp("The App's installation; that which each repository has unless given.", valueName: "id"))
    var installationId: String?

    @Option(help: ArgumentHelp("The base of GitHub's API, where the URL does not tell.", valueName: "url"))
    var api: String?

    func validate() throws {
        if (appId == nil) != (appKey == nil) { throw ValidationError("--app-id and --app-key go together.") }
        if appId == nil, installationId != nil || api != nil {
            throw ValidationError("--installation-id and --api are for --app-id.")
        }
    }

    /// The App; nil when none is named.
    func form() throws -> CredentialForm? {
        guard let appId, let appKey else { return nil }
        return CredentialForm(
            .gitHubApp, privateKey: try SecretInput.text(of: appKey), app: appId, installation: installationId, api: api
        )
    }
}
