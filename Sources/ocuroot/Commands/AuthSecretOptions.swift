import ArgumentParser

/// Where the secrets of a credential come from.
struct AuthSecretOptions: ParsableArguments {
    @OptionGroup var password: TokenOptions

    @Flag(help: "Read the passphrase of the key from standard input.")
    var passphraseStdin = false

    @Option(help: ArgumentHelp("Read the passphrase of the key from a file.", valueName: "file"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("Take the passphrase of the key from an environment variable.", valueName: "name"))
    var passphraseEnv: String?

    func validate() throws {
        if [passphraseStdin, passphraseFile != nil, passphraseEnv != nil].count(where: { $0 }) > 1 {
            throw ValidationError("Give one of --passphrase-stdin, --passphrase-file and --passphrase-env.")
        }
        if password.tokenStdin, passphraseStdin { throw ValidationError("Standard input holds one secret only.") }
    }

    /// Whether a place of a passphrase is named.
    var isPassphraseGiven: Bool { passphraseStdin || passphraseFile != nil || passphraseEnv != nil }

    /// The passphrase; nil when no place is named.
    func passphrase() throws -> String? {
        try SecretInput(
            isStandardInput: passphraseStdin, file: passphraseFile, variable: passphraseEnv, what: "the passphrase"
        ).read()
    }
}
