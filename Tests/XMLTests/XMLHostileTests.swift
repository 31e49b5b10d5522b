import Testing
import XML

/// Attacks that are about how a document arrives; the numbers are those of `Tests/hostile.md`.
struct XMLHostileTests {
    private static let filling = "<sheet>" + String(repeating: "<c r='1'>x</c>", count: 20)

    @Test(arguments: 1...64)
    func `40: a document type is refused however it is cut`(pieceSize: Int) {
        let document = "<?xml version='1.0'?>\n<!-- a --><!DOCTYPE sheet [<!ENTITY a 'b'>]><sheet/>"
        #expect(code(of: document, pieceSize: pieceSize) == .doctype)
        for cut in 1..<document.utf8.count {
            let shifted = String(repeating: " ", count: cut % 64)
            let moved = document.replacing("\n", with: "\n" + shifted)
            #expect(code(of: moved, pieceSize: pieceSize) == .doctype, "moved by \(cut)")
        }
    }

    @Test func `48: parsing may be stopped at every event`() {
        let count = 500
        let document =
            "<x xmlns='urn:x'>" + String(repeating: "<c>x</c><?a?>", count: count) + "</x>"
        for event in 0..<2 * count {
            var limits = XMLLimits.standard
            limits.unknownMax = event
            #expect(code(of: document, pieceSize: 1 << 12, limits: limits) == .tooManyUnknown)
        }
        #expect(code(of: document) == nil)
    }

    @Test func `50: hostile and good documents side by side are as alone`() async {
        let documents = [
            Self.filling + "</sheet>", Self.filling, "<!DOCTYPE sheet><sheet/>",
            String(repeating: "<c>", count: 100), "<sheet>&x;</sheet>",
        ]
        let alone = documents.map { code(of: $0, pieceSize: 7) }
        #expect(alone == [nil, .malformed, .doctype, .tooDeep, .malformed])
        await withTaskGroup(of: [XMLError.Code?].self) { group in
            for _ in 0..<32 {
                group.addTask { documents.map { code(of: $0, pieceSize: 7) } }
            }
            for await together in group { #expect(together == alone) }
        }
    }
}
