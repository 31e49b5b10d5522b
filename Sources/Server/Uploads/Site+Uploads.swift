import Foundation
import Hummingbird
import Ledger
import Portals
import Validation

// What becomes of uploads, whether a page or a program asks for it.
extension Site {
    /// An upload of somebody's reseller: another's is not there.
    func upload(_ id: String, of account: Account) async throws -> SiteUpload {
        let upload = try await Blocking.run { [ledger] in
            try ledger.upload(id, of: account.reseller)
        }
        guard let upload else { throw PageError(.notFound) }
        return upload
    }

    /// - Throws: `PageError` where a reseller has handed in more than is looked at for now.
    func makeSureOfRoom(for account: Account, _ limits: UploadLimits) async throws {
        guard await desk.waitingCount(of: account.reseller) < limits[.waiting] else {
            throw PageError(.tooManyRequests).beforeBody
        }
    }

    /// Adds or changes an upload, and has it worked on. Where the memory fails, a file stays until
    /// leftovers are looked for: what was being committed may yet be found in its log.
    ///
    /// - Parameter request: nil: without a key, it is done as often as it is asked for.
    func make(
        _ change: UploadChange, asked request: KeyedRequest? = nil
    ) async throws -> UploadChangeOutcome {
        let outcome = try await Blocking.run { [ledger] in
            try ledger.change(change, asked: request)
        }
        guard outcome == .done else { return outcome }
        switch change {
        case .add(let upload): await desk.enqueue(upload)
        case .update(let upload, _, _) where upload.isBusy: await desk.enqueue(upload)
        case .update: break
        }
        return outcome
    }

    /// Calls off an upload that waits, or ends its check. What is checked stays as it is.
    ///
    /// - Returns: whether it is called off.
    func cancel(_ upload: SiteUpload, by account: Account) async throws -> Bool {
        var upload = upload
        upload.state = .cancelled
        let act = UploadAct(.cancel, by: stamp(account))
        if try await make(.update(upload, from: .waiting, as: act)) == .done { return true }
        guard try await make(.update(upload, from: .checking, as: act)) == .done else {
            return false
        }
        await desk.stop(upload)
        return true
    }

    /// Says what becomes of hidden rows: `take` or `leave`.
    ///
    /// - Returns: whether it is judged anew.
    func answerHidden(
        _ answer: String, _ upload: SiteUpload, by account: Account
    ) async throws -> Bool {
        guard ["take", "leave"].contains(answer) else { throw PageError(.badRequest, "form") }
        var upload = upload
        upload.hiddenRows = answer
        return try await checkAgain(
            upload, as: UploadAct(.hidden, outcome: answer, by: stamp(account)))
    }

    /// Puts values in cells, and has all judged anew.
    ///
    /// - Returns: whether it is.
    func correct(
        _ corrections: [UploadCorrection], _ upload: SiteUpload, by account: Account
    ) async throws -> Bool {
        let folder = configuration.uploadFolder(upload.id)
        let act = UploadAct(.fix, outcome: "cells=\(corrections.count)", by: stamp(account))
        return try await checkAgain(upload, as: act) {
            try UploadCorrection.add(corrections, in: folder)
        }
    }

    /// What Rowgate suggests for all cells of a column that have the same problem.
    ///
    /// - Parameters:
    ///   - value: what stands in the cells, empty for blank ones; nil: whatever does.
    ///   - suggestion: the one that is meant; nil: each cell's own.
    ///   - language: in which they are; nil: that of whoever sent the workbook.
    /// - Throws: `PageError` for a column in which one value for many rows can do harm.
    func suggestions(
        _ code: String, column: String, for value: String? = nil, _ suggestion: String? = nil,
        _ upload: SiteUpload, in language: String? = nil
    ) throws -> [UploadCorrection] {
        guard try definition(upload.portal).isSafeForAll(column: column) else {
            throw PageError(.conflict, "not_for_all", ["column": column])
        }
        let folder = configuration.uploadFolder(upload.id)
        let files = ReportFiles(of: upload, in: folder, for: language ?? upload.language)
        guard let report = UploadReport(files.report) else {
            throw PageError(.notFound)
        }
        return report.findings.compactMap { finding in
            guard finding.code == code, finding.column == column, let sheet = finding.sheet,
                let cell = finding.cell, let suggested = finding.suggestion,
                suggested == suggestion ?? suggested,
                value == nil || value == finding.found ?? ""
            else { return nil }
            return UploadCorrection(sheet: sheet, cell: cell, value: suggested)
        }
    }

    /// - Parameter change: is made once nobody else's is, and before anybody reads what it changes.
    /// - Returns: whether it is made, and all is judged anew.
    private func checkAgain(
        _ upload: SiteUpload, as act: UploadAct,
        after change: @escaping @Sendable () throws -> Void = {}
    ) async throws -> Bool {
        var upload = upload
        upload.state = .waiting
        upload.isChangedSince = false
        upload.approval = ""
        upload.standing = .open
        let changed = try await Blocking.run { [ledger, upload] () -> Result<Void, any Error>? in
            let outcome = try ledger.change(.update(upload, from: .judged, as: act), asked: nil)
            return outcome == .done ? Result(catching: change) : nil
        }
        guard let changed else { return false }
        await desk.enqueue(upload)
        try changed.get()
        return true
    }

    /// Says whether an upload still wants something of somebody.
    ///
    /// - Returns: whether it is so now: nobody puts aside what is under way.
    func put(
        _ upload: SiteUpload, _ standing: SiteUpload.Standing, by account: Account
    ) async throws -> Bool {
        guard upload.state == .judged || upload.state == .accepted else { return false }
        var upload = upload
        upload.standing = standing
        let act = UploadAct(standing == .open ? .resume : .aside, by: stamp(account))
        return try await make(.update(upload, from: upload.state, as: act)) == .done
    }

    /// An upload as it is once somebody agreed to what they saw.
    ///
    /// - Parameter chargeCount: paid packages, as they typed it.
    /// - Throws: `PageError` with `charges` for another number of paid packages.
    func approved(
        _ upload: SiteUpload, _ head: UploadReport.Head, digest: String, chargeCount: Int?,
        isWithoutList: Bool, note: String, by account: Account
    ) throws -> SiteUpload {
        let paidCount = head.effects.paidCount
        if paidCount > 0, chargeCount != paidCount {
            throw PageError(.badRequest, "charges", ["count": "\(paidCount)"])
        }
        let approval = UploadApproval(
            digest: digest, chargeCount: paidCount, isWithoutList: isWithoutList, note: note,
            actor: account.email)
        var upload = upload
        upload.approval = String(decoding: try JSONEncoder().encode(approval), as: UTF8.self)
        upload.state = .accepting
        return upload
    }

    /// The list without which nothing goes on, where it was never loaded.
    func missingList(
        _ upload: SiteUpload, _ lists: [RememberedList]
    ) throws -> DirectoryDefinition? {
        try definition(upload.portal).directories.first { directory in
            directory.isNeeded && !lists.contains { $0.directory == directory.id }
        }
    }

    func lists(of upload: SiteUpload) async throws -> [RememberedList] {
        let scope = LedgerScope(reseller: upload.reseller, portal: upload.portal)
        return try await Blocking.run { [ledger] in try ledger.lists(in: scope) }
    }
}

extension SiteUpload {
    /// Whether there is something to wait for.
    var isBusy: Bool { [.waiting, .checking, .accepting].contains(state) }
}
