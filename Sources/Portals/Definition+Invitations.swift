/// An operation that invites somebody, and what waits for their answer.
package struct Invitation: Sendable {
    /// An operation's id.
    package let operation: String
    /// The ids of operations that are done once somebody answered; empty: nothing waits for that.
    package let answers: [String]
}

extension Definition {
    /// What sends mail that somebody is to answer: it asks for invitations, or something waits for
    /// what comes of it.
    package var invitations: [Invitation] {
        operations.filter { $0.mail != nil && $0.sheet != nil }.compactMap { operation in
            let answers = operations.filter {
                $0.kind == .wait && $0.sheet == operation.sheet
                    && $0.after.contains(operation.id)
            }
            let isInvitation = operation.when?.asks(for: .invite) ?? false
            guard isInvitation || !answers.isEmpty else { return nil }
            return Invitation(operation: operation.id, answers: answers.map(\.id))
        }
    }
}

extension Condition {
    /// Whether it holds for no row but those that ask for an action.
    fileprivate func asks(for action: Action) -> Bool {
        switch self {
        case .action(let actions): actions == [action]
        case .all(let conditions): conditions.contains { $0.asks(for: action) }
        default: false
        }
    }
}
