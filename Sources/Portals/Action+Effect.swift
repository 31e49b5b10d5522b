extension Action {
    /// What it does to what it is asked for, as texts that tell of it are named; nil where it does
    /// nothing but send mail.
    package var effect: String? {
        switch self {
        case .create: "added"
        case .update: "updated"
        case .delete: "deleted"
        case .link: "linked"
        case .unlink: "unlinked"
        case .accept: "accepted"
        case .decline: "declined"
        case .givePersonalRoom: "room_given"
        case .invite, .resetPassword: nil
        }
    }
}
