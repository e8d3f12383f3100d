import Foundation
import GitHosts
import Model

/// Reads the bytes as what git hosts answer: what else is in an answer does not hide what is asked for, nothing comes out
/// that could not be sent or shown, and what is JSON is not refused.
enum AnswerTarget {
    private static let secret = "pl4nted/\"t0ken"
    private static let url = "https://ci.example.com/webhooks/x/o1"

    static func run(_ bytes: [UInt8]) {
        checkIDs(bytes)
        checkToken(bytes)
        checkWords(bytes)
        guard let value = value(bytes), depth(of: value) < 50 else { return }
        checkPlanted(bytes)
        if case .array = value {
            Finding.unless(HookCall.hooks(in: bytes) != nil, "a list is refused")
            Finding.unless(
                HookCall.hasMore(after: bytes, link: nil) == (count(value) >= 100), "a page is not counted right")
        }
    }

    private static func value(_ bytes: [UInt8]) -> JSONValue? {
        do throws(JSONReader.Malformed) {
            return try JSONReader.value(Data(bytes))
        } catch {
            return nil
        }
    }

    private static func depth(of value: JSONValue) -> Int {
        switch value {
        case .array(let elements): 1 + (elements.map(depth).max() ?? 0)
        case .object(let members): 1 + (members.values.map(depth).max() ?? 0)
        case .null, .bool, .int, .double, .string: 0
        }
    }

    private static func count(_ value: JSONValue) -> Int {
        if case .array(let elements) = value { elements.count } else { 0 }
    }

    private static func checkIDs(_ bytes: [UInt8]) {
        let hooks = HookCall.hooks(in: bytes) ?? []
        let others = [
            HookCall.id(in: bytes), GitHubAppCall.installation(in: bytes), GitHubDeploymentCall.created(in: bytes),
            GitHubDeploymentCall.found(in: bytes, key: "n1"),
        ]
        for id in hooks.map(\.id) + others.compactMap({ $0 }) {
            Finding.unless(Int64(id).map { String($0) } == id, "an id that is no number: \(id)")
        }
        let own = HookTrace(address: url, formerAddresses: [url + "2"], id: "42", hasUnknownAddresses: true)
            .own(among: hooks)
        for hook in own {
            Finding.unless(hook.url.hasSuffix("/webhooks/x/o1") || hook.url == url + "2", "another's webhook is ours")
        }
        for hook in hooks {
            Finding.unless(
                hook.shown.unicodeScalars.count <= 501
                    && hook.shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
                "an address that cannot be shown")
        }
    }

    private static func checkToken(_ bytes: [UInt8]) {
        guard let token = GitHubAppCall.token(in: bytes) else { return }
        Finding.unless((1...4096).contains(token.secret.text.utf8.count), "a token of a strange length")
        Finding.unless(
            token.secret.text.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a token that no header can hold")
    }

    /// What stands beside any value is found.
    private static func checkPlanted(_ bytes: [UInt8]) {
        let object = Array(#"{"x":"#.utf8) + bytes + Array(#","id":42}"#.utf8)
        Finding.unless(GitHubAppCall.installation(in: object) == "42", "the id of an object is not found")
        let hook = #","config":{"url":"\#(url)"}},"# + #"{"id":7,"config":{}}]"#
        let hooks = Array("[".utf8) + object.dropLast() + Array(hook.utf8)
        Finding.unless(HookCall.hooks(in: hooks) == [ListedHook(id: "42", url: url)], "a webhook is not found")
        let deployments = Array("[".utf8) + object.dropLast() + Array(#","payload":{"ocuroot":"n1"}}]"#.utf8)
        Finding.unless(
            GitHubDeploymentCall.found(in: deployments, key: "n1") == "42", "the id of a deployment is not found")
    }

    /// Whatever stands around it, and whatever the header fields say.
    private static func checkWords(_ bytes: [UInt8]) {
        guard bytes.firstRange(of: Array("t0ken".utf8)) == nil else { return }
        let field = String(decoding: bytes.prefix(40), as: UTF8.self)
        for planted in [secret, #"pl4nted\/\"t0ken"#] {
            let body = Array(bytes.prefix(40)) + Array(planted.utf8) + bytes
            for status in [400, 403, 407] { check(HostAnswer(status: status, body: body, hidden: [secret])) }
        }
        check(HostAnswer(status: 503, headers: ["retry-after": field]))
        check(HostAnswer(status: 429, headers: ["x-ratelimit-remaining": "0", "x-ratelimit-reset": field]))
    }

    private static func check(_ answer: HostAnswer) {
        let words: String
        switch answer.verdict(at: Date(timeIntervalSince1970: 1_700_000_000)) {
        case .accepted: words = ""
        case .refused(let text): words = text
        case .failed(let text, let pause):
            words = text
            Finding.unless(
                pause.map { $0 >= .zero && $0 <= .seconds(6 * 3600) } ?? true, "a pause of \(pause ?? .zero)")
        }
        Finding.unless(words.utf8.firstRange(of: "t0ken".utf8) == nil, "the secret is repeated: \(words)")
        Finding.unless(
            words.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
            "not fit to be shown: \(words)")
        Finding.unless(words.utf8.count <= 20_000, "\(words.utf8.count) bytes of words")
    }
}
