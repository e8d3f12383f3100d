import Testing

@testable import ocuroot

@Suite struct ByteSizeTests {
    @Test func `sizes are read with their units`() {
        let sizes = [
            "0": 0, "4096": 4096, "64K": 64 << 10, "64kb": 64 << 10, "512MiB": 512 << 20, "2g": 2 << 30, "7B": 7,
        ]
        for (text, bytes) in sizes { #expect(ByteSize(text)?.bytes == bytes, "\(text)") }
    }

    @Test func `what is no size is refused`() {
        for text in ["", "K", "-1", "1.5G", "1 G", "1X", "1iB", "9999999T", "99999999999999999999"] {
            #expect(ByteSize(text) == nil, "\(text)")
        }
    }

    @Test func `a loaded file's path is seen from the file that loads`() {
        #expect(SourceText.path(of: "b.star", from: "a.star") == "b.star")
        #expect(SourceText.path(of: "b.star", from: "x/a.star") == "x/b.star")
        #expect(SourceText.path(of: "./../b.star", from: "x/y/a.star") == "x/b.star")
        #expect(SourceText.path(of: "../b.star", from: "a.star") == "../b.star")
        #expect(SourceText.path(of: "../b.star", from: "/x/a.star") == "/b.star")
        #expect(SourceText.path(of: "/b.star", from: "x/a.star") == "/b.star")
    }
}
