/// Why a function of the SDK refuses a call: a sentence for the error at the place of the call.
struct SDKFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
