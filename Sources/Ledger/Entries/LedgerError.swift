/// A refusal can't be taken back: something else stands where the row was.
package struct SupersededRow: Error, Sendable, Equatable {
    /// The sheet's id in the Definition.
    package let sheet: String
    package let rowNumber: Int
}

/// What keeps a memory from being read or written.
package struct LedgerError: Error, Sendable, Equatable {
    package enum Problem: Sendable, Equatable {
        /// There is no such file, and it was only to be read.
        case absent
        /// It is no ledger, or a damaged one.
        case unreadable
        /// A newer Rowgate made it.
        case newer
        /// Somebody ended while making it: whoever writes next puts it right.
        case unfinished
        /// The disk says no.
        case cannotWrite
        /// Somebody took an import for one that had broken off.
        case withdrawn
        /// Others were writing all the while.
        case busy
        /// There is no such upload, step or portal in it.
        case unknown
    }

    package let problem: Problem
    /// The file.
    package let path: String
    /// What was found, in the words of whoever said it.
    package let found: String

    package init(_ problem: Problem, path: String, found: String = "") {
        self.problem = problem
        self.path = path
        self.found = found
    }
}
