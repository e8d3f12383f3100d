/// What git allows as the full name of a ref, as `git check-ref-format` has it.
///
/// Upstream: https://git-scm.com/docs/git-check-ref-format
public enum RefNameRule {
    /// The longest name.
    public static let bytesMax = 1024
    /// The longest part between slashes: git keeps each as a file, beside one with `.lock` behind its name.
    public static let partBytesMax = 250

    /// What is wrong with a full name such as `refs/heads/main`; nil when it is allowed.
    public static func problem(with ref: RefName) -> String? {
        let name = ref.rawValue
        guard !name.isEmpty else { return "it is empty" }
        guard name.utf8.count <= bytesMax else {
            return "it has \(name.utf8.count) bytes, more than the \(bytesMax) allowed"
        }
        return characters(of: name) ?? place(of: name) ?? parts(of: name)
    }

    private static func characters(of name: String) -> String? {
        var last: UInt8 = 0
        for byte in name.utf8 {
            switch (last, byte) {
            case (_, 0..<0x20), (_, 0x7F): return "it contains a control character"
            case (_, UInt8(ascii: " ")): return "it contains a space"
            case (_, UInt8(ascii: "~")), (_, UInt8(ascii: "^")), (_, UInt8(ascii: ":")), (_, UInt8(ascii: "?")),
                (_, UInt8(ascii: "*")), (_, UInt8(ascii: "[")), (_, UInt8(ascii: "\\")):
                return "it contains '\(Character(Unicode.Scalar(byte)))'"
            case (UInt8(ascii: "."), UInt8(ascii: ".")), (UInt8(ascii: "@"), UInt8(ascii: "{")),
                (UInt8(ascii: "/"), UInt8(ascii: "/")):
                return "it contains '\(String(decoding: [last, byte], as: UTF8.self))'"
            default: last = byte
            }
        }
        return nil
    }

    private static func place(of name: String) -> String? {
        if name.hasPrefix("-") { return "it begins with '-'" }
        if name.hasPrefix("/") { return "it begins with '/'" }
        for end in ["/", "."] where name.hasSuffix(end) { return "it ends with '\(end)'" }
        guard name.hasPrefix("refs/"), name.utf8.filter({ $0 == UInt8(ascii: "/") }).count > 1 else {
            return "it is not a full name, such as refs/heads/main"
        }
        if name.hasPrefix("refs/heads/-") { return "the branch begins with '-'" }
        return nil
    }

    private static func parts(of name: String) -> String? {
        for part in name.split(separator: "/") {
            if part.hasPrefix(".") { return "its part '\(part)' begins with '.'" }
            if part.hasSuffix(".lock") { return "its part '\(part)' ends with '.lock'" }
            guard part.utf8.count <= partBytesMax else {
                return "one of its parts has \(part.utf8.count) bytes, more than the \(partBytesMax) allowed"
            }
        }
        return nil
    }
}
