/// An object of the host with attributes, such as `ctx.build`: compared by identity, printed as `<type>`.
public struct HostRecord {
    /// What `type(x)` returns.
    public let type: String

    /// The object's own name, shown as `<type "name">`; such an object cannot be a key.
    public let name: String?

    /// The attributes in the order in which `dir` would find them; no name twice.
    public let fields: [(String, HostValue)]

    /// The attributes that a program may assign to; all others cannot be set.
    public let settable: Set<String>

    /// Describes an object.
    public init(
        type: String, name: String? = nil, fields: [(String, HostValue)], settable: Set<String> = []
    ) {
        self.type = type
        self.name = name
        self.fields = fields
        self.settable = settable
    }
}
