import Foundation
import HTTPTypes
import Hummingbird
import Model

extension Response {
    /// A JSON body, written the way that the whole project writes JSON.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONText.encode(value))))
    }

    /// A problem as RFC 9457 has it.
    static func problem(_ problem: Problem, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        let body = (try? JSONText.encode(problem)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        return Response(
            status: .init(code: problem.status), headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
