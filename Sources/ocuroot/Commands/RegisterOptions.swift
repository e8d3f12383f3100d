import ArgumentParser
import Server

/// Whether, and as whom, a webhook is registered at its git host.
struct RegisterOptions: ParsableArguments {
    @OptionGroup var password: TokenOptions

    @Flag(help: "Register the webhook with what 'ocuroot auth' keeps; a token that is given does so, too.")
    var register = false

    @OptionGroup var place: HostPlaceOptions

    func validate() throws {
        if register, password.isGiven { throw ValidationError("Give either a token or --register.") }
    }

    /// Refuses options that say how to do what was not asked for.
    func checkPurpose() throws {
        if !register, !password.isGiven, place.isGiven {
            throw ValidationError("--api and --project go with a token or --register.")
        }
    }

    /// What the server is asked for; nil when nothing is to be registered.
    func request() throws -> RegistrationRequest? {
        guard register || password.isGiven else { return nil }
        return try complete()
    }

    /// What the server is asked for: with the token that is given, else with what is kept.
    func complete() throws -> RegistrationRequest {
        RegistrationRequest(token: try password.token(), api: place.api, project: place.project)
    }
}
