/// What the names in config files may be, so that commands can address what they name.
///
/// Commands write `REPO//PACKAGE@ENVIRONMENT`, and take names as arguments.
public enum NameRule: Sendable {
    /// A package's: its parts are separated by `/`.
    case package
    /// An environment's; the same rule.
    case environment
    /// A repo's, which may hold `@`: what stands before the last `//` of an address is its name, whatever it holds.
    case repo

    /// The longest name.
    public static let bytesMax = 200

    /// The rule, as an error states it.
    public var sentence: String {
        let separators = self == .repo ? "" : " or '@'"
        return """
            a name has 1 to \(Self.bytesMax) bytes, no spaces, control characters\(separators), does not begin with \
            '-', and has neither an empty part nor '..' between its slashes
            """
    }

    /// What is wrong with a name; nil when it is allowed.
    public func problem(with name: String) -> String? {
        guard !name.isEmpty else { return "it is empty" }
        guard name.utf8.count <= Self.bytesMax else {
            return "it has \(name.utf8.count) bytes, more than the \(Self.bytesMax) allowed"
        }
        for scalar in name.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                return "it contains the control character U+\(Self.hex(scalar))"
            case .spaceSeparator: return "it contains a space"
            default: if scalar == "@", self != .repo { return "it contains '@'" }
            }
        }
        guard !name.hasPrefix("-") else { return "it begins with '-'" }
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            if part.isEmpty { return "it has an empty part before, between or after its slashes" }
            if part == ".." { return "it has the part '..'" }
        }
        return nil
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
