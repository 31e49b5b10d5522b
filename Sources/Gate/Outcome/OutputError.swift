import Glibc
import XLSX
import Zip

/// An output that could not be written. Nothing half-written is left behind.
package struct OutputError: Error, Sendable {
    /// Why.
    package enum Problem: Sendable, Equatable {
        /// The system said no.
        case cannotWrite(errno: Int32)
        /// The folder holds something that is not an earlier outcome of the same workbook.
        case foreignFolder
    }

    package var problem: Problem
    /// What was to be written, as it was named.
    package var path: String

    package init(_ problem: Problem, path: String) {
        self.problem = problem
        self.path = path
    }

    static func system(_ path: String) -> OutputError {
        OutputError(.cannotWrite(errno: errno), path: path)
    }

    /// Runs something that writes, and says of which output a refusal of the disk is.
    static func naming(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ZipError where error.code == .cannotWrite {
            throw OutputError(.cannotWrite(errno: error.errno ?? EIO), path: path)
        } catch let error as WorkbookWriterError where error.underlying != nil {
            throw OutputError(.cannotWrite(errno: error.underlying?.errno ?? EIO), path: path)
        }
    }

    /// What the system said.
    package var reason: String {
        switch problem {
        case .cannotWrite(let number): String(cString: strerror(number))
        case .foreignFolder: ""
        }
    }
}
