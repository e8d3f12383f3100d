import Starlark
import Testing

@testable import Config

@Suite struct YAMLTests {
    @Test func `plain scalars have the types of YAML 1_2`() throws {
        let text = """
            a: 1
            b: -0x1F
            c: 1.5
            d: true
            e: yes
            f: ~
            g: "1"
            h: 1e3
            i: 0o17
            j: 2024-01-02
            k: !!str 12
            """
        guard case .dict(let values) = try YAMLReader.decode(text) else { throw EncodingFailure("no dict") }
        #expect(values["a"] == .int(1))
        #expect(values["b"] == .string("-0x1F"))
        #expect(values["c"] == .float(1.5))
        #expect(values["d"] == .bool(true))
        #expect(values["e"] == .string("yes"))
        #expect(values["f"] == StarlarkData.none)
        #expect(values["g"] == .string("1"))
        #expect(values["h"] == .float(1000))
        #expect(values["i"] == .int(15))
        #expect(values["j"] == .string("2024-01-02"))
        #expect(values["k"] == .string("12"))
    }

    @Test func `anchors and merge keys are followed, and own keys win`() throws {
        let text = """
            base: &base {image: web, port: 80}
            site:
              <<: *base
              port: 8080
            """
        guard case .dict(let values) = try YAMLReader.decode(text) else { throw EncodingFailure("no dict") }
        #expect(values["site"] == .dict(["port": .int(8080), "image": .string("web")]))
    }

    @Test func `a few lines that stand for a billion values are refused`() {
        let levels = (1...12).map { level in
            let name = "a\(level - 1)"
            return "a\(level): &a\(level) [" + Array(repeating: "*\(name)", count: 9).joined(separator: ",") + "]"
        }
        let text = (["a0: &a0 [x]"] + levels).joined(separator: "\n")
        #expect(throws: EncodingFailure.self) { try YAMLReader.decode(text) }
    }

    @Test(arguments: [
        "a: &a [x]\nb: {? *a : 1}", "a: &a [x]\n*a : 1", "a: &a [x]\nb: {[*a]: 1}", "a: &a [x]\n? [*a]\n: 1",
    ])
    func `a key cannot hold an alias`(text: String) {
        #expect(throws: EncodingFailure("YAML: an alias must not stand in a mapping key")) {
            try YAMLReader.decode(text)
        }
    }

    @Test func `a key that stands there twice, and a second document, are refused with their place`() {
        for text in ["a: 1\na: 2", "a: 1\n---\nb: 2", "a: [1", "x: 99999999999999999999"] {
            #expect(throws: EncodingFailure.self, "\(text)") { try YAMLReader.decode(text) }
        }
    }

    @Test(arguments: [
        StarlarkData.dict(["a": .list([.int(1), .dict(["b": .none, "c": .list([])])]), "d": .dict([:])]),
        .list([.list([.int(1), .int(2)]), .string("x")]), .string("yes"), .string("1.0"), .string("- a: b"),
        .string("two\nlines\n"), .string("two\nlines"), .string("two\n\n  lines\n\n"), .string(" lead\nx"),
        .string("tab\tand \u{1} and \u{7f}"), .string(""), .string("null"), .string("é ü"), .float(2.0),
        .float(1e300), .int(-5), .dict(["key: x": .string("#no comment"), "1": .bool(false)]),
        .dict(["text": .string("a\n b\n"), "list": .list([.string("x\ny")])]),
    ])
    func `what is written is read back the same`(data: StarlarkData) throws {
        let text = String(decoding: try YAMLWriter.encode(data, bytesMax: 1 << 20), as: UTF8.self)
        #expect(try YAMLReader.decode(text) == data, "\(text)")
    }

    @Test func `mappings and lists are written in block style`() throws {
        let data = StarlarkData.dict([
            "name": .string("web"), "ports": .list([.int(80), .dict(["tls": .int(443), "on": .bool(true)])]),
        ])
        let text = String(decoding: try YAMLWriter.encode(data, bytesMax: 1 << 20), as: UTF8.self)
        #expect(text == "name: web\nports:\n- 80\n- tls: 443\n  \"on\": true\n")
    }
}
