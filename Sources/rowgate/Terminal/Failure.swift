import ArgumentParser
import Catalogue
import Gate
import Glibc
import Imports
import Ledger
import Portals
import Threads
import Validation
import XLSX
import Zip

/// Ends a command that cannot go on: says what is wrong on standard error, and with which status.
enum Failure {
    /// For what speaks of data.
    ///
    /// - Parameters:
    ///   - language: in which people are told what is found.
    ///   - body: is handed its messages, which are made ready meanwhile.
    static func reporting(
        in language: String = "en", _ body: (() throws -> Messages) throws -> Void
    ) throws {
        let messages = Deferred { Result { try Messages(language: language) } }
        try reporting(in: language) {
            if try ThreadCount.ofProcess() > 1 { messages.begin() }
            try body { try messages.value.get() }
        }
    }

    /// Messages are read when there is something to say only: that takes longer than a small
    /// workbook.
    ///
    /// - Parameter language: in which a workbook that can't be read is spoken of.
    static func reporting(in language: String = "en", _ body: () throws -> Void) throws {
        do {
            guard Messages.languages.contains(language) else {
                let known = Messages.languages.joined(separator: " or ")
                throw UsageError("There is no language “\(language)”; use \(known).")
            }
            do {
                try body()
            } catch let error as WorkbookError {
                throw refuse(FileFinding(error), try Messages(language: language))
            }
        } catch let exit as ExitCode {
            throw exit
        } catch let error as UsageError {
            throw end(error.text, ExitStatus.usage)
        } catch let error as PortalTemplate.Refusal {
            throw end(
                "“\(error.name)” can't be the portal's own template: \(error.reason).",
                ExitStatus.notJudged)
        } catch let error as UnknownPortal {
            let known = error.known.joined(separator: ", ")
            throw end("There is no portal “\(error.found)”. Known: \(known).", ExitStatus.usage)
        } catch let error as UnknownList {
            let known = error.known.isEmpty ? "none" : error.known.joined(separator: ", ")
            throw end(
                "This portal has no list “\(error.found)”. Known: \(known).", ExitStatus.usage)
        } catch let error as DefinitionError {
            throw end("\(error)", ExitStatus.usage)
        } catch let error as UnfinishedUpload {
            throw end(sentence(error), ExitStatus.cannotWrite)
        } catch let error as UnknownStep {
            throw end(
                "The upload has no step “\(error.found)”. See rowgate history UPLOAD.",
                ExitStatus.usage)
        } catch let error as LedgerError {
            throw end(sentence(error), status(of: error))
        } catch let error as OutputError {
            throw end(sentence(error), ExitStatus.cannotWrite)
        } catch let error as ListFile.Failure {
            throw refuse(error, try Messages(language: language))
        } catch let error as ZipError where error.code == .cannotWrite {
            throw end("The output can't be written: \(error.found).", ExitStatus.cannotWrite)
        } catch {
            throw end("Something went wrong that is Rowgate's fault: \(error)", ExitStatus.ourFault)
        }
    }

    private static func end(_ text: String, _ status: ExitCode) -> ExitCode {
        Console.say("rowgate: \(text)")
        return status
    }

    /// A workbook that can't be read at all, where there is nothing to report on.
    private static func refuse(_ finding: FileFinding, _ messages: Messages) -> ExitCode {
        let sentence = messages.sentence(finding.code, finding.arguments)
        let remedy = messages.remedy(finding.code, finding.arguments)
        return end("\(sentence) \(remedy) [\(finding.code.rawValue)]", ExitStatus.notJudged)
    }

    private static func refuse(_ error: ListFile.Failure, _ messages: Messages) -> ExitCode {
        let name = messages.fragment("list.unusable", ["value": error.name])
        let arguments =
            switch error.code {
            case .fileCannotRead: ["reason": error.found]
            case .headerMissing: ["field": error.found]
            default: [String: String]()
            }
        let sentence = messages.sentence(error.code, arguments)
        return end("\(name) \(sentence) [\(error.code.rawValue)]", ExitStatus.usage)
    }

    private static func sentence(_ error: UnfinishedUpload) -> String {
        let what =
            switch error.state {
            case .accepted(let id?): "The rows were accepted as upload \(id)"
            case .accepted(nil): "The rows were accepted"
            case .uncertain: "It is not certain whether the rows were accepted"
            }
        return "\(what), but the disk failed before all was in its place: "
            + "\(reason(error.underlying)). The next command with this ledger puts it right, and "
            + "rowgate history says what is in it."
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as OutputError: "“\(error.path)”: \(error.reason)"
        case let error as LedgerError: "“\(error.path)”: \(error.found)"
        default: "\(error)"
        }
    }

    private static func sentence(_ error: LedgerError) -> String {
        switch error.problem {
        case .absent:
            "There is no ledger “\(error.path)”. import and adopt make one with --ledger; to read "
                + "one, check its name."
        case .unreadable:
            "“\(error.path)” can't be read as a ledger: \(error.found). Put the last copy of it "
                + "back; nothing was changed."
        case .newer:
            "“\(error.path)” was written by a newer Rowgate. Use that one; nothing was changed."
        case .cannotWrite:
            "The ledger “\(error.path)” can't be written: \(error.found). Nothing was accepted."
        case .unfinished:
            "“\(error.path)” can't be read: \(error.found). "
                + "A command that writes to it puts it right."
        case .withdrawn:
            "The import was taken for one that had broken off. Nothing was accepted; try again."
        case .busy:
            "Others were writing to “\(error.path)” all the while. Nothing was accepted; try again."
        case .unknown: "There is no upload \(error.found) in “\(error.path)”. See rowgate history."
        }
    }

    private static func status(of error: LedgerError) -> ExitCode {
        switch error.problem {
        case .absent, .unknown: ExitStatus.usage
        case .unreadable, .newer, .unfinished, .cannotWrite: ExitStatus.cannotWrite
        case .busy, .withdrawn: ExitStatus.tryAgain
        }
    }

    private static func sentence(_ error: OutputError) -> String {
        switch error.problem {
        case .cannotWrite:
            "“\(error.path)” can't be written: \(error.reason). Nothing was changed there."
        case .foreignFolder:
            "“\(error.path)” holds something else than an earlier outcome of this workbook. "
                + "Name another folder, or remove it."
        }
    }
}
