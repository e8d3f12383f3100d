import ArgumentParser
import Model

/// The options that say which branches get an environment of their own.
struct PreviewOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Branches that get an environment of their own, such as 'feature/*'. May be repeated.",
            valueName: "pattern"))
    var preview: [String] = []

    @Option(
        help: ArgumentHelp(
            "What such an environment is called; \(PreviewRule.defaultEnvironment) unless given.", valueName: "name"))
    var previewEnvironment: String?

    @Option(
        help: ArgumentHelp(
            "The environment of the branch's repo.ocu.star whose attributes it gets.", valueName: "environment"))
    var previewLike: String?

    /// Whether nothing was said.
    var isEmpty: Bool { preview.isEmpty && previewEnvironment == nil && previewLike == nil }

    /// The rule that they make; nil when nothing was said.
    ///
    /// - Parameter known: what stands for what was not said; nil for what is so unless somebody says otherwise.
    func rule(changing known: PreviewRule? = nil) throws -> PreviewRule? {
        guard !isEmpty else { return nil }
        let refs = preview.isEmpty ? known?.refs ?? [] : preview.map(RepoArgument.pattern)
        guard !refs.isEmpty else {
            throw CommandError(
                "no branch gets a preview", hint: "say which with --preview, such as --preview 'feature/*'",
                status: .usage)
        }
        return PreviewRule(
            refs: refs, environment: previewEnvironment ?? known?.environment ?? PreviewRule.defaultEnvironment,
            like: previewLike.map { EnvironmentName($0) } ?? known?.like)
    }
}
