import Foundation
import Hummingbird
package import Ledger
import Logging
import NIOCore
import Portals
import ServiceLifecycle
import UnixSignals

/// The pages that resellers use, over what is remembered and the commands that do the work.
///
/// ```swift
/// let site = try Site(configuration, ledger)
/// if let link = try site.firstLink() { print(link) }
/// try await site.run()
/// ```
package struct Site: Sendable {
    let configuration: SiteConfiguration
    let ledger: any Ledger & SiteMemory
    let commands: SiteCommands
    let desk: UploadDesk
    let pages: PageRenderer
    let throttle = SignInThrottle()
    let streams = EventStreams()
    let trials = TrialCalendar()
    let places = ReceivingPlaces()
    let pace = UploadPace()
    private let hold: SiteHold
    private let logger: Logger

    /// - Throws: `SiteStartError` where another server works in its folder; for pages of ours that
    ///   are none.
    package init(
        _ configuration: SiteConfiguration, _ ledger: any Ledger & SiteMemory
    ) throws {
        hold = try SiteHold(configuration.folder)
        self.configuration = configuration
        self.ledger = ledger
        commands = SiteCommands(configuration: configuration)
        var logger = Logger(label: "rowgate")
        logger.logLevel = .warning
        self.logger = logger
        desk = UploadDesk(configuration, ledger, logger)
        pages = try PageRenderer()
    }

    /// The address at which somebody makes the first account; nil when there is one.
    package func firstLink() throws -> String? {
        try ledger.accounts(of: nil).isEmpty ? makeLink(for: nil) : nil
    }

    /// A link by which somebody who has an account chooses a new password, for an administrator who
    /// forgot theirs; nil where nobody has the address.
    package func link(forAddress email: String) throws -> String? {
        let key = email.lowercased()
        let account = try ledger.accounts(of: nil).first { $0.email.lowercased() == key }
        return try account.map(makeLink)
    }

    private func makeLink(for account: Account?) throws -> String {
        let secret = Secret.random()
        try ledger.makeLink(
            Secret.digest(secret), for: account,
            until: configuration.now() + SiteLimits.linkSeconds,
            by: Stamp(actor: "", time: configuration.timestamp()))
        return "http://\(configuration.host):\(configuration.port)/set-up/\(secret)"
    }

    /// Files that the process should be allowed to have open: with fewer, fewer are served.
    package static var openFileCountMax: UInt { SiteLimits.openFileCountMax }

    /// Serves until the process is told to end, and then a moment for what is under way.
    ///
    /// - Parameter started: is called once people can reach it.
    /// - Throws: `SiteStartError` where somebody else has its address.
    package func run(started: @escaping @Sendable () -> Void) async throws {
        let connections = ConnectionCounts(said: configuration.connectionsOfMachineMax)
        let application = Application(
            responder: router().buildResponder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionGate(connections), SmallReads(), HeadClock(),
                    ],
                    idleTimeout: .seconds(Int64(SiteLimits.idleSeconds)),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: SiteLimits.headSizeMax,
                        maxHeaderListSize: SiteLimits.headSizeMax,
                        maxHeaderFieldCount: SiteLimits.headFieldCountMax))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(
                    SiteLimits.connectionCountMax, logger: logger)),
            // Not before: who can't listen takes nothing from a server that does.
            onServerRunning: { _ in
                started()
                await resume()
            }, logger: logger)
        let housekeeping = Housekeeping(
            desk: desk, retention: Retention(site: configuration, ledger: ledger, logger: logger))
        var services = ServiceGroupConfiguration(
            services: [.init(service: application), .init(service: housekeeping)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        services.maximumGracefulShutdownDuration = .seconds(SiteLimits.endSeconds)
        do {
            try await ServiceGroup(configuration: services).run()
        } catch let error as IOError {
            throw SiteStartError(
                place: "\(configuration.host):\(configuration.port)",
                reason: String(cString: strerror(error.errnoCode)))
        }
    }

    private func resume() async {
        do {
            try await desk.resume()
        } catch {
            logger.error("uploads of an earlier run wait for the next start: \(error)")
        }
    }

    func definition(_ portal: String) throws -> Definition {
        guard let definition = configuration.definitions.first(where: { $0.portal == portal })
        else {
            throw PageError(.notFound)
        }
        return definition
    }

    /// Who does something, and when.
    func stamp(_ account: Account) -> Stamp {
        Stamp(actor: account.email, time: configuration.timestamp())
    }
}
