import ArgumentParser
import Model
import Server

/// The command `ocuroot repo set`.
struct RepoSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change which refs of a watched repository are delivered, and which have previews.",
        discussion: """
            A ref is a branch, a full ref, or a pattern of either, in which * stands for any letters and ? for one. What \
            was deployed from a ref that is no longer delivered stays as it is. Of the refs that a new pattern means, \
            only that with the newest commit is delivered at once; the others are when they move.

            A branch that fits --preview, and is not delivered, gets an environment of its own, in which nothing else is \
            deployed. When it goes, or fits no more, what runs there is destroyed.

            EXAMPLES
              ocuroot repo set acme/shop --ref main --ref 'release/*'
              ocuroot repo set o3 --ref 'refs/tags/v*'
              ocuroot repo set o3 --default-branch
              ocuroot repo set acme/shop --preview 'feature/*' --preview-environment 'review-{branch}'
              ocuroot repo set acme/shop --no-preview
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @Option(help: "A branch, a full ref, or a pattern of them. May be repeated.")
    var ref: [String] = []

    @Flag(help: "Deliver the branch that the remote's HEAD names.")
    var defaultBranch = false

    @OptionGroup var previews: PreviewOptions

    @Flag(help: "No branch gets an environment of its own; those that have one lose it.")
    var noPreview = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if !ref.isEmpty, defaultBranch { throw ValidationError("Give either --ref or --default-branch.") }
        if noPreview, !previews.isEmpty { throw ValidationError("Give either --preview or --no-preview.") }
        if ref.isEmpty, !defaultBranch, !noPreview, previews.isEmpty {
            throw ValidationError("Give --ref, --default-branch, --preview or --no-preview.")
        }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let list: RepoList = try await client.get("/api/v1/repos")
        guard let found = try RepoArgument.find(repo, in: list) else { throw RepoArgument.unknown(repo) }
        let changed: Repo = try await client.patch(
            "/api/v1/repos/\(found.id)",
            RepoChangeRequest(
                refs: ref.isEmpty && !defaultBranch ? nil : ref.map(RepoArgument.pattern),
                preview: noPreview ? PreviewRule(refs: []) : try previews.rule(changing: found.preview)))
        if output.json { return try output.printJSON(changed) }
        let shown = changed.preview.map { ", with previews of \(RepoArgument.shown($0.refs))" } ?? ""
        Terminal.standardOutput.line(
            "\(changed.id) \(changed.displayName) delivers \(RepoArgument.shown(changed.refs))\(shown)")
    }
}
