import NIOCore
import Synchronization

/// How many connections each machine has at the same time.
final class ConnectionCounts: Sendable {
    private let countMax: Int
    /// Whether the limit holds for the machine that the server is on, too.
    private let holdsForOwn: Bool
    private let counts = Mutex<[Machine: Int]>([:])

    /// - Parameter said: what the server was started with; nil: what holds for others, while the
    ///   machine itself may have any number, as people come from a proxy on it.
    init(said: Int?) {
        countMax = said ?? SiteLimits.connectionsOfMachineMax
        holdsForOwn = said != nil
    }

    /// - Returns: whether the machine may have another one, which is counted then.
    func enter(_ machine: Machine) -> Bool {
        counts.withLock { counts in
            let count = counts[machine, default: 0]
            guard count < countMax || (machine.isOwn && !holdsForOwn) else { return false }
            counts[machine] = count + 1
            return true
        }
    }

    func leave(_ machine: Machine) {
        counts.withLock { counts in
            let count = counts[machine, default: 1] - 1
            counts[machine] = count > 0 ? count : nil
        }
    }
}

/// Closes a connection of a machine that has as many as one may have.
final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
    /// It looks at nothing that comes.
    typealias InboundIn = Never

    private let counts: ConnectionCounts
    /// Where it comes from, once it is counted.
    private var counted: Machine?

    init(_ counts: ConnectionCounts) { self.counts = counts }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    private func enter(_ context: ChannelHandlerContext) {
        guard counted == nil else { return }
        let machine = Machine(context.channel.remoteAddress)
        if counts.enter(machine) {
            counted = machine
        } else {
            context.close(promise: nil)
        }
    }

    private func leave() {
        if let counted { counts.leave(counted) }
        counted = nil
    }
}
