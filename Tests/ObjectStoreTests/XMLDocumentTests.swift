import Testing

@testable import ObjectStore

@Suite struct XMLDocumentTests {
    private func root(_ text: String) -> XMLElement? { XMLDocument.root(of: Array(text.utf8)) }

    @Test func `elements, text and references are read`() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- <not> this -->
            <s3:Result xmlns:s3='a>b' x="/"><Key>a&amp;b &lt;&#x41;&#66;&gt;</Key><Empty/><Key><![CDATA[<raw>]]></Key>
            </s3:Result>
            """
        let result = try #require(root(text))
        #expect(result.name == "Result")
        #expect(result.children.map(\.name) == ["Key", "Empty", "Key"])
        #expect(result.children.map(\.text) == ["a&b <AB>", "", "<raw>"])
    }

    @Test(arguments: [
        "", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a><b></a></b>", "<a", "<a x='>", "<a>&nbsp;</a>",
        "<a>&</a>",
        "<a>&#xD800;</a>", "<a><!-- </a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a/>text", "<>x</>",
        String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17),
    ])
    func `what is not well-formed, defines entities or nests too deeply is refused`(text: String) {
        #expect(root(text) == nil)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(XMLDocument.root(of: Array("<a>".utf8) + [0xff] + Array("</a>".utf8)) == nil)
    }

    @Test func `a listing without the next page's token is refused`() {
        let listing = "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"
        #expect(S3Listing.page(in: Array(listing.utf8), ownPrefix: "") == nil)
    }

    @Test func `names that are no keys of ours are left out of a listing`() throws {
        let entries = ["p/good", "p/", "p/a b", "other/good", "p/.x"]
            .map { "<Contents><Key>\($0)</Key><Size>1</Size></Contents>" }.joined()
        let page = try #require(
            S3Listing.page(in: Array("<ListBucketResult>\(entries)</ListBucketResult>".utf8), ownPrefix: "p/"))
        #expect(page.objects.map(\.key.text) == ["good"])
        #expect(page.next == nil)
    }
}
