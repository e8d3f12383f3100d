/// Which refs a pattern means.
extension Name where Subject == NameGlob {
    /// Whether it is the name of one ref.
    public var isExact: Bool { NameGlob(rawValue).isExact }

    /// Whether it means a ref; a wildcard also stands for `/`.
    public func fits(_ ref: RefName) -> Bool {
        NameGlob(rawValue).fits(ref.rawValue)
    }
}

extension RefNameRule {
    /// What is wrong with a pattern such as `refs/heads/release/*`; nil when it may mean a ref.
    public static func problem(with pattern: RefPattern) -> String? {
        // What a wildcard stands for may be a letter.
        let example = pattern.rawValue.map { $0 == "*" || $0 == "?" ? "x" : String($0) }.joined()
        return problem(with: RefName(example))
    }
}
