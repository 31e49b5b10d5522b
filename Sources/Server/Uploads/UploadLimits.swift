import Ledger
import Spreadsheet

/// What holds for the uploads of a reseller: of each limit the lowest of what the server was
/// started with, what its administrator said for all, and what they said for the reseller.
struct UploadLimits: Sendable {
    /// What the server was started with.
    let ceiling: SiteConfiguration
    /// What was said, of whomever.
    let said: [[UploadLimit: Int]]

    subscript(limit: UploadLimit) -> Int {
        said.compactMap { $0[limit] }.reduce(ceiling.ceiling(of: limit), min)
    }

    /// Bytes of a file.
    var sizeMax: Int { self[.size] << 20 }
}

extension SiteConfiguration {
    /// What it is started with: nobody is allowed more.
    func ceiling(of limit: UploadLimit) -> Int {
        switch limit {
        case .size: SiteLimits.uploadSizeMax >> 20
        case .rows: GridLimits.rowCountMax
        case .waiting: SiteLimits.waitingCountMax
        case .hourly: uploadsPerHourMax
        case .days: keptDayCount
        }
    }

    /// The same as limits, with nothing said.
    var ceiling: UploadLimits { UploadLimits(ceiling: self, said: []) }

    /// - Parameter reseller: nil: what holds for those of whom nothing was said.
    func limits(of reseller: String?, in memory: any SiteMemory) throws -> UploadLimits {
        let own = try reseller.map { [try memory.limits(of: $0)] } ?? []
        return UploadLimits(ceiling: self, said: try [memory.limits(of: nil)] + own)
    }
}

extension Site {
    func limits(of reseller: String?) async throws -> UploadLimits {
        try await Blocking.run { [configuration, ledger] in
            try configuration.limits(of: reseller, in: ledger)
        }
    }
}
