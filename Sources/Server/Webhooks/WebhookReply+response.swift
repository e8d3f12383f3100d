import HTTPTypes
import Hummingbird

extension WebhookReply {
    /// The answer to the git host; written by hand, since an encoder takes longer than all else that is done for it.
    var response: Response {
        let id = delivery.map { "\"delivery\":\"\($0)\"," } ?? ""
        let text = "{\(id)\"kind\":\"\(kind.rawValue)\",\"state\":\"\(state.rawValue)\"}"
        return Response(
            status: .accepted, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
