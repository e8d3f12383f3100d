import StarlarkSyntax
import Testing

@Suite
struct SourceFileTests {
    @Test
    func `columns count code points from one`() {
        let file = SourceFile(name: "a.star", text: "é = 1\r\nnext")
        #expect(file.location(at: 3) == SourceLocation(file: "a.star", line: 1, column: 3))
        #expect(file.location(at: 8).description == "a.star:2:1")
    }

    @Test
    func `a line is given without its line end`() {
        let file = SourceFile(name: "a.star", text: "é = 1\r\nnext")
        #expect(file.text(ofLine: 1) == "é = 1")
        #expect(file.text(ofLine: 2) == "next")
        #expect(file.text(ofLine: 3).isEmpty)
    }
}
