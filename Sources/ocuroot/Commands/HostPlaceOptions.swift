import ArgumentParser

/// Where a git host's API is, and what the repository is called there, for what the repository's URL does not tell.
struct HostPlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The base of the git host's API, where the URL does not tell.", valueName: "url"))
    var api: String?

    @Option(
        help: ArgumentHelp(
            "What the git host calls the repository, where the URL does not tell.", valueName: "owner/name"))
    var project: String?

    /// Whether any of it is given.
    var isGiven: Bool { api != nil || project != nil }
}
