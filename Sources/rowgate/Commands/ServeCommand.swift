#if canImport(Server)
    import ArgumentParser
    import CProcess
    import Foundation
    import Ledger
    import Server

    /// `rowgate serve`: the pages that resellers use.
    struct ServeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve", abstract: "Serves the pages that resellers use.")

        @Option(help: ArgumentHelp("Where it listens.", valueName: "host:port"))
        var listen = "127.0.0.1:8080"

        @Option(help: ArgumentHelp("The folder of all that is kept; made new.", valueName: "dir"))
        var data: String

        @Option(help: ArgumentHelp("Files worked on at the same time; else one a core."))
        var workers: Int?

        @Option(
            help: ArgumentHelp(
                "How long uploads and what came of them are kept.", valueName: "days"))
        var keepDays = 90

        @Option(
            help: ArgumentHelp(
                "Workbooks that one company may upload within an hour.", valueName: "count"))
        var uploadsPerHour = SiteConfiguration.uploadsPerHour

        @Option(
            help: ArgumentHelp(
                "Connections at the same time from one address; else 64, and any number from this "
                    + "machine, as through a proxy on it.", valueName: "count"))
        var connectionsPerAddress: Int?

        @Option(
            help: ArgumentHelp(
                "Says a link by which this account gets a new password.", valueName: "email"))
        var linkFor: String?

        @Flag(help: "People reach it through a proxy that speaks TLS.")
        var behindTls = false

        @Option(
            help: ArgumentHelp(
                "A folder of portals, else ROWGATE_TEMPLATES, else the built-in ones.",
                valueName: "dir"))
        var templates: String?

        @Option(help: "The language of people who have not chosen one: en or de.")
        var lang = "en"

        func validate() throws {
            if !(1...3650).contains(keepDays) {
                throw ValidationError("--keep-days takes a number from 1 to 3650.")
            }
            if !(1...1_000_000).contains(uploadsPerHour) {
                throw ValidationError("--uploads-per-hour takes a number from 1 to 1000000.")
            }
            if let connectionsPerAddress, !(1...2_000).contains(connectionsPerAddress) {
                throw ValidationError("--connections-per-address takes a number from 1 to 2000.")
            }
            if let workers, !(1...64).contains(workers) {
                throw ValidationError("--workers takes a number from 1 to 64.")
            }
        }

        func run() async throws {
            do {
                try await serve()
            } catch let error as SiteStartError {
                Console.say(
                    "rowgate: Nothing can be served at \(error.place): \(error.reason). End what "
                        + "is there, or name another place with --listen or --data.")
                throw ExitStatus.tryAgain
            }
        }

        private func serve() async throws {
            var made: Result<Site, SiteStartError>?
            try Failure.reporting(in: lang) {
                do {
                    made = .success(try makeSite())
                } catch let error as SiteStartError {
                    made = .failure(error)
                }
            }
            guard let site = try made?.get() else { return }
            if let link = try site.firstLink() {
                Console.say("Nobody can sign in yet. Make the first account at\n\n  \(link)\n")
            }
            if let linkFor { try sayLink(for: linkFor, of: site) }
            // Where that is refused, some connections wait for others.
            _ = rowgate_allow_open_files(Site.openFileCountMax)
            let address = listen
            try await site.run { Console.say("Rowgate is at http://\(address).") }
        }

        private func sayLink(for email: String, of site: Site) throws {
            guard let link = try site.link(forAddress: email) else {
                Console.say("rowgate: Nobody has an account with the address \(email).")
                throw ExitStatus.usage
            }
            Console.say("\(email) chooses a new password at\n\n  \(link)\n")
        }

        private func makeSite() throws -> Site {
            let parts = listen.split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port) else {
                throw UsageError("--listen takes host:port, such as 127.0.0.1:8080.")
            }
            try FileManager.default.createDirectory(
                atPath: data, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let folder = URL(filePath: data).standardizedFileURL.path
            var configuration = SiteConfiguration(
                folder: folder, executable: "/proc/self/exe",
                definitions: try TemplatesFolder(named: templates).definitions(),
                now: { Int(Date().timeIntervalSince1970) }, timestamp: { Date().ISO8601Format() })
            configuration.host = String(parts[0])
            configuration.port = port
            configuration.language = lang
            configuration.isBehindTLS = behindTls
            configuration.keptDayCount = keepDays
            configuration.uploadsPerHourMax = uploadsPerHour
            configuration.connectionsOfMachineMax = connectionsPerAddress
            configuration.workerCountMax = workers ?? ProcessInfo.processInfo.activeProcessorCount
            configuration.environment = WorkerEnvironment.inherited
            return try Site(
                configuration, SQLiteLedger(path: configuration.files.ledgerPath, .making))
        }
    }
#endif
