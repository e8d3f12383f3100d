extension Spelling {
    /// `did you mean x?` for the nearest candidate, or nil when none is near.
    static func suggestion(
        for name: String, among candidates: some Sequence<String>, prefix: String = ""
    ) -> String? {
        nearest(to: name, in: candidates.prefix(candidatesMax)).map { "did you mean \(prefix)\($0)?" }
    }

    private static let candidatesMax = 10_000
}
