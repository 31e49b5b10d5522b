import NIOCore
import NIOHTTPTypes

/// Closes a connection on which the head of a request begins and does not end in time. One on
/// which nothing comes may stay for longer: a browser keeps some for what somebody does next.
final class HeadClock: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    /// What is under way on a connection, of which this sees what the head's parser made of bytes.
    struct State {
        private var isPartNew = false
        private var isRequestRead = false
        private var unansweredCount = 0
        private var isHeadBegun = false

        /// Whether somebody sends a head, and nothing else is under way that a close would end.
        var isHeadDue: Bool { isHeadBegun && unansweredCount == 0 }

        mutating func read(_ part: HTTPRequestPart) {
            isPartNew = true
            switch part {
            case .head:
                (isHeadBegun, isRequestRead) = (false, true)
                unansweredCount += 1
            case .body: break
            case .end: isRequestRead = false
            }
        }

        /// Some bytes came. Those between two requests that are no part of one begin a head.
        mutating func readBytes() {
            if !isPartNew && !isRequestRead { isHeadBegun = true }
            isPartNew = false
        }

        mutating func write(_ part: HTTPResponsePart) {
            if case .end = part { unansweredCount -= 1 }
        }
    }

    private let wait: TimeAmount
    private var state = State()
    private var close: Scheduled<Void>?

    init(wait: TimeAmount = .seconds(Int64(SiteLimits.headSeconds))) { self.wait = wait }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        state.read(Self.unwrapInboundIn(data))
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.readBytes()
        look(context)
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        state.write(Self.unwrapOutboundIn(data))
        look(context)
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    /// The time of a head begins once, whatever of it comes.
    private func look(_ context: ChannelHandlerContext) {
        guard state.isHeadDue else { return stop() }
        guard close == nil else { return }
        close = context.eventLoop.assumeIsolated().scheduleTask(in: wait) {
            context.close(promise: nil)
        }
    }

    private func stop() {
        close?.cancel()
        close = nil
    }
}
