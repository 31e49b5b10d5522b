import Testing
import XLSX

/// What a cell holds, one property a case.
struct ReadingCellTests {
    private static let dateStyles =
        "<numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm'/><numFmt numFmtId='165' "
        + "formatCode='[h]:mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        + "<cellXfs><xf/><xf numFmtId='14' applyNumberFormat='0'/><xf numFmtId='164'/>"
        + "<xf numFmtId='165'/></cellXfs>"

    private func cells(_ content: String, strings: String? = nil) throws -> [String] {
        try ReadingFixture(
            rows: "<row r='1'>\(content)</row>", strings: strings, styles: Self.dateStyles
        ).cells()
    }

    @Test(arguments: [
        ("<c r='A1'><v>1.50</v></c>", "A1 number \"1.50\""),
        ("<c r='A1'><v> 2\n</v></c>", "A1 number \"2\""),
        ("<c r='A1' t='n'><v>1E+3</v></c>", "A1 number \"1E+3\""),
        ("<c r='A1'><v>abc</v></c>", "A1 malformed \"abc\""),
        ("<c r='A1'><v>NaN</v></c>", "A1 malformed \"NaN\""),
        ("<c r='A1' s='1'><v>43861</v></c>", "A1@1 date \"43861\""),
        ("<c r='A1' s='2'><v>43861</v></c>", "A1@2 date \"43861\""),
        ("<c r='A1' s='3'><v>1.5</v></c>", "A1@3 number \"1.5\""),
        ("<c r='A1' s='70'><v>1</v></c>", "A1@70 number \"1\""),
        ("<c r='A1' s='-1'><v>1</v></c>", "A1@65535 number \"1\""),
        ("<c r='A1' t='b'><v>1</v></c>", "A1 boolean \"1\""),
        ("<c r='A1' t='b'><v>false</v></c>", "A1 boolean \"0\""),
        ("<c r='A1' t='b'><v>2</v></c>", "A1 malformed \"2\""),
        ("<c r='A1' t='e'><v>#N/A</v></c>", "A1 error \"#N/A\""),
        ("<c r='A1' t='d'><v>2020-01-31</v></c>", "A1 isoDate \"2020-01-31\""),
        ("<c r='A1' t='str'><f>A2</f><v>x</v></c>", "A1= text \"x\""),
        ("<c r='A1' t='str'><f>A2</f><v></v></c>", "A1= text \"\""),
        ("<c r='A1'><f>A2</f><v>3</v></c>", "A1= number \"3\""),
        ("<c r='A1'><f>A2</f></c>", "A1= formulaWithoutValue \"\""),
        ("<c r='A1' t='inlineStr'><is><t>x</t></is></c>", "A1 text \"x\""),
        ("<c r='A1' t='inlineStr'><v>x</v></c>", "A1 text \"x\""),
        ("<c r='A1' t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r></is></c>", "A1 text \"ab\""),
        ("<c r='A1' t='odd'><v>x</v></c>", "A1 malformed \"x\""),
    ])
    func valuesAreReadByTypeAndStyle(content: String, expected: String) throws {
        #expect(try cells(content) == [expected])
    }

    @Test(arguments: [
        "<c r='A1'/>", "<c r='A1' s='1'/>", "<c r='A1'><v/></c>", "<c r='A1' t='s'/>",
        "<c r='A1' t='str'/>", "<c r='A1' t='inlineStr'/>",
    ])
    func blankCellsAreNotHandedOver(content: String) throws {
        #expect(try cells(content) == [])
    }

    @Test(arguments: [
        ("0", "A1 text \"zero\""), (" 1 ", "A1 text \"\""), ("2", "A1 badSharedString \"2\""),
        ("-1", "A1 badSharedString \"-1\""), ("abc", "A1 badSharedString \"abc\""),
        ("99999999999999999999", "A1 badSharedString \"99999999999999999999\""),
    ])
    func sharedStringsAreFoundByIndex(index: String, expected: String) throws {
        let content = "<c r='A1' t='s'><v>\(index)</v></c>"
        #expect(try cells(content, strings: "<si><t>zero</t></si><si/>") == [expected])
    }

    @Test(arguments: [
        ("<t> a </t>", "a"), ("<t xml:space='preserve'> a </t>", " a "),
        ("<t>\u{A0}a</t>", "\u{A0}a"),
        ("<r><t>a</t></r><r><t xml:space='preserve'> b</t></r>", "a b"),
        ("<t>a</t><rPh sb='0' eb='1'><t>x</t></rPh>", "a"),
        ("<r><t>a</t></r><rPh sb='0' eb='1'><r><t>x</t></r></rPh>", "a"),
        ("<t>a\r\nb</t>", "a\nb"), ("<t>a_x000D_b</t>", "a\rb"),
        ("<t>_x005F_x0041_</t>", "_x0041_"), ("<t>_xD83D__xDE00_</t>", "😀"),
        ("<t>_xD83D_</t>", "_xD83D_"), ("<t>_xde00_a</t>", "_xde00_a"),
        ("<t>_xDE00__xD83D_</t>", "_xDE00__xD83D_"), ("<t>_xD83D__x0041_</t>", "_xD83D_A"),
        ("<t>_xD83D__xD83D__xDE00_</t>", "_xD83D_😀"), ("<t>_x005F_xD83D_</t>", "_xD83D_"),
        ("<t>_xFFFE__xFFFF__xFFFD_</t>", "_xFFFE__xFFFF_\u{FFFD}"),
        ("<t>_x00e4_ _x41_ _</t>", "ä _x41_ _"),
        ("<t>&lt;&amp;<![CDATA[&]]><!-- x -->é</t>", "<&&é"),
    ])
    func textsAreDecoded(item: String, expected: String) throws {
        let shared = try cells("<c r='A1' t='s'><v>0</v></c>", strings: "<si>\(item)</si>")
        #expect(shared == ["A1 text \"\(expected)\""])
        #expect(try cells("<c r='A1' t='inlineStr'><is>\(item)</is></c>") == shared)
    }

    @Test(arguments: [(32_767, "text"), (32_768, "tooLong"), (300_000, "tooLong")])
    func textsAreLimitedInUTF16Units(count: Int, kind: String) throws {
        for character in ["x", "😀"] {
            let text =
                String(repeating: character, count: count / character.utf16.count)
                + String(repeating: "x", count: count % character.utf16.count)
            let shared = try cells(
                "<c r='A1' t='s'><v>0</v></c>", strings: "<si><t>\(text)</t></si>")
            #expect(shared.map { $0.hasPrefix("A1 \(kind) \"\(character)") } == [true])
            #expect(try cells("<c r='A1' t='inlineStr'><is><t>\(text)</t></is></c>") == shared)
        }
    }
}
