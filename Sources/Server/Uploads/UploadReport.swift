import Crypto
import Foundation

/// What a worker said of a workbook: the report that it left in a folder.
///
/// Ours, but as large as the workbook: only the lines of a page are decoded.
struct UploadReport {
    struct Head: Decodable {
        struct Counts: Decodable {
            let rows, accepted, rejected, unchanged, leftOut, blank, hidden: Int
        }
        struct Effects: Decodable {
            struct Paid: Decodable {
                let package: String
                let count: Int
                let currency, per, sum, validFrom: String?
            }
            struct Trial: Decodable {
                let date: String?
                let count: Int
            }
            struct Mail: Decodable {
                let kind: String
                let count: Int
            }
            struct Change: Decodable {
                let sheet, action: String
                let count: Int
            }
            let added, updated, deleted, paidCount: Int
            /// Nil in what an earlier Rowgate wrote, which is not approved as it stands.
            let changes: [Change]?
            let paid: [Paid]
            let trials: [Trial]
            let mails: [Mail]
        }
        let portal: String?
        let counts: Counts
        let effects: Effects
    }

    struct Finding: Decodable {
        let code, severity, message, remedy: String
        let sheet, column, cell, found, suggestion: String?
        let row: Int?

        var isError: Bool { severity == "error" }
    }

    let head: Head
    /// A JSON object each.
    let lines: [Data.SubSequence]
    private let bytes: Data

    /// What is approved is approved by it: SHA-256, as 64 hexadecimal digits.
    var digest: String { Secret.hex(SHA256.hash(data: bytes)) }

    /// Nil when there is none.
    init?(_ path: String) {
        let url = URL(filePath: path)
        do {
            let bytes = try Data(contentsOf: url, options: .mappedIfSafe)
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            guard let first = lines.first else { return nil }
            head = try Head.decoded(Data(first))
            self.lines = Array(lines.dropFirst())
            self.bytes = bytes
        } catch {
            return nil
        }
    }

    func finding(_ index: Int) -> Finding? {
        var line = Data(lines[index])
        // The last line closes the list.
        if line.ends(with: "]}".utf8) { line.removeLast(2) }
        if line.last == UInt8(ascii: ",") { line.removeLast() }
        do {
            return try JSONDecoder().decode(Finding.self, from: line)
        } catch {
            return nil
        }
    }

    var findings: some Sequence<Finding> { lines.indices.lazy.compactMap { finding($0) } }
}

extension Data {
    fileprivate func ends(with bytes: String.UTF8View) -> Bool {
        suffix(bytes.count).elementsEqual(bytes)
    }
}
