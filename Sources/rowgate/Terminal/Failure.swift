import ArgumentParser
import Catalogue
import Gate
import Glibc
import Portals
import Validation
import XLSX
import Zip

/// Ends a command that cannot go on: says what is wrong on standard error, and with which status.
enum Failure {
    static func reporting(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let exit as ExitCode {
            throw exit
        } catch let error as UsageError {
            throw end(error.text, ExitStatus.usage)
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

    private static func sentence(_ error: OutputError) -> String {
        switch error.problem {
        case .cannotWrite:
            "“\(error.path)” can't be written: \(error.reason). Nothing was changed there."
        case .foreignFolder:
            "“\(error.path)” is not empty and holds no earlier outcome of this workbook. "
                + "Name another folder, or remove it."
        }
    }

    private static func sentence(_ error: ListFile.Failure) -> String {
        "The list “\(error.name)” can't be used: \(error.found) [\(error.code.rawValue)]"
    }
}

/// A workbook that can't be read at all, where no report is asked for.
struct FileRefusal {
    private let finding: FileFinding
    private let messages: Messages

    init(_ error: WorkbookError, messages: Messages) {
        finding = FileFinding(error)
        self.messages = messages
    }

    func end() throws {
        let sentence = messages.sentence(finding.code, finding.arguments)
        let remedy = messages.remedy(finding.code, finding.arguments)
        Console.say("\(sentence) \(remedy) [\(finding.code.rawValue)]")
        throw ExitStatus.notJudged
    }
}
