import NIOCore

/// Has a connection read a little at a time. Up to a dozen pieces wait in memory for whoever takes
/// them, at every connection at which nobody does, and there may be thousands.
final class SmallReads: ChannelInboundHandler, RemovableChannelHandler {
    /// It looks at nothing that comes.
    typealias InboundIn = Never

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            try context.channel.syncOptions?.setOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: SiteLimits.readSize))
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
