import Foundation
import Model

/// What a receiver answered, as far as it decides what happens next.
public struct HostAnswer: Sendable, Equatable {
    /// What an answer comes to.
    public enum Verdict: Sendable, Equatable {
        /// It was taken.
        case accepted
        /// It was not, and the same again would not be; the words say why.
        case refused(String)
        /// It was not, and may be later; the pause is what the receiver asked for.
        case failed(String, pause: Duration?)
    }

    /// The longest part of a body that is shown, in characters.
    private static let wordsMax = 300
    /// No receiver may ask for a longer pause.
    private static let pauseMax = 6 * 3600.0
    /// What GitHub says, with status 403, of its secondary limits; and the pause that it wants then.
    private static let limitWords = ["secondary rate limit", "abuse detection mechanism"]
    private static let limitPause = Duration.seconds(60)

    /// The HTTP status.
    public var status: Int
    /// Header fields by name in lower case.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]
    /// What was sent that the words may not repeat.
    public var hidden: [String]

    /// Makes a value from its parts.
    public init(status: Int, headers: [String: String] = [:], body: [UInt8] = [], hidden: [String] = []) {
        self.status = status
        self.headers = headers
        self.body = body
        self.hidden = hidden
    }

    /// What it comes to.
    ///
    /// 408, 425, 429 and 5xx pass by themselves, and so does GitHub's 403 for too many requests, which for its secondary
    /// limits is told by the words alone. A redirect is not followed: it would take the token elsewhere, and a POST that
    /// is redirected arrives as something else.
    public func verdict(at now: Date) -> Verdict {
        switch status {
        case 200...299: return .accepted
        case 400 where text.contains("Cannot transition status"):
            // GitLab says so of a status that is what it shall be.
            return .accepted
        case 300...399:
            return .refused("it redirects (HTTP \(status)), which is not followed: give it its new address")
        case 408, 425, 429, 500...599: return .failed(words, pause: pause(at: now))
        case 403 where headers["retry-after"] != nil || headers["x-ratelimit-remaining"] == "0":
            return .failed(words, pause: pause(at: now))
        case 403 where isLimited:
            return .failed(words, pause: Self.limitPause)
        default: return .refused(words)
        }
    }

    private var isLimited: Bool {
        let text = text.lowercased()
        return Self.limitWords.contains { text.contains($0) }
    }

    /// The status and the beginning of the body, as one line.
    public var words: String {
        let line = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return "HTTP \(status)" + (line.isEmpty ? "" : ": \(line.prefix(Self.wordsMax))")
    }

    /// The beginning of the body without what would move a terminal's cursor.
    ///
    /// What is hidden goes first: cut in two it could not be found any more.
    private var text: String {
        let whole = SecretMask.masked(String(decoding: body, as: UTF8.self), hiding: hidden)
        let scalars = whole.unicodeScalars.prefix(4096).map { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// What `Retry-After` asks for, in seconds or until a date, or GitHub's time at which its count begins anew.
    private func pause(at now: Date) -> Duration? {
        var seconds: Double?
        if let text = headers["retry-after"] {
            seconds = Double(text) ?? Self.date(text)?.timeIntervalSince(now)
        } else if headers["x-ratelimit-remaining"] == "0", let reset = headers["x-ratelimit-reset"].flatMap(Double.init)
        {
            seconds = reset - now.timeIntervalSince1970
        }
        return seconds.map { .seconds(min(max($0.isFinite ? $0 : 0, 0), Self.pauseMax)) }
    }

    /// A date as RFC 9110 prefers it: `Wed, 21 Oct 2026 07:28:00 GMT`.
    ///
    /// Not by `DateFormatter`, which ends the process for some texts that are not ASCII.
    private static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        return JSONText.date("\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z")
    }

    private static let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ").map(String.init)
}
