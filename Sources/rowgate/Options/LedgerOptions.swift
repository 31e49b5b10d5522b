import ArgumentParser
import Foundation
import Gate
import Imports
import Ledger

/// The memory, and who uses it.
struct LedgerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What Rowgate remembers: its file.", valueName: "file"))
    var ledger: String?

    @Option(
        help: ArgumentHelp(
            "How long workbooks are kept beside the ledger.", valueName: "days"))
    var keepDays = RememberingGate.keptDayCount

    @OptionGroup var user: UserOptions

    func validate() throws {
        if !(1...3650).contains(keepDays) {
            throw ValidationError("--keep-days takes a number from 1 to 3650.")
        }
    }

    /// Nil: nothing is remembered.
    ///
    /// - Throws: `LedgerError`.
    func open(_ mode: SQLiteLedger.Mode) throws -> SQLiteLedger? {
        try ledger.map { try SQLiteLedger(path: $0, mode) }
    }

    /// A gate with the memory, in which what earlier commands left undone is done.
    func gate(
        _ gate: Gate, _ ledger: SQLiteLedger, isForced: Bool = false
    ) throws -> RememberingGate {
        RememberingGate(
            gate, ledger, reseller: user.reseller, stamp: user.stamp(), isForced: isForced)
    }
}

/// The memory of a command that is about nothing else.
struct RequiredLedgerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What Rowgate remembers: its file.", valueName: "file"))
    var ledger: String

    @OptionGroup var user: UserOptions

    /// Opens it and does what earlier commands left undone.
    ///
    /// - Throws: `LedgerError`.
    func open(_ mode: SQLiteLedger.Mode, _ gate: Gate) throws -> RememberingGate {
        let ledger = try SQLiteLedger(path: ledger, mode)
        let remembering = RememberingGate(
            gate, ledger, reseller: user.reseller, stamp: user.stamp())
        if mode != .reading { try remembering.finishOutcomes() }
        return remembering
    }
}

/// Who does something.
struct UserOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Whose customers they are.", valueName: "name"))
    var reseller: String = "default"

    @Option(help: ArgumentHelp("Who does it, for the history; else your user name."))
    var by: String?

    func stamp() -> Stamp {
        let user = ProcessInfo.processInfo.environment["USER"] ?? ""
        let actor = by ?? (user.isEmpty ? "-" : user)
        return Stamp(actor: actor, time: Date().ISO8601Format())
    }
}
