import GitHosts
import Model
import Server

/// Prints what to enter at a git host.
enum WebhookOutput {
    /// Prints the instructions, with the secret, which is not shown again.
    static func print(_ webhook: WebhookSecretReply, of url: String) {
        let instructions = WebhookInstructions(
            host: webhook.host, repository: url, url: webhook.url, secret: Secret(webhook.secret))
        let terminal = Terminal.standardOutput
        terminal.line("")
        for line in instructions.lines { terminal.line(line) }
        terminal.line("")
        terminal.line("The secret is not shown again; 'ocuroot webhook test \(webhook.repo)' tries whether it works.")
    }

    /// Prints the same for a repo whose URL the server knows.
    static func print(_ webhook: WebhookSecretReply, asking client: APIClient) async throws {
        let list: RepoList = try await client.get("/api/v1/repos")
        print(webhook, of: list.repos.first { $0.id == webhook.repo }?.url ?? "")
    }

    /// Notes that a ping of the server's to itself arrived where its git host cannot deliver to.
    static func noteReach(of reply: WebhookTestReply, to repo: String, asking client: APIClient) async throws {
        guard RemotePlace(reply.url)?.isLoopback == true else { return }
        let webhooks: WebhookList = try await client.get("/api/v1/webhooks", ["repo": repo, "limit": "1"])
        let list: RepoList = try await client.get("/api/v1/repos")
        guard let webhook = webhooks.webhooks.first?.webhook,
            let url = list.repos.first(where: { $0.id == webhook.repo })?.url,
            let unreachable = UnreachableAddress(reply.url, of: webhook.host, at: url)
        else { return }
        for line in unreachable.note { Terminal.standardError.line(line) }
    }

    /// Says what came of registering a webhook.
    ///
    /// - Parameter isPrinted: whether all was printed as JSON already.
    /// - Throws: when the host does not have it.
    static func conclude(_ registration: WebhookRegistration, isPrinted: Bool) throws {
        guard registration.isRegistered else {
            if isPrinted { throw ExitStatus.failed }
            throw CommandError(
                "the webhook is not registered: \(registration.problem ?? "the host does not say why")",
                hint: registration.hint ?? "'ocuroot webhook register' tries again")
        }
        if isPrinted { return }
        let (id, api) = (registration.id ?? "?", registration.api ?? "the host")
        Terminal.standardOutput.line(
            registration.isNew == true
                ? "its webhook is registered at \(api), as \(id)" : "its webhook \(id) at \(api) is as it should be")
    }
}
