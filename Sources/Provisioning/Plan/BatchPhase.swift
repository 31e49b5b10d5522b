import Portals

/// The parts of a plan that are released apart from each other, in their order.
enum BatchPhase: Int, CaseIterable, Comparable {
    case main
    /// Rows that take something away. Children go before their parents.
    case deletion
    /// Operations that do nothing but send mail.
    case mail

    /// Where an operation for a row that asks for `action` belongs.
    ///
    /// What sends mail and carries no data can do nothing else; nor can these two actions, nor what
    /// the Definition says of.
    init(_ operation: OperationDefinition, for action: Action) {
        let asksForMail = action == .invite || action == .resetPassword
        if action == .delete {
            self = .deletion
        } else if operation.mail != nil
            && (operation.data.isEmpty || asksForMail || operation.isApart)
        {
            self = .mail
        } else {
            self = .main
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
