import Model
import Starlark

/// One `load` statement of a compiled file.
struct ProgramLoad: Sendable {
    /// What the statement refers to.
    enum Referent: Sendable {
        /// A built-in module.
        case sdk(FrozenModule)
        /// A file of the repo.
        case file(String)
        /// Nothing; the text says why.
        case nothing(String)
    }

    /// The statement.
    let request: LoadRequest
    /// What it refers to.
    let referent: Referent

    /// Works out what a statement in the file at `path` refers to.
    init(_ request: LoadRequest, in path: String, library: SDKLibrary) {
        self.request = request
        do {
            switch try LoadReference.parse(request.module, from: path) {
            case .file(let file): referent = .file(file)
            case .sdk(let version, let name): referent = .sdk(try library.module(version, name))
            }
        } catch let refusal as LoadReference.Refusal {
            referent = .nothing(refusal.cause)
        } catch {
            referent = .nothing("\(error)")
        }
    }

    /// An error at this statement.
    func failure(_ cause: String) -> ConfigError {
        ConfigError(
            .invalid, operation: "load", subject: request.importer, cause: cause, location: "\(request.location)")
    }

    /// Why the module lacks a name that the statement asks for; nil when it has them all.
    func missingName(in module: FrozenModule) -> ConfigError? {
        guard let name = request.names.first(where: { !module.contains($0) }) else { return nil }
        let names = module.globalNames
        let listed = names.isEmpty ? "it exports nothing" : "it has \(Suggestion.list(names))"
        return failure("'\(request.module)' has no '\(name)'\(Suggestion.clause(for: name, among: names)); \(listed)")
    }
}
