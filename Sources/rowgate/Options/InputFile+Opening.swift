import Catalogue
import Gate
import Glibc
import XLSX
import Zip

extension InputFile {
    /// Opens the workbook that is judged.
    ///
    /// - Throws: `WorkbookError` with `file.cannot_read`.
    init(openingWorkbook path: String) throws {
        do throws(ZipError) {
            try self.init(opening: path)
        } catch {
            if error.code == .cannotWrite { throw error }
            throw WorkbookError(
                .fileCannotRead, found: Self.reason(error), expected: "a file that can be read")
        }
    }

    /// Opens a list or a settings file.
    ///
    /// - Throws: `UsageError`.
    init(openingList path: String) throws {
        do throws(ZipError) {
            try self.init(opening: path)
        } catch {
            throw UsageError("“\(path)” can't be read: \(Self.reason(error)). Check its name.")
        }
    }

    private static func reason(_ error: ZipError) -> String {
        error.errno.map { String(cString: strerror($0)) } ?? error.found
    }
}
