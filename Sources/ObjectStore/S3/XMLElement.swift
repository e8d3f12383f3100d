/// An element of a small XML document, without its attributes.
struct XMLElement: Sendable {
    /// Without a namespace's prefix.
    let name: String
    /// The text directly inside, entities resolved.
    var text = ""
    var children: [XMLElement] = []

    init(name: String) { self.name = name }

    /// The first child of that name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}
