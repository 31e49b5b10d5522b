import ArgumentParser
import Gate
import Workers

#if canImport(Server)
    import Server
#endif

/// `rowgate limits`: every limit with its unit and reason.
struct LimitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Shows every limit, and why it is there.")

    func run() throws {
        var limits = LimitTable.all + WorkerLimits().table
        #if canImport(Server)
            limits += Site.limitTable
        #endif
        var text = ""
        for limit in limits {
            text += "\(limit.name): \(limit.value) \(limit.unit)\n    \(limit.reason)\n"
        }
        try Failure.reporting { try Console.put(Array(text.utf8)[...]) }
    }
}
