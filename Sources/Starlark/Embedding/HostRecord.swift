/// An object of the host with attributes, such as `ctx.build`: compared by identity, printed as `<type>`.
public struct HostRecord {
    /// What `type(x)` returns.
    public let type: String

    /// The attributes in the order in which `dir` would find them; no name twice.
    public let fields: [(String, HostValue)]

    /// The attributes that a program may assign to; all others cannot be set.
    public let settable: Set<String>

    /// Describes an object.
    public init(type: String, fields: [(String, HostValue)], settable: Set<String> = []) {
        self.type = type
        self.fields = fields
        self.settable = settable
    }
}
