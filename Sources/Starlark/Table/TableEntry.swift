/// A key with its value, or a deleted place (key unbound).
struct TableEntry {
    var hash: UInt32
    var key: Value
    var value: Value
}
