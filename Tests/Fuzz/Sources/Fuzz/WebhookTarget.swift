import Foundation
import GitHosts
import Model

/// Reads a delivery as one host's, as JSON and as a form: whatever it is, what comes out is within bounds and fit to be
/// kept, and what Foundation takes for JSON is not called malformed.
enum WebhookTarget {
    private static let secret = Secret("a secret")

    static func run(_ bytes: [UInt8], as host: GitHost) {
        let events = [
            "x-github-event": "push", "x-gitea-event": "push", "x-gitlab-event": "System Hook",
            "x-event-key": host == .bitbucket ? "repo:push" : "repo:refs_changed",
        ]
        for type in ["application/json", "application/x-www-form-urlencoded"] {
            var request = WebhookRequest(headers: events, body: bytes)
            request.headers["content-type"] = type
            let hint = host.hint(in: request)
            check(hint)
            Finding.unless(host.hint(in: request) == hint, "the same bytes are read differently")
            if type == "application/json", isJSON(bytes) {
                let problem = hint.problem ?? ""
                Finding.unless(!problem.contains("it is not JSON"), "what is JSON is refused: \(problem)")
            }
        }
        checkSignature(bytes, host)
    }

    private static func check(_ hint: WebhookHint) {
        Finding.unless(hint.refs.count <= WebhookHint.refsMax, "too many refs")
        Finding.unless((hint.kind == .unreadable) == (hint.problem != nil), "a problem, or none, without reason")
        Finding.unless(
            hint.kind != .push || !hint.refs.isEmpty || hint.refsLeftOut > 0, "a push that names no ref")
        Finding.unless(hint.kind != .unreadable || hint.refs.isEmpty, "refs of what could not be read")
        for move in hint.refs {
            Finding.unless(RefNameRule.problem(with: move.ref) == nil, "a ref that git refuses: \(move.ref)")
        }
        for text in [hint.event, hint.deliveryID].compactMap({ $0 }) {
            Finding.unless(
                text.utf8.count <= 200 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) },
                "unfit to be kept: \(text)")
        }
        Finding.unless((hint.pusher?.count ?? 0) <= 200, "a long name")
        let written = (try? JSONEncoder().encode(hint.refs)) ?? Data()
        let read = try? JSONDecoder().decode([WebhookRefMove].self, from: written)
        Finding.unless(read == hint.refs, "refs that are not read back as they were written")
    }

    /// The bytes as every header that could prove something: none of them is believed, and none of them traps.
    private static func checkSignature(_ bytes: [UInt8], _ host: GitHost) {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        let names = [
            "x-hub-signature-256", "x-hub-signature", "x-gitlab-token", "x-gitea-signature", "x-forgejo-signature",
            "authorization", "webhook-id", "webhook-timestamp", "webhook-signature",
        ]
        let request = WebhookRequest(headers: Dictionary(uniqueKeysWithValues: names.map { ($0, text) }), body: bytes)
        let refusal = try? host.refusal(of: request, secrets: [secret], at: Date(timeIntervalSince1970: 0))
        Finding.unless(refusal ?? nil != nil, "a delivery is believed that nobody signed")
    }

    /// Whether it is JSON in UTF-8, as Foundation judges, which takes a comma behind the last element, too.
    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        guard !bytes.contains(0), !bytes.starts(with: [0xEF, 0xBB, 0xBF]),
            String(validating: bytes, as: UTF8.self) != nil,
            (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
        else { return false }
        return !hasTrailingComma(bytes)
    }

    /// Whether a comma stands before the end of an array or object of what is JSON but for that.
    private static func hasTrailingComma(_ bytes: [UInt8]) -> Bool {
        var isInText = false
        var isEscaped = false
        var last: UInt8 = 0
        for byte in bytes where isInText || !" \t\r\n".utf8.contains(byte) {
            if isInText {
                isInText = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            if last == UInt8(ascii: ","), "]}".utf8.contains(byte) { return true }
            isInText = byte == UInt8(ascii: "\"")
            last = byte
        }
        return false
    }
}
