/// A load statement of a program.
struct ProgramLoad: Sendable {
    let request: LoadRequest
    let items: [Item]

    struct Item: Sendable {
        /// The module slot it is bound to.
        let slot: Int
        let name: String
        /// Byte offset of the string that names it.
        let position: UInt32
    }
}
