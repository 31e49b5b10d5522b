/// What a row asks for.
package enum Action: String, Sendable, CaseIterable {
    case create = "Create"
    case update = "Update"
    case delete = "Delete"
    case invite = "Invite"
    case resetPassword = "Reset password"
    case link = "Link"
    case unlink = "Unlink"
    case accept = "Accept"
    case decline = "Decline"
    case givePersonalRoom = "Give personal room"
}

extension Action {
    /// What empties a field on an update.
    package static let clearWord = "(clear)"
}
