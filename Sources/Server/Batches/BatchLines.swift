import Foundation
import Ledger

/// What the files of a batch say of its steps, which nothing else remembers: what a person is to
/// type, and what a step waits for.
struct BatchLines {
    /// A step's line, as far as people are told of it.
    struct Line: Decodable {
        let seq: Int
        /// What to do, in the language in which the batch was made.
        let text: String?
        let held: String?
        /// The names of what comes before it, in this batch.
        let dependsOn: [String]?
        /// By what the Definition calls each.
        let data: [String: Value]?
        /// The rows that something done once names one by one: the first of them.
        var list: [[String: Value]]?
        /// How many there are.
        var listCount = 0

        private enum CodingKeys: String, CodingKey {
            case seq, text, held, dependsOn, data, list
        }
    }

    /// A text, a number, yes or no, several texts, or where a row stands.
    enum Value: Decodable {
        case text(String)
        case texts([String])
        case source(sheet: String, row: Int)
        /// What a row says in columns that a reseller added, by their titles.
        case named([String: String])
        case other

        private struct Source: Decodable {
            let sheet: String
            let row: Int
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let readers: [() throws -> Value] = [
                { .text(try container.decode(String.self)) },
                { .text(try container.decode(Bool.self) ? "true" : "false") },
                { .text("\(try container.decode(Int.self))") },
                { .texts(try container.decode([String].self)) },
                {
                    let source = try container.decode(Source.self)
                    return .source(sheet: source.sheet, row: source.row)
                },
                { .named(try container.decode([String: String].self)) },
            ]
            self = .other
            for read in readers {
                do {
                    self = try read()
                    return
                } catch is DecodingError {
                    continue
                }
            }
        }

        var text: String? {
            if case .text(let text) = self { text } else { nil }
        }
    }

    private var lines: [Int: Line] = [:]

    /// - Parameters:
    ///   - folder: of the outcome; its files may be gone.
    ///   - sequences: the steps that are asked for.
    /// - Complexity: O(size of the files); only what is asked for is decoded.
    init(folder: String, _ sequences: Set<Int>) throws {
        let names = (FileManager.default.subpaths(atPath: folder) ?? []).filter {
            $0.hasSuffix(".jsonl")
        }
        var sequence = 0
        let last = sequences.max() ?? 0
        for name in names.sorted() {
            let bytes = try Data(
                contentsOf: URL(filePath: "\(folder)/\(name)"), options: .mappedIfSafe)
            var rest = bytes[...]
            while sequence < last, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                sequence += 1
                if sequences.contains(sequence) { lines[sequence] = try Self.line(rest[..<end]) }
                rest = rest[rest.index(after: end)...]
            }
        }
    }

    subscript(sequence: Int) -> Line? { lines[sequence] }

    // MARK: - Lists

    private static let listMark = Data(#","list":["#.utf8)

    /// A list may have as many rows as a workbook: only those that are shown are decoded.
    private static func line(_ bytes: Data) throws -> Line {
        guard bytes.count > SiteLimits.stepLineSizeMax,
            let mark = bytes.firstRange(of: listMark)
        else {
            var line = try JSONDecoder().decode(Line.self, from: Data(bytes))
            line.listCount = line.list?.count ?? 0
            line.list = line.list.map { Array($0.prefix(SiteLimits.stepsShownMax)) }
            return line
        }
        let (end, count) = ends(of: bytes[mark.upperBound...])
        var head = Data(bytes[..<end])
        head.append(contentsOf: "]}".utf8)
        var line = try JSONDecoder().decode(Line.self, from: head)
        line.listCount = count
        return line
    }

    /// Where the last element that is shown ends, and how many elements there are.
    private static func ends(of list: Data) -> (end: Data.Index, count: Int) {
        var (depth, count, end) = (0, 0, list.startIndex)
        var (isInText, isEscaped) = (false, false)
        list.withUnsafeBytes { bytes in
            for (offset, byte) in bytes.enumerated() {
                if isEscaped {
                    isEscaped = false
                } else if isInText {
                    isEscaped = byte == UInt8(ascii: "\\")
                    isInText = byte != UInt8(ascii: "\"")
                } else if byte == UInt8(ascii: "\"") {
                    isInText = true
                } else if byte == UInt8(ascii: "{") {
                    depth += 1
                } else if byte == UInt8(ascii: "}") {
                    depth -= 1
                    if depth == 0 { count += 1 }
                    if depth == 0, count <= SiteLimits.stepsShownMax {
                        end = list.startIndex + offset + 1
                    }
                }
            }
        }
        return (end, count)
    }
}

extension Site {
    /// What the batches of some steps say of them.
    ///
    /// - Throws: `LedgerError`, and what reading their files throws.
    func batchLines(
        _ steps: [(batch: UploadID, step: OperationEntry)], of reseller: String
    ) throws -> [UploadID: BatchLines] {
        try Dictionary(grouping: steps, by: \.batch).mapValues { steps in
            try BatchLines(
                folder: ledger.attempt(steps[0].batch, of: reseller).folder,
                Set(steps.map(\.step.sequence)))
        }
    }
}
