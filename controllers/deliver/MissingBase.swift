import Model

/// The tree that packages must be compared with is not in the mirror any more.
///
/// Deliver stops at that: to take everything as affected would rebuild the world for a lost file.
struct MissingBase: Error, CustomStringConvertible {
    /// The tree.
    let tree: TreeID
    /// What was last built from it.
    let subject: String

    /// For people: what, where, why, what to do.
    var description: String {
        """
        the tree \(tree.short) of \(subject), which this change must be compared with, is not in the mirror: \
        its history was rewritten and pruned, or the mirror was damaged. Push a ref that still has it, or remove the \
        repo with 'ocuroot repo remove --orphan' and add it again to build every package anew
        """
    }
}
