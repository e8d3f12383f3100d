/// Reads of a host's answer what is asked for: whatever else it holds, and however it is nested, costs one pass over it.
enum AnswerWalk {
    /// Calls `element` for each element of an array; false when the body is none, or no JSON.
    static func elements(
        of body: [UInt8], _ element: (inout JSONWalk) throws(JSONWalk.Malformed) -> Void
    ) -> Bool {
        begins(body, with: "[") && walks(over: body) { walk throws(JSONWalk.Malformed) in try walk.array(element) }
    }

    /// Calls `member` with each key of an object; false when the body is none, or no JSON.
    static func members(
        of body: [UInt8], _ member: (String, inout JSONWalk) throws(JSONWalk.Malformed) -> Void
    ) -> Bool {
        begins(body, with: "{") && walks(over: body) { walk throws(JSONWalk.Malformed) in try walk.object(member) }
    }

    /// The number `id` of an object; nil when the body is none, or has no such number.
    static func id(of body: [UInt8]) -> String? {
        var id: Int64?
        let isObject = members(of: body) { key, walk throws(JSONWalk.Malformed) in
            if key == "id" { id = try walk.integer() }
        }
        return isObject ? id.map { String($0) } : nil
    }

    private static func begins(_ body: [UInt8], with mark: Unicode.Scalar) -> Bool {
        body.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: mark)
    }

    private static func walks(
        over body: [UInt8], _ walker: (inout JSONWalk) throws(JSONWalk.Malformed) -> Void
    ) -> Bool {
        do throws(JSONWalk.Malformed) {
            try JSONWalk.over(body, walker)
            return true
        } catch {
            return false
        }
    }
}
