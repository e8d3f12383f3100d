import Foundation
import Testing

@testable import Model

struct JSONReaderTests {
    @Test func `what the encoder writes reads back the same`() throws {
        let value = JSONValue.object([
            "": .null, "a\"\\/\n\u{1}\u{1F600}é": .array([.bool(true), .bool(false), .int(.min), .int(.max), .int(0)]),
            "nested": .object(["empty": .object([:]), "list": .array([])]), "half": .double(-0.5),
            "large": .double(1e300),
        ])
        #expect(try JSONReader.value(try JSONEncoder().encode(value)) == value)
    }

    @Test(arguments: [
        ("\"\\ud83d\\ude00\\u0041\\/\"", JSONValue.string("\u{1F600}A/")),
        (" [ 1 , 2.0e1 ] ", .array([.int(1), .int(20)])), ("-0.5E-1", .double(-0.05)), ("-0", .int(0)),
        ("{\"a\":1,\"a\":2}", .object(["a": .int(1)])),
        ("100000000000000000000", .double(1e20)), ("\"\\ud83d\"", .string("\u{FFFD}")),
    ])
    func `other spellings are read too`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.value(Data(text.utf8)) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\" 1}", "{a:1}", "tru", "\"open", "\"\\x\"", "\"\\u12\"", "1 2", "-", "nan", "1e999", "]",
        "01", "+1",
        "1.", ".5", "1e", "1e+", "\"\u{1}\"", "\"\\u+123\"", "\u{B}1", "\u{FEFF}1",
        String(repeating: "[", count: 100_000),
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONReader.Malformed.self) { try JSONReader.value(Data(text.utf8)) }
    }

    @Test func `text that is not UTF-8 is refused`() {
        #expect(throws: JSONReader.Malformed.self) { try JSONReader.value(Data([0x22, 0xFF, 0x22])) }
    }
}
