/// A workbook that somebody handed to the site: from its coming until it is accepted, or not.
package struct SiteUpload: Sendable, Equatable {
    package enum State: Int, Sendable {
        /// Safe on the disk; nobody has looked at it.
        case waiting
        case checking
        /// Somebody may look at what would come of it, and approve.
        case judged
        /// Nothing could be made of the file.
        case failed
        /// Approved; its rows are being accepted.
        case accepting
        case accepted
        case cancelled
    }

    /// Whether it still wants something of somebody once it is checked.
    package enum Standing: Int, Sendable {
        case open
        /// Somebody leaves it as it is, and may take it up again.
        case aside
        /// A newer try took its place.
        case replaced
        /// Nothing is left to do.
        case done
    }

    /// Thirty-two hexadecimal digits, drawn by lot: also the name of its folder.
    package let id: String
    package let reseller: String
    package let portal: String
    package let workbookName: String
    package let stamp: Stamp
    /// In which its problems are told.
    package let language: String
    package var state: State
    /// Whether what was approved is not what would be done any more.
    package var isChangedSince: Bool
    /// `take` or `leave`: what becomes of hidden rows; empty until somebody said so.
    package var hiddenRows: String
    /// JSON: what was agreed to when it was approved; empty before.
    package var approval: String
    /// Nil until its rows are accepted.
    package var attempt: UploadID?
    /// The upload that it is a newer try of, where somebody handed it in as such.
    package let predecessor: String?
    package var standing: Standing
    /// Whether somebody took back all that was accepted.
    package internal(set) var isUndone = false

    package init(
        id: String, reseller: String, portal: String, workbookName: String, stamp: Stamp,
        language: String, state: State = .waiting, isChangedSince: Bool = false,
        hiddenRows: String = "",
        approval: String = "", attempt: UploadID? = nil, predecessor: String? = nil,
        standing: Standing = .open
    ) {
        self.id = id
        self.reseller = reseller
        self.portal = portal
        self.workbookName = workbookName
        self.stamp = stamp
        self.language = language
        self.state = state
        self.isChangedSince = isChangedSince
        self.hiddenRows = hiddenRows
        self.approval = approval
        self.attempt = attempt
        self.predecessor = predecessor
        self.standing = standing
    }
}
