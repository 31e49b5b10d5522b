package import Ledger
package import Portals

/// What a site is started with.
package struct SiteConfiguration: Sendable {
    package var host = "127.0.0.1"
    package var port = 8080
    /// The memory, uploads and outcomes; made when absent.
    package let folder: String
    /// The program whose commands do the work on files.
    package let executable: String
    /// `NAME=value`; all that those get of this process's environment.
    package var environment: [String] = []
    /// Every portal's, by id.
    package let definitions: [Definition]
    /// The language of people who have not chosen one: `en` or `de`.
    package var language = "en"
    /// Whether people reach it through a proxy that speaks TLS: cookies say so then.
    package var isBehindTLS = false
    /// Files that are worked on at the same time.
    package var workerCountMax = 2
    /// Workbooks that one reseller hands in within an hour.
    package var uploadsPerHourMax = uploadsPerHour
    /// Connections of one machine at the same time; nil: as many as is good for most, and any
    /// number from the machine that the server is on.
    package var connectionsOfMachineMax: Int?
    /// Days after which what was handed in goes, and what came of it, unless fewer hold.
    package var keptDayCount = 90
    /// Seconds since 1970.
    package let now: @Sendable () -> Int
    /// The same moment as people and records have it: ISO 8601.
    package let timestamp: @Sendable () -> String

    /// What holds where nothing else is said.
    package static let uploadsPerHour = SiteLimits.uploadsPerHourMax

    package init(
        folder: String, executable: String, definitions: [Definition],
        now: @escaping @Sendable () -> Int, timestamp: @escaping @Sendable () -> String
    ) {
        self.folder = folder
        self.executable = executable
        self.definitions = definitions
        self.now = now
        self.timestamp = timestamp
    }

    package var files: SiteFolder { SiteFolder(folder) }

    func uploadFolder(_ id: String) -> String { files.upload(id) }

    func outcomeFolder(_ id: String) -> String { files.outcome(id) }
}
