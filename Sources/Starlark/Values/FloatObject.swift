/// A float whose exponent does not fit the word.
struct FloatObject {
    let header: ObjectHeader
    let number: Double
}
