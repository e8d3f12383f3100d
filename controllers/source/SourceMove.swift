import Model
import Store

/// What happened to one delivered ref, or to one with a preview, since the last look.
enum SourceMove: Sendable {
    /// Its tip is another commit now.
    case moved(NewChange)
    /// It came with a new pattern, beside a newer one: its next move is delivered.
    case seen(RefName, CommitID)
    /// It is no commit now, such as the tag of a file: nothing comes of it until it moves.
    case passedOver(RefName, CommitID)
    /// It is gone.
    case deleted(RefName)
    /// Its tip is another commit now, and it has a preview, or gets one.
    case preview(NewChange)
    /// It has a preview, and shall have it no more.
    case previewEnded(RepoID, reason: String)

    /// Whether somebody did that just now; a ref that is seen for the first time may have been there for long.
    var isPush: Bool {
        switch self {
        case .moved(let change), .preview(let change): change.expected != nil
        case .seen, .passedOver: false
        case .deleted, .previewEnded: true
        }
    }

    /// Whether it concerns a preview: written before all others, under the lock that these need.
    var isOfPreview: Bool {
        switch self {
        case .preview, .previewEnded: true
        case .moved, .seen, .passedOver, .deleted: false
        }
    }
}
