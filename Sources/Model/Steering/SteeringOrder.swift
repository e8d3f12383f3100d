/// What one trailer of a commit, or one command, asks for.
public struct SteeringOrder: Hashable, Sendable {
    /// What is to be done.
    public enum Action: Hashable, Sendable {
        /// Run this Build, whatever the policy says, until unpinned.
        case pin(BuildReference)
        /// Leave the choice to the policy again.
        case unpin
        /// Keep things as they are until resumed.
        case hold
        /// End the hold.
        case resume
        /// Try again what failed.
        case retry
        /// Say something of a Build.
        case annotate(BuildReference, key: String, value: String)
        /// Deliver nothing of the commit.
        case skip

        /// Whether it steers environments, and not only what is built.
        public var isOfEnvironments: Bool {
            switch self {
            case .pin, .unpin, .hold, .resume, .retry: true
            case .annotate, .skip: false
            }
        }
    }

    /// The longest value of a trailer, in bytes.
    public static let valueBytesMax = 2_000
    /// The longest key of an annotation, in bytes.
    public static let keyBytesMax = 200

    /// What is to be done.
    public let action: Action
    /// Where; for an annotation the package, for ``Action/skip`` all.
    public let subject: PlacementGlob
    /// Why, in the words of who asked; empty when nothing was said.
    public let reason: String

    /// Makes a value from its parts.
    public init(_ action: Action, _ subject: PlacementGlob, reason: String = "") {
        self.action = action
        self.subject = subject
        self.reason = reason
    }

    /// Reads a trailer; nil when it is none of ours.
    ///
    /// - Throws: a ``SteeringMistake`` that says what is wrong with it.
    public init?(_ trailer: Trailer) throws(SteeringMistake) {
        guard let token = try SteeringToken.reading(trailer.token) else { return nil }
        guard trailer.value.utf8.count <= Self.valueBytesMax else {
            throw SteeringMistake("its value has more than \(Self.valueBytesMax) bytes", hint: "say it in fewer words")
        }
        switch token {
        case .pin: self = try Self.pin(trailer.value)
        case .annotate: self = try Self.annotate(trailer.value)
        case .skip: self.init(.skip, PlacementGlob(package: .any, environment: nil), reason: Self.line(trailer.value))
        case .unpin: self = try Self.plain(.unpin, token, trailer.value)
        case .hold: self = try Self.plain(.hold, token, trailer.value)
        case .resume: self = try Self.plain(.resume, token, trailer.value)
        case .retry: self = try Self.plain(.retry, token, trailer.value)
        }
    }

    private static func pin(_ value: String) throws(SteeringMistake) -> SteeringOrder {
        guard let equals = value.firstIndex(of: "=") else { throw malformed(.pin, value) }
        let (left, right) = (trimmed(value[..<equals]), trimmed(value[value.index(after: equals)...]))
        let (build, reason) = firstWord(of: right)
        guard !left.isEmpty, !left.contains(where: \.isWhitespace), !build.isEmpty else { throw malformed(.pin, value) }
        let subject = try PlacementGlob(left)
        guard subject.package.isExact else {
            throw SteeringMistake(
                "'\(left)' does not name one package, and a build is of one", hint: "write a trailer for each package")
        }
        guard subject.environment != nil else {
            throw SteeringMistake(
                "'\(left)' names no environment", hint: "write \(left)@ENVIRONMENT=\(build), or \(left)@*=\(build)")
        }
        return SteeringOrder(.pin(BuildReference(build)), subject, reason: line(reason))
    }

    private static func annotate(_ value: String) throws(SteeringMistake) -> SteeringOrder {
        let (address, rest) = firstWord(of: trimmed(value[...]))
        let bare = address.firstRange(of: "//").map { address[$0.upperBound...] } ?? address
        guard let at = bare.firstIndex(of: "@"), let equals = rest.firstIndex(of: "=") else {
            throw malformed(.annotate, value)
        }
        let build = address[address.index(after: at)...]
        let (key, text) = (trimmed(rest[..<equals]), trimmed(rest[rest.index(after: equals)...]))
        guard !build.isEmpty, !key.isEmpty, !key.contains(where: \.isWhitespace) else {
            throw malformed(.annotate, value)
        }
        guard key.utf8.count <= keyBytesMax else {
            throw SteeringMistake("the key '\(key.prefix(40))…' has more than \(keyBytesMax) bytes")
        }
        let subject = try PlacementGlob(address[..<at])
        guard subject.package.isExact else {
            throw SteeringMistake("'\(address[..<at])' does not name one package, and a build is of one")
        }
        return SteeringOrder(.annotate(BuildReference(build), key: String(key), value: String(text)), subject)
    }

    private static func plain(
        _ action: Action, _ token: SteeringToken, _ value: String
    ) throws(SteeringMistake) -> SteeringOrder {
        let (address, reason) = firstWord(of: trimmed(value[...]))
        guard !address.isEmpty else { throw malformed(token, value) }
        return SteeringOrder(action, try PlacementGlob(address), reason: line(reason))
    }

    private static func malformed(_ token: SteeringToken, _ value: String) -> SteeringMistake {
        let found = value.isEmpty ? "it has no value" : "it cannot be read: '\(line(value.prefix(200)))'"
        return SteeringMistake(found, hint: "write \(token.rawValue): \(token.form)")
    }

    private static func firstWord(of text: Substring) -> (word: Substring, rest: Substring) {
        guard let end = text.firstIndex(where: \.isWhitespace) else { return (text, "") }
        return (text[..<end], trimmed(text[end...]))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let front = text.drop(while: \.isWhitespace)
        return front.lastIndex { !$0.isWhitespace }.map { front[...$0] } ?? ""
    }

    /// The text in one line, without what a terminal would obey or what turns the direction of writing.
    static func line(_ text: some StringProtocol) -> String {
        String(trimmed(PlainText.line(text)[...]))
    }
}
