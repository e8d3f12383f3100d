/// A piece of an f-string.
public enum FormattedPart: Sendable {
    /// Text that stands for itself.
    case text(TextID)
    /// `{expression}`, converted as `str` does, or as `repr` does when written `{expression!r}`.
    case value(ExpressionID, repr: Bool)
}
