import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Translates a connection's HTTP/1 messages to and from the types that everything behind it speaks, and keeps to what
/// HTTP asks of the connection besides: its end and its versions (RFC 9112, 9), and bodies that are held back until
/// they are asked for (RFC 9110, 10.1.1).
///
/// Whoever is about to read a body writes the status 100; it is sent if that body is held back. A final answer that
/// comes instead ends the connection, since what its sender sends next may be the body or another request.
final class HTTPCodec: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// What may still come of a request behind its answer before the connection is closed under its sender.
    private static let unwantedBytesMax = 16 << 20

    /// How many requests have begun.
    private var requestCount = 0
    /// How many answers have ended.
    private var answerCount = 0
    /// The numbers of the requests of HTTP/1.0 that have no answer yet.
    private var oldRequests: [Int] = []
    /// The number of the request with whose answer the connection ends.
    private var lastRequest: Int?
    private var isInsideRequest = false
    /// Whether the newest request's body is held back.
    private var isBodyHeldBack = false
    /// When the last answer is written; nil before it is made.
    private var lastAnswer: EventLoopFuture<Void>?
    private var unwantedBytesLeft = HTTPCodec.unwantedBytesMax

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard lastAnswer == nil else { return drop(part, context) }
        switch part {
        case .head(let head):
            begin(head, context)
        case .body(let bytes):
            isBodyHeldBack = false
            if answerCount == requestCount, !mayGoOn(after: bytes, context) { return }
            context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end(let trailers):
            isBodyHeldBack = false
            isInsideRequest = false
            context.fireChannelRead(wrapInboundOut(.end(trailers.map { HTTPFields($0, splitCookie: false) })))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if lastAnswer != nil { context.read() }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let response) where response.status.kind == .informational:
            guard isBodyHeldBack, requestCount == answerCount + 1 else {
                promise?.succeed()
                return
            }
            isBodyHeldBack = false
            context.write(wrapOutboundOut(.head(HTTPResponseHead(response))), promise: promise)
        case .head(let response):
            var head = HTTPResponseHead(response)
            if lastRequest != nil || isBodyHeldBack || !oldRequests.isEmpty { frame(&head) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let bytes):
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
        case .end(let trailers):
            answerCount += 1
            let end = wrapOutboundOut(.end(trailers.map(HTTPHeaders.init)))
            guard answerCount == lastRequest else { return context.write(end, promise: promise) }
            finish(with: end, promise ?? context.eventLoop.makePromise(), context)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        // When the other end has closed its side, this closes all, and takes what is not written yet with it.
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: promise) }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: written)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Such as of a body that is not sent any more once its sender has the answer.
        if lastAnswer != nil { closeOnceWritten(context) } else { context.fireErrorCaught(error) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if lastAnswer != nil, let event = event as? ChannelEvent, event == .inputClosed {
            closeOnceWritten(context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var head = head
        requestCount += 1
        isInsideRequest = true
        unwantedBytesLeft = Self.unwantedBytesMax
        if head.version.major == 1 && head.version.minor >= 1 {
            isBodyHeldBack = head.headers.contains(name: "expect")
        } else {
            oldRequests.append(requestCount)
            head.makeCurrent()
        }
        if lastRequest == nil, !head.isKeepAlive { lastRequest = requestCount }
        do {
            context.fireChannelRead(wrapInboundOut(.head(try HTTPRequest(head, secure: false, splitCookie: false))))
        } catch {
            context.fireErrorCaught(error)
        }
    }

    /// Gives the first lines of an answer what its request's version asks for, and says whether it is the last.
    private func frame(_ head: inout HTTPResponseHead) {
        let number = answerCount + 1
        let isOld = oldRequests.first == number
        if isBodyHeldBack, number == requestCount { lastRequest = number }
        if isOld {
            oldRequests.removeFirst()
            if head.status.mayHaveResponseBody, !head.headers.contains(name: "content-length") {
                // Without chunks, which came with HTTP/1.1, the end of the connection is that of the body.
                head.version = .http1_0
                lastRequest = number
            }
        }
        if number == lastRequest {
            head.headers.replaceOrAdd(name: "connection", value: "close")
        } else if isOld {
            head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
    }

    /// Ends the connection with an answer: at once behind a whole request, else for reading only, or the sender of the
    /// rest would be reset before it has read the answer.
    private func finish(with end: NIOAny, _ written: EventLoopPromise<Void>, _ context: ChannelHandlerContext) {
        lastAnswer = written.futureResult
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            context.close(mode: isInsideRequest ? .output : .all, promise: nil)
        }
        context.write(end, promise: written)
        context.flush()
        context.read()
    }

    private func drop(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard case .body(let bytes) = part else {
            isInsideRequest = false
            return closeOnceWritten(context)
        }
        _ = mayGoOn(after: bytes, context)
    }

    /// Whether more may come of a request that has its answer; closes the connection if not.
    private func mayGoOn(after bytes: ByteBuffer, _ context: ChannelHandlerContext) -> Bool {
        unwantedBytesLeft -= bytes.readableBytes
        if unwantedBytesLeft < 0 { context.close(promise: nil) }
        return unwantedBytesLeft >= 0
    }

    private func closeOnceWritten(_ context: ChannelHandlerContext) {
        lastAnswer?.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
}

extension HTTPRequestHead {
    /// Makes a request of HTTP/1.0 mean the same as one of HTTP/1.1: it is the last unless it says otherwise, or has
    /// the framing that came later; and nothing can be expected in it.
    fileprivate mutating func makeCurrent() {
        let isKept = isKeepAlive && !headers.contains(name: "transfer-encoding")
        headers.remove(name: "expect")
        if !isKept { headers.replaceOrAdd(name: "connection", value: "close") }
    }
}
