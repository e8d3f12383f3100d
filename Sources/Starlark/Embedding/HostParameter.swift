/// A parameter of a host function.
public struct HostParameter: Sendable, Hashable {
    /// Its name.
    public let name: String

    /// Whether a call must give it.
    public let isRequired: Bool

    /// Whether it can be given by name only.
    public let isKeywordOnly: Bool

    /// One that every call must give.
    public static func required(_ name: String) -> HostParameter {
        HostParameter(name: name, isRequired: true, isKeywordOnly: false)
    }

    /// One that may be left out.
    public static func optional(_ name: String) -> HostParameter {
        HostParameter(name: name, isRequired: false, isKeywordOnly: false)
    }

    /// One that may be left out and is given by name only; stands after all others.
    public static func keyword(_ name: String) -> HostParameter {
        HostParameter(name: name, isRequired: false, isKeywordOnly: true)
    }
}
