/// A name that a program uses without binding it.
enum BorrowedName: Sendable {
    /// From the host.
    case predeclared(String)
    /// From the library.
    case universal(String)
}
