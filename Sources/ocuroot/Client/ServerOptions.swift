import ArgumentParser

/// Which server a command speaks to.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's address; needs OCUROOT_API_KEY.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("The data directory of an 'ocuroot up' on this machine.", valueName: "dir"))
    var dataDir: String?

    /// Finds the server as the options and the environment say.
    var finder: ServerFinder {
        ServerFinder(server: server, dataDirectory: dataDir, surroundings: .current)
    }
}
