import Foundation
import Glibc

/// The rows that a report has problems of, found by what a worker left beside it: for a page of
/// them no more of the report is read than what stands on it.
struct ReportedRows {
    struct Row {
        /// What it is called: its key.
        let name: String
        let findings: [UploadReport.Finding]
    }

    struct Page {
        let rows: [Row]
        /// Of the page, from 1: the last one where fewer were found than were asked for.
        let number: Int
        /// Of all that were found.
        let rowCount: Int
    }

    /// Which rows are looked for.
    enum Kind: String, CaseIterable {
        case all = ""
        case error, warning

        /// Whether a row has such a finding, by the kinds that it has.
        func takes(_ kinds: UInt8) -> Bool {
            switch self {
            case .all: true
            case .error: kinds & 1 != 0
            case .warning: kinds & 2 != 0
            }
        }

        func takes(_ finding: UploadReport.Finding) -> Bool {
            switch self {
            case .all: true
            case .error: finding.isError
            case .warning: !finding.isError
            }
        }
    }

    private let report: String
    private let bytes: Data

    /// Nil when there are none.
    init?(_ files: ReportFiles) {
        do {
            bytes = try Data(contentsOf: URL(filePath: files.rows), options: .mappedIfSafe)
            report = files.report
        } catch {
            return nil
        }
    }

    /// - Parameters:
    ///   - number: from 1.
    ///   - words: what stands in a row, letters' case apart; empty: anything.
    /// - Complexity: O(rows) to look at their lines, and the findings of one page.
    func page(_ number: Int, holding words: String, _ kind: Kind, rowCountMax: Int) throws -> Page {
        let wanted = Array(words.lowercased().utf8)
        var (lines, count) = places(wanted, kind, (number - 1) * rowCountMax, rowCountMax)
        var number = number
        if lines.isEmpty && count > 0 {
            number = (count + rowCountMax - 1) / rowCountMax
            (lines, count) = places(wanted, kind, (number - 1) * rowCountMax, rowCountMax)
        }
        let rows = try lines.map { line in
            Row(name: line.name, findings: try findings(at: line.offset).filter(kind.takes))
        }
        return Page(rows: rows, number: number, rowCount: count)
    }

    /// Some of the rows, and how many there are in all.
    private func places(
        _ words: [UInt8], _ kind: Kind, _ first: Int, _ countMax: Int
    ) -> (lines: [(offset: Int, name: String)], count: Int) {
        bytes.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
            var (lines, count, rest) = ([(offset: Int, name: String)](), 0, all[...])
            while let end = rest.position(of: UInt8(ascii: "\n")) {
                let line = rest[..<end]
                rest = rest[(end + 1)...]
                let parts = line.parts
                guard parts.count == 4, let kinds = parts[1].first, kind.takes(kinds & 3),
                    parts[3].holds(words)
                else { continue }
                if count >= first && lines.count < countMax,
                    let offset = Int(String(decoding: parts[0], as: UTF8.self))
                {
                    lines.append((offset, String(decoding: parts[2], as: UTF8.self)))
                }
                count += 1
            }
            return (lines, count)
        }
    }

    /// Those of the row whose first one begins there.
    private func findings(at offset: Int) throws -> [UploadReport.Finding] {
        guard var lines = try ReportLines(report, from: offset) else { return [] }
        var found: [UploadReport.Finding] = []
        while let line = try lines.next() {
            let isLast = line.suffix(2).elementsEqual("]}".utf8)
            let text = line.dropLast(isLast ? 2 : line.last == UInt8(ascii: ",") ? 1 : 0)
            let finding = try JSONDecoder().decode(UploadReport.Finding.self, from: Data(text))
            if let first = found.first, (first.sheet, first.row) != (finding.sheet, finding.row) {
                break
            }
            found.append(finding)
            if isLast { break }
        }
        return found
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Where a byte stands first.
    fileprivate func position(of byte: UInt8) -> Int? {
        guard count > 0, let start = UnsafeRawBufferPointer(rebasing: self).baseAddress,
            let found = memchr(start, Int32(byte), count)
        else { return nil }
        return startIndex + start.distance(to: UnsafeRawPointer(found))
    }

    /// What stands between its tabs, four parts at most.
    fileprivate var parts: [Self] {
        var (parts, rest) = ([Self](), self)
        while parts.count < 3, let end = rest.position(of: UInt8(ascii: "\t")) {
            parts.append(rest[..<end])
            rest = rest[(end + 1)...]
        }
        return parts + [rest]
    }

    fileprivate func holds(_ words: [UInt8]) -> Bool {
        guard let head = words.first else { return true }
        var rest = self
        while let found = rest.position(of: head), endIndex - found >= words.count {
            if rest[found..<(found + words.count)].elementsEqual(words) { return true }
            rest = rest[(found + 1)...]
        }
        return false
    }
}
