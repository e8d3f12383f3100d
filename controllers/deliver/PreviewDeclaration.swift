import Model

/// What a preview declares in place of the environments that its branch does.
enum PreviewDeclaration {
    /// The branch does not declare what previews are to be like.
    struct MissingModel: Error, CustomStringConvertible {
        /// The environment.
        let like: EnvironmentName
        /// The branch.
        let ref: RefName

        /// For people: what, where, why, what to do.
        var description: String {
            """
            repo.ocu.star of branch \(ref.branch) declares no environment '\(like)', which previews are to be like: \
            declare it there, or name another with 'ocuroot repo set --preview-like'
            """
        }
    }

    /// The declaration with the preview's environment alone: the attributes of the one that it is like, and
    /// `preview = True` and `branch` of its own.
    ///
    /// - Parameter origin: nil for a repo that is no preview, whose declaration stands.
    static func make(
        _ declaration: RepoDeclaration, of origin: PreviewOrigin?
    ) throws(MissingModel) -> RepoDeclaration {
        guard let origin else { return declaration }
        var attributes: JSONObject = [:]
        if let like = origin.like {
            guard let model = declaration.environments.first(where: { $0.name == like }) else {
                throw MissingModel(like: like, ref: origin.ref)
            }
            attributes = model.attributes
        }
        attributes["preview"] = .bool(true)
        attributes["branch"] = .string(origin.ref.branch)
        return RepoDeclaration(
            name: declaration.name,
            environments: [
                EnvironmentDeclaration(name: origin.environment, attributes: attributes, isArchived: false)
            ])
    }
}
