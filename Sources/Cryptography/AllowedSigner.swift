import Foundation

/// One line of a file of allowed signers: a key, whose it is, and what it counts for.
public struct AllowedSigner: Sendable, Hashable {
    /// The line's number, from 1.
    public let line: Int
    /// Whose key it is: names, or patterns of names, as written.
    public let principals: [String]
    /// The key.
    public let key: SSHPublicKey
    /// What it counts for: patterns of namespaces, those that begin with `!` excluding; nil for everything.
    public let namespaces: [String]?
    /// It does not count before.
    public let validAfter: Date?
    /// It does not count after.
    public let validBefore: Date?

    /// Whether it counts for a namespace such as `git`.
    public func counts(for namespace: String) -> Bool {
        namespaces.map { SSHPatterns.fit($0, namespace) } ?? true
    }

    /// The principals of which it is the key: those that no exclusion takes back.
    public var names: [String] {
        principals.filter { !SSHPatterns.isExclusion($0) && SSHPatterns.fit(principals, $0) }
    }

    /// The line as it may be written.
    public var text: String {
        var options: [String] = []
        // By scalars, as ssh-keygen reads: with an accent on it a quote is part of another character, and still a quote.
        func quoted(_ text: String) -> String {
            let inside = text.unicodeScalars.flatMap { $0 == "\"" ? ["\\", $0] : [$0] }
            return "\"\(String(String.UnicodeScalarView(inside)))\""
        }
        if let namespaces { options.append("namespaces=" + quoted(namespaces.joined(separator: ","))) }
        if let validAfter { options.append("valid-after=" + quoted(SSHTime.text(of: validAfter))) }
        if let validBefore { options.append("valid-before=" + quoted(SSHTime.text(of: validBefore))) }
        let names = principals.joined(separator: ",")
        let isPlain =
            !names.unicodeScalars.contains { $0 == " " || $0 == "\t" } && names.utf8.first != UInt8(ascii: "#")
        return ([isPlain ? names : "\"\(names)\""] + (options.isEmpty ? [] : [options.joined(separator: ",")]))
            .joined(separator: " ") + " " + key.text
    }
}
