import Git
import Testing

@Suite struct CommitSignatureTests {
    private let head = "tree 1\nauthor Ann\ncommitter Ann\n"

    private func signature(_ commit: String) -> (text: String, content: String)? {
        CommitSignature(commit: commit.utf8).map { ($0.text, String(decoding: $0.content, as: UTF8.self)) }
    }

    @Test func `a signature of several lines is taken out of the header`() throws {
        let found = try #require(signature("\(head)gpgsig begin\n a\n \n end\nencoding x\n\nmessage\n"))
        #expect(found.text == "begin\na\n\nend\n")
        #expect(found.content == "\(head)encoding x\n\nmessage\n")
    }

    @Test(arguments: [
        "", "\n", "gpgsi", "tree 1\n\nmessage", "tree 1\n\ngpgsig begin\n end\n", "tree 1\n gpgsig begin\n\nx",
        "tree 1\ngpgsig-sha256 begin\n end\n\nx", "tree 1\nmergetag object\n gpgsig x\n\nx",
    ])
    func `a commit without one has none, whatever its message says`(commit: String) {
        #expect(CommitSignature(commit: commit.utf8) == nil)
    }

    @Test func `a commit that ends within its signature, and a second signature, are read to their ends`() throws {
        #expect(try #require(signature("\(head)gpgsig begin\n a")).text == "begin\na")
        let two = try #require(signature("\(head)gpgsig one\n 1\ngpgsig two\n 2\n\nx"))
        #expect(two.text == "one\n1\n" && two.content == "\(head)gpgsig two\n 2\n\nx")
    }
}
