/// Why a value cannot be encoded or a text cannot be decoded: a sentence for the error of the Starlark call.
struct EncodingFailure: Error, Equatable, CustomStringConvertible {
    let cause: String

    init(_ cause: String) {
        self.cause = cause
    }

    var description: String { cause }
}
