import GitHosts
import HTTPTypes
import Model
import NIOCore
import NIOHTTPTypes

/// Takes the deliveries that come on a connection, and lets all other requests through to the router.
///
/// They are read and answered on the connection's own loop, without a task for each: so a flood of them takes little
/// from everything else, and one that is refused for what its first lines say never has its body kept.
///
/// Requests of a connection are answered in the order in which they came: a delivery waits until requests before it
/// have their answers and the sender has read enough of them, those behind it wait for its own, and meanwhile nothing
/// more is read.
final class WebhookDoor: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Phase {
        /// Between requests.
        case idle
        /// Inside a request that is not for us.
        case passing
        /// Inside a delivery.
        case reading
        /// A delivery is whole, and its answer is not there yet.
        case waiting
        /// Inside a delivery that was answered before its end.
        case draining(bytesLeft: Int)
    }

    private let intake: WebhookIntake
    private let peer: SocketAddress?
    private var phase = Phase.idle
    /// The delivery that is being read or kept.
    private var arrival: WebhookArrival?
    /// What came and has to wait.
    private var held = CircularBuffer<HTTPRequestPart>()
    /// How many requests were let through and have no answer yet.
    private var unanswered = 0
    private var isDraining = false
    private var isReadWanted = false
    private var isInputClosed = false
    private var heldError: (any Error)?
    /// Whether something was let through that the next handler takes only when it is told that this was all for now.
    private var hasLetThrough = false
    /// Whether the connection ends with the answer.
    private var isLast = false
    /// Counts deliveries, so that an answer that comes too late is known.
    private var number = 0
    private var lastSource: (forwarded: String?, address: SourceAddress)?
    private var deadline = NIODeadline.now()
    private var timer: Scheduled<Void>?

    init(_ intake: WebhookIntake, peer: SocketAddress?) {
        self.intake = intake
        self.peer = peer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        held.append(unwrapInboundIn(data))
        drain(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        hasLetThrough = false
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if isBusy || isOver { isReadWanted = true } else { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        context.write(wrapOutboundOut(part), promise: promise)
        guard case .end = part else { return }
        unanswered = max(0, unanswered - 1)
        goOn(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Such as of what follows a delivery that was said to be the last.
        if isBusy || isOver { heldError = error } else { context.fireErrorCaught(error) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isBusy, let event = event as? ChannelEvent, event == .inputClosed {
            isInputClosed = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.fireChannelWritabilityChanged()
        goOn(context)
    }

    /// The connection is gone; Hummingbird's handler in front does not pass `channelInactive` on.
    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        held.removeAll()
        forget()
    }

    /// Whether what comes now has to wait.
    private var isBusy: Bool {
        if case .waiting = phase { return true }
        return !held.isEmpty
    }

    /// Whether the connection's last request has come: nothing more is read.
    private var isOver: Bool {
        if case .idle = phase { return isLast }
        return false
    }

    /// Handles what is held as far as it may be.
    private func drain(_ context: ChannelHandlerContext) {
        guard !isDraining else { return }
        isDraining = true
        while let part = held.first, take(part, context) { _ = held.popFirst() }
        isDraining = false
    }

    /// Goes on after an answer: with what is held, and then with what was put off.
    private func goOn(_ context: ChannelHandlerContext) {
        drain(context)
        if hasLetThrough {
            hasLetThrough = false
            context.fireChannelReadComplete()
        }
        guard !isBusy, !isOver else { return }
        if let error = heldError {
            heldError = nil
            context.fireErrorCaught(error)
        }
        if isReadWanted {
            isReadWanted = false
            context.read()
        }
        if isInputClosed {
            isInputClosed = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }

    private func letThrough(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        hasLetThrough = true
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// Handles a part; false when it has to wait.
    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) -> Bool {
        switch (phase, part) {
        case (.waiting, _):
            return false
        case (.idle, _) where isLast:
            return true
        case (.idle, .head(let head)):
            guard let path = WebhookPath(head) else {
                unanswered += 1
                phase = .passing
                isLast = head.isLast
                letThrough(.head(isLast ? head.closing : head), context)
                return true
            }
            guard unanswered == 0, context.channel.isWritable else { return false }
            begin(head, path, context)
        case (.reading, .body(let chunk)):
            collect(chunk, context)
        case (.reading, .end):
            finish(context)
        case (.draining(let bytesLeft), .body(let chunk)):
            phase = .draining(bytesLeft: bytesLeft - chunk.readableBytes)
            if bytesLeft < chunk.readableBytes { context.close(promise: nil) }
        case (.draining, .end):
            phase = .idle
            if isLast { context.close(promise: nil) }
        case (.passing, .end):
            phase = .idle
            letThrough(part, context)
        default:
            letThrough(part, context)
        }
        return true
    }

    /// Decides by a delivery's first lines whether its body is to be read.
    private func begin(_ head: HTTPRequest, _ path: WebhookPath, _ context: ChannelHandlerContext) {
        isLast = head.isLast
        watch(context)
        do throws(Problem) {
            let source = source(of: head)
            try intake.admit(source)
            guard let host = GitHost(rawValue: String(path.host)) else { throw WebhookIntake.unknownHost }
            let announced = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
            if announced > intake.bodyBytesMax { throw Problem.bodyTooLarge(bytesMax: intake.bodyBytesMax) }
            let expectsContinue = try head.expectsContinue()
            arrival = WebhookArrival(host: host, repo: RepoID(String(path.id)), source: source, head: head)
            phase = .reading
            guard expectsContinue else { return }
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        } catch {
            refuse(error, head, context)
        }
    }

    /// The source of a delivery, which on one connection is mostly that of the one before.
    private func source(of head: HTTPRequest) -> SourceAddress {
        let forwarded = head.headerFields[.xForwardedFor]
        if let lastSource, lastSource.forwarded == forwarded { return lastSource.address }
        let address = intake.source(peer: peer, forwarded: forwarded)
        lastSource = (forwarded, address)
        return address
    }

    private func collect(_ chunk: ByteBuffer, _ context: ChannelHandlerContext) {
        if let problem = problem(with: chunk), let head = arrival?.head {
            refuse(problem, head, context)
        } else {
            arrival?.body.append(contentsOf: chunk.readableBytesView)
        }
    }

    /// Why no more of a body can be taken; if it can, it counts as taken.
    private func problem(with chunk: ByteBuffer) -> Problem? {
        guard let arrival else { return nil }
        if arrival.body.count + chunk.readableBytes > intake.bodyBytesMax {
            return .bodyTooLarge(bytesMax: intake.bodyBytesMax)
        }
        return intake.budget.take(chunk.readableBytes, for: arrival.source.network)
            ? nil : WebhookIntake.tooManyBodies
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let arrival else { return }
        phase = .waiting
        let number = number
        intake.take(arrival, on: context.eventLoop).assumeIsolated().whenComplete { [self] result in
            intake.budget.giveBack(arrival.body.count, of: arrival.source.network)
            guard number == self.number else { return }
            forget()
            phase = .idle
            switch result {
            case .success(let reply): answer(202, WebhookReply.headers, ByteBuffer(string: reply.text), context)
            case .failure(let error): answer(error, to: arrival.head, context)
            }
            goOn(context)
        }
    }

    /// Answers before the delivery's end; what else comes of it is thrown away.
    private func refuse(_ problem: Problem, _ head: HTTPRequest, _ context: ChannelHandlerContext) {
        forget()
        phase = .draining(bytesLeft: 2 * intake.bodyBytesMax)
        answer(problem, to: head, context)
    }

    /// Ends what is done for the present delivery: no answer to it is taken any more.
    ///
    /// A body that is being checked or kept is in memory until that has ended, and counts as long.
    private func forget() {
        number += 1
        if case .reading = phase, let arrival { intake.budget.giveBack(arrival.body.count, of: arrival.source.network) }
        arrival = nil
    }

    private func answer(_ error: any Error, to head: HTTPRequest, _ context: ChannelHandlerContext) {
        let answer = ErrorAnswer(error, to: head, logger: intake.logger)
        let body = (try? JSONText.encode(answer.problem)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        var fields = answer.headers
        fields[.contentType] = "application/problem+json"
        fields.addSafeguards()
        self.answer(.init(code: answer.problem.status), fields, body, context)
    }

    private func answer(
        _ status: HTTPResponse.Status, _ fields: HTTPFields, _ body: ByteBuffer, _ context: ChannelHandlerContext
    ) {
        var fields = fields
        fields[.contentLength] = String(body.readableBytes)
        fields[.date] = intake.date.text
        if isLast { fields[.connection] = "close" }
        context.write(wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        guard isLast, case .idle = phase else { return }
        written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// Bounds the time from a delivery's first line to its last and its answer, by one timer a connection.
    private func watch(_ context: ChannelHandlerContext) {
        deadline = .now() + .nanoseconds(Int64(intake.timeout / .nanoseconds(1)))
        if timer == nil { schedule(context) }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            timer = nil
            switch phase {
            case .idle, .passing: return
            case _ where deadline > .now(): schedule(context)
            case .reading, .waiting: giveUp(context)
            case .draining: context.close(promise: nil)
            }
        }
    }

    /// Tells a sender that its delivery took too long; one that has not sent it all is not listened to any longer.
    private func giveUp(_ context: ChannelHandlerContext) {
        guard let head = arrival?.head else { return }
        forget()
        if case .reading = phase { isLast = true }
        phase = .idle
        answer(Problem.timedOut(after: intake.timeout), to: head, context)
        goOn(context)
    }
}
