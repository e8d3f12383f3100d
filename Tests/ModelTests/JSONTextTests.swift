import Foundation
import Testing

@testable import Model

@Suite struct JSONTextTests {
    private struct Body: Codable, Equatable {
        var name: String
        var at: Date?
        var outputs: JSONObject
        var list: [JSONValue]?
    }

    private func nested(_ depth: Int, around inside: String) -> String {
        String(repeating: "[", count: depth) + inside + String(repeating: "]", count: depth)
    }

    @Test(arguments: [
        #"{"name":"a","outputs":{}}"#, #"{"list":[],"name":"","outputs":{"5":[{"5":null}],"é":"\u00e9"}}"#,
        #"{"name":"a","outputs":{"x":{"outputs":{"y":[1.0,-1,2.5,1e2,true,"t"]}}},"list":[null,[],{"list":[3]}]}"#,
    ])
    func `values inside of a body are what Foundation reads there`(text: String) throws {
        let data = Data(text.utf8)
        #expect(try JSONText.decode(Body.self, from: data) == JSONDecoder().decode(Body.self, from: data))
        #expect(try JSONText.decode(JSONValue.self, from: data) == JSONDecoder().decode(JSONValue.self, from: data))
    }

    @Test func `a body of which a key stands twice is read by its first, or refused`() throws {
        let first = try JSONText.decode(
            Body.self, from: Data(#"{"name":"a","outputs":{"x":1},"outputs":{"y":2}}"#.utf8))
        #expect(first.outputs == ["x": .int(1)])
    }

    @Test(.timeLimit(.minutes(1)))
    func `many values far inside take no longer for the nesting`() throws {
        let many = Array(repeating: "0", count: 100_000).joined(separator: ",")
        let text = #"{"name":"a","outputs":{"x":"# + nested(400, around: many) + "}}"
        let body = try JSONText.decode(Body.self, from: Data(text.utf8))
        var value = try #require(body.outputs["x"])
        while case .array(let elements) = value, elements.count == 1 { value = elements[0] }
        guard case .array(let elements) = value else {
            Issue.record("\(value)")
            return
        }
        #expect(elements.count == 100_000)
    }

    @Test(arguments: [501, 100_000])
    func `what nests too deeply is refused in words`(depth: Int) throws {
        let error = try #require(
            #expect(throws: DecodingError.self) {
                try JSONText.decode(JSONValue.self, from: Data(nested(depth, around: "").utf8))
            })
        guard case .dataCorrupted(let context) = error else { throw error }
        #expect(context.debugDescription.contains("nested deeper than 500 levels"))
        _ = try JSONText.decode(JSONValue.self, from: Data(nested(500, around: "").utf8))
    }
}
