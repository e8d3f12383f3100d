/// Names a row of the queue.
struct QueuedKey: Hashable, Comparable, Sendable {
    var controller: ControllerName
    var key: String

    /// The order in which rows are locked, the same in every transaction.
    static func < (left: QueuedKey, right: QueuedKey) -> Bool {
        (left.controller.rawValue, left.key) < (right.controller.rawValue, right.key)
    }
}
