import ArgumentParser
import Model
import Server
import Store

/// The command `ocuroot repo remove`.
struct RepoRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop watching a repository.",
        discussion: """
            Refused while anything of the repository is deployed, unless you say what becomes of that: --destroy runs \
            the destroy function of each deployment, --orphan leaves it running and forgets it. A run that has begun is \
            not stopped by either.

            The same repository can be added again at once: it is deployed after what is to be destroyed was. When a \
            destroy fails for good, --orphan with the id of the removed repository leaves the rest as it is.

            Its webhook stays at the git host, and what it delivers is refused: where to delete it is printed. With a \
            token of GitHub, GitLab, Gitea or Forgejo it is deleted over the host's API; --unregister does so with what \
            'ocuroot auth' keeps. The repository is removed even if that fails; the exit code is 1 then.

            EXAMPLES
              ocuroot repo remove acme/shop
              ocuroot repo remove o3 --destroy
              ocuroot repo remove acme/shop --token-stdin < token
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @Flag(help: "Destroy what is deployed.")
    var destroy = false

    @Flag(help: "Leave what is deployed as it is, and forget it.")
    var orphan = false

    @OptionGroup var unregister: UnregisterOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if destroy, orphan { throw ValidationError("Give either --destroy or --orphan.") }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let list: RepoList = try await client.get("/api/v1/repos")
        guard let found = try RepoArgument.find(repo, in: list) else {
            if orphan, let id = RepoID(repo) { return try await forget(id, client) }
            throw RepoArgument.unknown(repo)
        }
        let doomed = destroy ? try await deployedCount(found.id, client) : 0
        let mode = destroy ? "destroy" : orphan ? "orphan" : "refuse"
        let reply: RepoRemovalReply = try await client.delete(
            "/api/v1/repos/\(found.id)", ["mode": mode], try unregister.request())
        if output.json { try output.printJSON(RemovedRepo(repo: found, reply: reply)) } else { show(found, doomed) }
        try conclude(reply)
    }

    private func show(_ found: Repo, _ doomed: Int) {
        Terminal.standardOutput.line("\(found.id) \(found.displayName) is no longer watched")
        if doomed > 0 {
            Terminal.standardOutput.line(
                "\(doomed) \(doomed == 1 ? "deployment is" : "deployments are") being destroyed; "
                    + "'ocuroot status --wait' waits for that")
        }
    }

    /// Says what is at the git host still.
    private func conclude(_ reply: RepoRemovalReply) throws {
        guard let webhook = reply.webhook else {
            if unregister.isAsked, !output.json { Terminal.standardOutput.line("it had no webhook") }
            return
        }
        let place =
            webhook.page.map { "at \($0)" }
            ?? (webhook.host == .generic ? "in the repository's hooks/post-receive" : "among the repository's webhooks")
        guard let unregistration = reply.unregistration else {
            if output.json { return }
            return Terminal.standardOutput.line(
                "its webhook \(webhook.url) stays where it was entered, if it was: delete it \(place)")
        }
        guard unregistration.isUnregistered else {
            if output.json { throw ExitStatus.failed }
            throw CommandError(
                "the webhook is not deleted: \(unregistration.problem ?? "the host does not say why")",
                hint: (unregistration.hint.map { "\($0); or " } ?? "") + "delete \(webhook.url) by hand \(place)")
        }
        if output.json { return }
        Terminal.standardOutput.line(
            unregistration.ids.isEmpty
                ? "\(unregistration.api) has no webhook \(webhook.url)"
                : "its webhook \(unregistration.ids.joined(separator: ", ")) is deleted at \(unregistration.api)")
        for other in unregistration.others ?? [] {
            Terminal.standardOutput.line(
                "a webhook \(other) is there still: if that was an address of this server, delete it by hand \(place)")
        }
    }

    private func deployedCount(_ id: RepoID, _ client: APIClient) async throws -> Int {
        let filter = StatusFilter(repo: "\(id)")
        let report: StatusReport = try await client.get("/api/v1/status", filter.query)
        return report.packages.count { $0.deployed != nil }
    }

    /// Gives up what a repository that was removed before was still to destroy.
    private func forget(_ id: RepoID, _ client: APIClient) async throws {
        try await client.delete("/api/v1/repos/\(id)", ["mode": "orphan"])
        if output.json { return try output.printJSON(["id": id]) }
        Terminal.standardOutput.line("what \(id) was still to destroy is left as it is")
    }
}
