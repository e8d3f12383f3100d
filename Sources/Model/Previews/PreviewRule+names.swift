/// What the environments of previews are called.
extension PreviewRule {
    /// How many digits of a digest stand behind a name that is not the branch's alone.
    private static let digitCounts = [8, 16, 64]

    /// The names that the environment of a branch may have, the first that nothing else has before the others.
    ///
    /// - Parameter digest: the SHA-256 of what tells the branch from those of all repos, in hexadecimal.
    public func names(for ref: RefName, digest: String) -> [EnvironmentName] {
        let slug = Self.slug(of: ref.branch)
        var names: [String] = []
        let plain = name(for: slug)
        if !slug.isEmpty, NameRule.environment.problem(with: plain) == nil { names.append(plain) }
        for count in Self.digitCounts {
            let digits = String(digest.prefix(count))
            let roomMax = NameRule.bytesMax - name(for: "").utf8.count - digits.utf8.count - 1
            let short = Self.trimmed(slug.prefix(max(0, roomMax)))
            names.append(name(for: short.isEmpty ? digits : "\(short)-\(digits)"))
        }
        return names.map { EnvironmentName($0) }
    }

    /// A branch's name in lower case, with one `-` for what is neither letter nor digit of ASCII, and none at its ends.
    static func slug(of branch: String) -> String {
        var slug = ""
        for scalar in branch.lowercased().unicodeScalars {
            let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isPlain {
                slug.unicodeScalars.append(scalar)
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        return trimmed(slug[...])
    }

    /// The environment's name with a text in place of the branch.
    func name(for text: String) -> String {
        environment.replacing(Self.placeholder, with: text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.hasSuffix("-") { text = text.dropLast() }
        return String(text)
    }
}
