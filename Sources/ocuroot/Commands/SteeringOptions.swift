import ArgumentParser
import Foundation
import Model
import Server

/// What the commands that steer have in common.
struct SteeringOptions: ParsableArguments {
    @Flag(help: "Make an empty commit here that says so, in place of doing it at once; then push it.")
    var commit = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    /// Has the server do what trailers say, or commits them.
    ///
    /// - Parameters:
    ///   - token: what all of them begin with.
    ///   - values: what stands behind it, without the reason.
    ///   - reason: why.
    ///   - subject: the commit's first line.
    func run(_ token: SteeringToken, _ values: [String], reason: String?, subject: String) async throws {
        let reason = reason.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") } ?? ""
        let trailers = values.map { value in
            Trailer(token: token.rawValue, value: commit || reason.isEmpty ? value : "\(value) \(reason)")
        }
        for trailer in trailers {
            do throws(SteeringMistake) {
                _ = try SteeringOrder(trailer)
            } catch {
                throw CommandError(error.message, hint: "see 'ocuroot \(Self.name(of: token)) --help'", status: .usage)
            }
        }
        if commit { return try await write(token, trailers, reason: reason, subject: subject) }
        let request = SteeringRequest(trailers: trailers, by: Surroundings.current.userName)
        let reply: SteeringReply = try await APIClient(server.finder).post("/api/v1/steering", request)
        if output.json { return try output.printJSON(reply) }
        for report in reply.steering { Terminal.standardOutput.line(PlainText.line(report.message)) }
    }

    private func write(
        _ token: SteeringToken, _ trailers: [Trailer], reason: String, subject: String
    ) async throws {
        let commit = AnnotationCommit(
            directory: FileManager.default.currentDirectoryPath, subject: reason.isEmpty ? subject : reason,
            body: reason.isEmpty ? "" : subject, trailers: trailers)
        let made = try await commit.make()
        if output.json { return try output.printJSON(made) }
        let terminal = Terminal.standardOutput
        terminal.line("\(made.commit.short) on \(made.branch.rawValue.replacing("refs/heads/", with: "")):")
        for line in made.trailers { terminal.line("  \(line)") }
        // Annotations concern no environment, so nobody asks for their signature.
        guard !made.isSigned, token != .annotate else {
            return terminal.line("it counts once it is pushed: \(made.push)")
        }
        terminal.line("it counts once it is pushed, and signed where signatures are asked for: \(made.push)")
        terminal.line("it is not signed; git commit --amend --no-edit --allow-empty --only -S signs it")
    }

    private static func name(of token: SteeringToken) -> String {
        token.rawValue.replacing("Ocuroot-", with: "").lowercased()
    }
}
