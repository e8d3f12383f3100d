/// A step of a fixture found something else than it needs.
struct FixtureError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
