import Foundation
import Testing

@testable import Server

/// Findings by the page, from reports of every shape that there is.
@Suite struct FindingsPageTests {
    private let folder = "\(NSTemporaryDirectory())/findings-\(Secret.random().prefix(16))"

    /// A report with findings of two codes in turn; each as long as is said.
    private func write(_ count: Int, size: Int = 1) throws {
        let lines = (0..<count).map { number in
            let code = number.isMultiple(of: 2) ? "a.even" : "a.odd"
            let text = String(repeating: "x", count: size)
            return "{\"code\":\"\(code)\",\"row\":\(number),\"found\":\"\(text)\\n\"}"
        }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Data(
            ("{\"findings\":[" + (count == 0 ? "" : "\n") + lines.joined(separator: ",\n") + "]}\n")
                .utf8
        ).write(to: URL(filePath: "\(folder)/report.json"))
    }

    private struct Finding: Decodable {
        let row: Int
    }

    private func rows(_ code: String?, countMax: Int) throws -> [[Int]] {
        var (pages, start) = ([[Int]](), Int?.some(0))
        while let from = start {
            let page = try #require(
                try FindingsPage(folder: folder, from: from, code: code, countMax: countMax))
            pages.append(
                try page.findings.map { try JSONDecoder().decode(Finding.self, from: Data($0)).row }
            )
            start = page.next
        }
        return pages
    }

    @Test(arguments: [
        (0, 1, [[]]), (1, 1, [[0]]), (2, 1, [[0], [1]]), (5, 2, [[0, 1], [2, 3], [4]]),
        (4, 4, [[0, 1, 2, 3]]), (3, 9, [[0, 1, 2]]),
    ])
    func `every finding is on one page, in its order`(count: Int, max: Int, pages: [[Int]]) throws {
        defer { Site.remove(folder) }
        try write(count)
        #expect(try rows(nil, countMax: max) == pages)
    }

    @Test(arguments: [1, 100, 65_536, 200_000])
    func `lines are whole, however long`(size: Int) throws {
        defer { Site.remove(folder) }
        try write(7, size: size)
        #expect(try rows(nil, countMax: 3) == [[0, 1, 2], [3, 4, 5], [6]])
        #expect(try rows("a.odd", countMax: 9) == [[1, 3, 5]])
        #expect(try rows("a.even", countMax: 2) == [[0, 2], [4, 6]])
        #expect(try rows("a", countMax: 2) == [[]])
    }

    @Test func `a page begins where a line does, and nowhere else`() throws {
        defer { Site.remove(folder) }
        try write(3)
        let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/report.json")))
        let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        for start in 1...(bytes.count + 5) {
            let page = try FindingsPage(folder: folder, from: start, code: nil, countMax: 9)
            #expect((page != nil) == starts.contains(start), "\(start)")
        }
        #expect(
            try FindingsPage(folder: folder, from: .max, code: nil, countMax: 9) == nil)
        #expect(try FindingsPage(folder: "/nowhere", from: 0, code: nil, countMax: 9) == nil)
    }
}
