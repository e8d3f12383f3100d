import Model
import Store

/// What happened to one delivered ref since the last look.
enum SourceMove: Sendable {
    /// Its tip is another commit now.
    case moved(NewChange)
    /// It came with a new pattern, beside a newer one: its next move is delivered.
    case seen(RefName, CommitID)
    /// It is gone.
    case deleted(RefName)

    /// Whether somebody did that just now; a ref that is seen for the first time may have been there for long.
    var isPush: Bool {
        switch self {
        case .moved(let change): change.expected != nil
        case .seen: false
        case .deleted: true
        }
    }
}
