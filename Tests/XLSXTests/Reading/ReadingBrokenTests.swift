import Testing
import XLSX
import Zip

/// Good workbooks broken on purpose: the same rows or a typed error, never other rows. The numbers
/// are those of `Tests/hostile.md`.
struct ReadingBrokenTests {
    private static let flipCount = 10_000
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
        guard outcome != whole else { return true }
        #expect(outcome.lines.count == 1 && outcome.lines[0].hasSuffix("]"), comment)
        return false
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
        let seed = UInt64(index * 2 + half + 1)
        var generator = SeededBits(state: seed)
        var bytes = Self.samples[index]
        let whole = ReadOutcome(MemorySource(bytes), asWritten: false, pieceSize: nil)
        var sameCount = 0
        for _ in 0..<Self.flipCount / 2 {
            let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
            bytes[bit / 8] ^= 1 << (bit % 8)
            if expectSameOrError(bytes, as: whole, "bit \(bit), seed \(seed)") { sameCount += 1 }
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(sameCount < Self.flipCount / 4, "most bits matter")
    }
}

/// Reproducible numbers (SplitMix64).
private struct SeededBits: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
