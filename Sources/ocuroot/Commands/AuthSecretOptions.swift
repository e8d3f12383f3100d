import ArgumentParser

/// Where a secret comes from: never the command line, which every user of the machine can see.
struct AuthSecretOptions: ParsableArguments {
    @Flag(help: "Read the token or password from standard input.")
    var tokenStdin = false

    @Option(help: ArgumentHelp("Read the token or password from a file.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Take the token or password from an environment variable.", valueName: "name"))
    var tokenEnv: String?

    @Flag(help: "Read the passphrase of the key from standard input.")
    var passphraseStdin = false

    @Option(help: ArgumentHelp("Read the passphrase of the key from a file.", valueName: "file"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("Take the passphrase of the key from an environment variable.", valueName: "name"))
    var passphraseEnv: String?

    func validate() throws {
        if [tokenStdin, tokenFile != nil, tokenEnv != nil].count(where: { $0 }) > 1 {
            throw ValidationError("Give one of --token-stdin, --token-file and --token-env.")
        }
        if [passphraseStdin, passphraseFile != nil, passphraseEnv != nil].count(where: { $0 }) > 1 {
            throw ValidationError("Give one of --passphrase-stdin, --passphrase-file and --passphrase-env.")
        }
        if tokenStdin, passphraseStdin { throw ValidationError("Standard input holds one secret only.") }
    }

    /// The token or password; nil when none is named.
    func token() throws -> String? {
        try SecretInput(isStandardInput: tokenStdin, file: tokenFile, variable: tokenEnv, what: "the token").read()
    }

    /// The passphrase; nil when none is named.
    func passphrase() throws -> String? {
        try SecretInput(
            isStandardInput: passphraseStdin, file: passphraseFile, variable: passphraseEnv, what: "the passphrase"
        ).read()
    }
}
