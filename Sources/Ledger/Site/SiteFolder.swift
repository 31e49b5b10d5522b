import Glibc

/// Where a site keeps the files of its uploads: in folders beside its ledger.
package struct SiteFolder: Sendable, Equatable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// The folder of the site whose ledger this is, if it is one's.
    package init(ofLedger ledger: String) {
        let parts = ledger.split(separator: "/", omittingEmptySubsequences: false)
        path = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
    }

    package var ledgerPath: String { "\(path)/rowgate.db" }

    package var outcomesPath: String { "\(path)/outcomes" }

    /// What was handed in, corrections of it, and what would come of it.
    package func upload(_ id: String) -> String { "\(path)/uploads/\(id)" }

    /// What came of it.
    package func outcome(_ id: String) -> String { "\(outcomesPath)/\(id)" }

    /// Beside an outcome: the rows that the portal refused.
    package static func refused(besideOutcome path: String) -> String { "\(path)-refused" }

    /// Beside an outcome: what takes it back.
    package static func undo(besideOutcome path: String) -> String { "\(path)-undo" }

    /// Where lists and forms come in, and what is made for a moment.
    package var incomingPath: String { "\(path)/incoming" }

    /// Removes what an end amid something left: folders that no upload has, and that nothing has
    /// come into since a moment.
    ///
    /// - Parameter moment: seconds since 1970.
    package func removeLeftovers(besides known: Set<String>, before moment: Int) {
        for folder in ["\(path)/uploads", incomingPath] {
            for name in KeptFiles.names(in: folder) where !known.contains(name) {
                var status = stat()
                let own = "\(folder)/\(name)"
                guard stat(own, &status) == 0, status.st_mtim.tv_sec < moment else { continue }
                Self.remove(own)
            }
        }
    }

    /// Removes the files of an upload; what can't be removed stays and harms nobody.
    func remove(_ id: String) {
        let outcome = outcome(id)
        let all = [
            upload(id), Self.refused(besideOutcome: outcome), Self.undo(besideOutcome: outcome),
            outcome,
        ]
        for path in all { Self.remove(path) }
    }

    private static func remove(_ path: String) {
        for name in KeptFiles.names(in: path) where unlink("\(path)/\(name)") != 0 {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }
}

extension SiteMemory {
    /// Removes an upload and its files, unless somebody is at it. What it brought stays known.
    ///
    /// - Returns: whether it is gone.
    @discardableResult
    package func remove(_ upload: SiteUpload, from files: SiteFolder) throws -> Bool {
        var upload = upload
        if upload.state == .judged {
            // From here on nobody can approve it.
            upload.state = .cancelled
            guard try update(upload, from: .judged) else { return false }
        }
        // Before it is forgotten: an end between both is put right by the next time.
        files.remove(upload.id)
        return try remove(upload)
    }
}
