import Portals

/// Some of the actions, one bit each.
struct ActionSet: Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt16 = 0

    init(_ actions: [Action]) {
        for action in actions { bits |= Self.bit(of: action) }
    }

    init(arrayLiteral actions: Action...) { self.init(actions) }

    @inline(__always)
    func contains(_ action: Action) -> Bool { bits & Self.bit(of: action) != 0 }

    private static func bit(of action: Action) -> UInt16 {
        switch action {
        case .create: 1 << 0
        case .update: 1 << 1
        case .delete: 1 << 2
        case .invite: 1 << 3
        case .resetPassword: 1 << 4
        case .link: 1 << 5
        case .unlink: 1 << 6
        case .accept: 1 << 7
        case .decline: 1 << 8
        case .givePersonalRoom: 1 << 9
        }
    }
}
