import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `Trailers` {
    static let messages: [String] = [
        "title\n\nKey: value\n",
        "title\n\nbody\n\nKey: value\nOther-Key:  spaced  \n",
        "Key: value\n",
        "title\nKey: value\n",
        "title\n\nbody text\nKey: value\n",
        "title\n\nbody\n\nKey: one\n two\n   three\nNext: x\n",
        "title\n\nbody\n\nKey: value\n\n\n\n",
        "title\n\nbody\n\nKey: value\n# a comment\n",
        "title\n\nbody\n\nnot a trailer line\nSigned-off-by: A <a@example.com>\n",
        "title\n\nbody\n\none\ntwo\nthree\nfour\nSigned-off-by: A <a@example.com>\n",
        "title\n\nbody\n\n(cherry picked from commit 0123456789)\nKey: value\n",
        "title\n\nbody\n\nKey : value\n",
        "title\n\nbody\n\nKey with space: value\n",
        "title\n\nbody\n\nurl: https://example.com/x:y\nKey:\n",
        "title\n\nbody\n\n: no token\n",
        "title\n\nbody\n\nKey: a\nKey: b\nkey: c\n",
        "title\n\nFirst: 1\n\nSecond: 2\n",
        "title\n\nbody\n\n  indented: x\n",
        "title\n\nbody\n---\nKey: value\n",
        "title\n\nbody\n\n---\nKey: value\n",
        "title\n\nbody\n\nKey: value\n\tfolded by tab\n",
        "",
        "\n\n",
        "title",
        "title\n\nbody\n\nOcuroot-Pin: a=b\nÜmlaut: x\n",
        "title\r\n\r\nbody\r\n\r\nKey: value\r\n",
        "title\n\nbody\n\nKey: value\n# ------------------------ >8 ------------------------\ncut\n",
        "title\n\nbody\n\nKey: value with \u{1F600}\n",
        "title\n\nKey: one line\u{2028}to git\u{85}and\u{B}to us\u{C}\n", "title\n\nKey: wide blank\u{3000}\n",
        "title\n\nKey: a\n\u{3000}\nOther: b\n", "title\n\nKey: a\rb\nOther: c\n",
    ]

    @Test(arguments: messages)
    func `are those that git finds`(message: String) async throws {
        let remote = try RepositoryBuilder()
        let id = try remote.commit(message)
        let ours = try await Reader(path: remote.path).read { try $0.commit(id).trailers }
        let theirs = try Program.run(
            "/usr/bin/git", ["interpret-trailers", "--parse", "--no-divider"], in: remote.path, input: message)
        let printed = ours.map { "\($0.token): \($0.value)" + "\n" }.joined()
        #expect(printed == theirs, "of \(message.debugDescription)")
    }
}
