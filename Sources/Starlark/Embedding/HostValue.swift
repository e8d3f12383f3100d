/// A value that the host hands to a program.
public enum HostValue {
    /// None
    case none
    /// True or False
    case bool(Bool)
    /// An integer.
    case int(Int)
    /// A float.
    case float(Double)
    /// A string.
    case string(String)
    /// JSON-like data: lists and dicts in it are new and, in an evaluation, mutable.
    case data(StarlarkData)
    /// A new list.
    case list([HostValue])
    /// A new tuple.
    case tuple([HostValue])
    /// A new dict; a later entry of the same key wins.
    case dict([(String, HostValue)])
    /// `struct(…)`
    case structure([(String, HostValue)])
    /// An object with attributes.
    case record(HostRecord)
    /// A new object of a type of the host.
    case object(HostType, fields: [(String, HostValue)] = [])
    /// A function of the host.
    case function(HostFunction)
    /// A value of the same evaluation, or of a frozen module.
    case reference(ValueReference)
    /// A function of a frozen module.
    case functionReference(FunctionReference)
    /// A module of the library, or the `struct` constructor.
    case library(LibraryModule)
}
