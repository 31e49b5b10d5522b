import ArgumentParser
import Catalogue
import Gate
import Glibc
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
        } catch let error as OutputError {
            throw end(sentence(error), ExitStatus.cannotWrite)
        } catch let error as ListFile.Failure {
            throw end(sentence(error), ExitStatus.usage)
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

    private static func sentence(_ error: OutputError) -> String {
        switch error.problem {
        case .cannotWrite:
            "“\(error.path)” can't be written: \(error.reason). Nothing was changed there."
        case .foreignFolder:
            "“\(error.path)” holds something else than an earlier outcome of this workbook. "
                + "Name another folder, or remove it."
        }
    }

    private static func sentence(_ error: ListFile.Failure) -> String {
        "The list “\(error.name)” can't be used: \(error.found) [\(error.code.rawValue)]"
    }
}
