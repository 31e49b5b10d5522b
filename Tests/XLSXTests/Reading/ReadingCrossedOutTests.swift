import Testing
import XLSX

/// Which styles draw a line through a cell (§18.8.22 `font`, §18.4.10 `strike`).
struct ReadingCrossedOutTests {
    @Test(arguments: [
        ("", false), ("<strike/>", true), ("<strike val='1'/>", true),
        ("<strike val='true'/>", true), ("<strike val='0'/>", false),
        ("<strike val='false'/>", false), ("<b/><strike/><sz val='11'/>", true),
    ])
    func `a font says whether it crosses out`(font: String, crossesOut: Bool) throws {
        let styles = try styles("<fonts><font/><font>\(font)</font></fonts>")
        #expect(styles.crossesOut == crossesOut)
        #expect([0, 1, 2].map { styles.isCrossedOut(at: $0) } == [false, crossesOut, false])
    }

    @Test func `a font of a conditional format crosses nothing out`() throws {
        let formats = "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
        #expect(try !styles("<fonts><font/><font/></fonts>", formats).crossesOut)
    }

    /// The second style has the second font.
    private func styles(_ fonts: String, _ formats: String = "") throws -> CellStyles {
        let text = "\(fonts)<cellXfs><xf/><xf fontId='1'/></cellXfs>\(formats)"
        return try ReadingFixture(rows: "<row r='1'><c><v>1</v></c></row>", styles: text)
            .open().styles
    }
}
