import ArgumentParser
import Server

/// Whether, and as whom, a webhook is taken away at its git host.
struct UnregisterOptions: ParsableArguments {
    @OptionGroup var password: TokenOptions

    @Flag(
        help:
            "Take the webhook away at its git host with what 'ocuroot auth' keeps; a token that is given does so, too.")
    var unregister = false

    @OptionGroup var place: HostPlaceOptions

    func validate() throws {
        if unregister, password.isGiven { throw ValidationError("Give either a token or --unregister.") }
        if !isAsked, place.isGiven {
            throw ValidationError("--api and --project go with a token or --unregister.")
        }
    }

    /// Whether the webhook is to be taken away.
    var isAsked: Bool { unregister || password.isGiven }

    /// What the server is asked for.
    func request() throws -> RepoRemovalRequest {
        guard isAsked else { return RepoRemovalRequest() }
        return RepoRemovalRequest(
            unregister: RegistrationRequest(token: try password.token(), api: place.api, project: place.project))
    }
}
