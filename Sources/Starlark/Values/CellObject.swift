/// A variable that closures share.
struct CellObject {
    let header: ObjectHeader
    var value: Value
}
