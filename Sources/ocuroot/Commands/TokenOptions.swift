import ArgumentParser

/// Where a token or password comes from: never the command line, which every user of the machine can see.
struct TokenOptions: ParsableArguments {
    @Flag(help: "Read the token or password from standard input.")
    var tokenStdin = false

    @Option(help: ArgumentHelp("Read the token or password from a file.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Take the token or password from an environment variable.", valueName: "name"))
    var tokenEnv: String?

    func validate() throws {
        if [tokenStdin, tokenFile != nil, tokenEnv != nil].count(where: { $0 }) > 1 {
            throw ValidationError("Give one of --token-stdin, --token-file and --token-env.")
        }
    }

    /// Whether a place is named.
    var isGiven: Bool { tokenStdin || tokenFile != nil || tokenEnv != nil }

    /// The token or password; nil when no place is named.
    func token() throws -> String? {
        try SecretInput(isStandardInput: tokenStdin, file: tokenFile, variable: tokenEnv, what: "the token").read()
    }
}
