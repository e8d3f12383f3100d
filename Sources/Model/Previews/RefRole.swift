/// What becomes of a ref's pushes.
public enum RefRole: Hashable, Sendable {
    /// They are delivered to the environments that the repo declares.
    case delivered
    /// They are delivered to an environment of the branch's own.
    case preview
    /// Nothing.
    case ignored

    /// The role of a ref; one that is delivered is no preview.
    ///
    /// - Parameters:
    ///   - refs: the refs that are delivered; empty means the default branch.
    ///   - defaultRef: the branch that the remote's HEAD names; nil while that is not known, and what is pushed then
    ///     counts as that branch.
    public init(of ref: RefName, refs: [RefPattern], defaultRef: RefName?, previews: PreviewRule?) {
        let isDelivered = refs.isEmpty ? ref == defaultRef ?? ref : refs.contains { $0.fits(ref) }
        self = isDelivered ? .delivered : previews?.fits(ref) == true ? .preview : .ignored
    }
}

extension Repo {
    /// The role of a ref, as far as the last look at the remote tells.
    public func role(of ref: RefName) -> RefRole {
        RefRole(of: ref, refs: refs, defaultRef: defaultRef, previews: preview)
    }
}
