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
}
