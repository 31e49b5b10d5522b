import Testing
import XLSX
import Zip

/// Good workbooks broken on purpose: the same rows or a typed error, never other rows. The numbers
/// are those of `Tests/hostile.md`.
struct ReadingBrokenTests {
    private static let flipCount = 10_000
    private static let flipCountOfFixture = 500
    private static let cutCount = 300

    private static let samples: [[UInt8]] = {
        let shared = ReadingFixture(
            rows: rows("<c t='s'><v>0</v></c><c t='s'><v>1</v></c>"),
            strings: "<si><t>Ann</t></si><si><r><t>Le</t></r><r><t>e</t></r></si>")
        let inline = ReadingFixture(rows: rows("<c t='inlineStr'><is><t>ann@acme</t></is></c>"))
        let dates = ReadingFixture(
            rows: rows("<c s='1'><v>45000</v></c><c><f>A1</f><v>1</v></c>"),
            styles: "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>")
        return [shared, inline, dates].compactMap { fixture in
            do { return try fixture.bytes() } catch {
                Issue.record(error)
                return nil
            }
        }
    }()

    private static func rows(_ cells: String) -> String {
        (1...8).map { "<row r='\($0)'>\(cells)</row>" }.joined()
    }

    /// What came of broken bytes: the same as of whole ones, or an error and nothing else.
    private func expectSameOrError(
        _ bytes: [UInt8], as whole: ReadOutcome, _ comment: Comment
    ) -> Bool {
        let outcome = ReadOutcome(MemorySource(bytes), asWritten: false, pieceSize: nil)
        #expect(outcome.isSameOrError(as: whole), comment)
        return outcome == whole
    }

    @Test(arguments: samples.indices)
    func `13: a workbook cut anywhere gives no row`(index: Int) {
        let bytes = Self.samples[index]
        let whole = ReadOutcome(MemorySource(bytes), asWritten: false, pieceSize: nil)
        #expect(whole.lines.count > 7)
        for number in 0..<Self.cutCount {
            let count = bytes.count * number / Self.cutCount
            #expect(!expectSameOrError(Array(bytes[..<count]), as: whole, "\(count) bytes"))
        }
    }

    @Test(arguments: samples.indices, [0, 1])
    func `14: a flipped bit gives the same rows or none`(index: Int, half: Int) {
        let flipCount = Self.flipCount / 2
        let sameCount = flip(flipCount, bitsOf: Self.samples[index], seed: index * 2 + half + 1)
        #expect(sameCount < flipCount / 2, "most bits matter")
    }

    @Test(arguments: StudioWorkbook.all)
    func `14: a flipped bit of a fixture gives the same rows or none`(
        workbook: StudioWorkbook
    ) throws {
        let sameCount = flip(
            Self.flipCountOfFixture, bitsOf: try workbook.bytes(), seed: workbook.name.utf8.count)
        #expect(sameCount < Self.flipCountOfFixture, "some bits matter")
    }

    /// - Returns: how many of the bits made no difference.
    private func flip(_ count: Int, bitsOf bytes: [UInt8], seed: Int) -> Int {
        var generator = SeededBits(seed: seed)
        var bytes = bytes
        let whole = ReadOutcome(MemorySource(bytes), asWritten: false, pieceSize: nil)
        #expect(!whole.hasError, "it is a good one")
        var sameCount = 0
        for _ in 0..<count {
            let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
            bytes[bit / 8] ^= 1 << (bit % 8)
            if expectSameOrError(bytes, as: whole, "bit \(bit), seed \(seed)") { sameCount += 1 }
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        return sameCount
    }
}
