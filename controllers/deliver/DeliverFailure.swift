import Config
import Git
import Store

/// What is written on a Change that could not be worked out, and whether trying again can help.
struct DeliverFailure {
    /// For people: what, where, why, what to do.
    let sentence: String
    /// Whether the cause may pass without a new push.
    let mayPass: Bool

    /// Tells failures that belong on the Change from those that are only the database's or a lease's; nil for these.
    init?(_ error: any Error) {
        switch error {
        case let error as ConfigError:
            sentence = error.description
            mayPass = error.code == .unreadable
        case let error as GitError:
            sentence = error.description
            // The patch and the tree that it is for never change.
            mayPass = error.code != .patchRejected
        case let error as StoreError where error.code == .conflict:
            sentence = error.description
            mayPass = false
        case is PreviewDeclaration.MissingModel, is MissingBase:
            sentence = "\(error)"
            mayPass = false
        default:
            return nil
        }
    }
}
