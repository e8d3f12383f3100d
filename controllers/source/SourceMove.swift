import Model
import Store

/// What happened to one delivered ref since the last look.
enum SourceMove: Sendable {
    /// Its tip is another commit now.
    case moved(NewChange)
    /// It is gone.
    case deleted(RefName)
}
