/// A request with a key of its sender's, so that it is done once however often it is sent.
package struct KeyedRequest: Sendable, Equatable {
    /// Whose key it is.
    package let account: Int64
    package let key: String
    /// SHA-256 of all that is asked for: a key is for one request.
    package let digest: [UInt8]
    /// Seconds since 1970.
    package let time: Int
    /// Keys from before are forgotten.
    package let oldest: Int
    /// What is answered, now and later.
    package var answer = KeptAnswer(status: 0, location: "", body: "")

    package init(
        account: Int64, key: String, digest: [UInt8], time: Int, oldest: Int
    ) {
        self.account = account
        self.key = key
        self.digest = digest
        self.time = time
        self.oldest = oldest
    }
}

/// What was answered to a request with a key.
package struct KeptAnswer: Sendable, Equatable {
    package let status: Int
    /// Where what came of it is.
    package let location: String
    package let body: String

    package init(status: Int, location: String, body: String) {
        self.status = status
        self.location = location
        self.body = body
    }
}

/// What becomes of an upload.
package enum UploadChange: Sendable {
    case add(SiteUpload)
    /// Changes it unless its state is another by now. What is approved is in the history once it is
    /// accepted, and needs no act here.
    case update(SiteUpload, from: SiteUpload.State, as: UploadAct?)
}

/// What somebody does with an upload that is there, as the history has it.
package struct UploadAct: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case fix, hidden, cancel, aside, resume
    }

    let kind: Kind
    /// Nothing out of a cell.
    let outcome: String
    let stamp: Stamp

    package init(_ kind: Kind, outcome: String = "", by stamp: Stamp) {
        (self.kind, self.outcome, self.stamp) = (kind, outcome, stamp)
    }
}

/// What came of a change that may have been asked for before.
package enum UploadChangeOutcome: Sendable, Equatable {
    case done
    /// The upload's state is another by now.
    case late
    /// It was done before: what was answered then.
    case before(KeptAnswer)
    /// The key was another request's.
    case otherRequest
}
