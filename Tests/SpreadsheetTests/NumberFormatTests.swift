import Spreadsheet
import Testing

@Suite struct NumberFormatTests {
    @Test(arguments: [
        "yyyy-mm-dd", "dd.mm.yyyy", "h:mm", "mm:ss", "[$-409]d-mmm-yy", "[Red]yyyy",
        "\"day \"d", "AM/PM", "YYYY", "[<1]h:mm;0", "d;@", "0 s",
    ])
    func `these codes show dates`(code: String) {
        #expect(NumberFormat.meaning(of: code) == .date)
    }

    @Test(arguments: [
        "", "General", "0.00", "@", "#,##0.00;[Red]-#,##0.00", "\"days\" 0", "0\\d", "0_d", "*s0",
        "[Red]0", "[$usd] 0", "0;yyyy", "\"d", "[d", "0.00E+00", "[]0", "[$-804]0", "[dd]0",
        "0\\", "€ 0", "\\ä0",
    ])
    func `these codes show numbers`(code: String) {
        #expect(NumberFormat.meaning(of: code) == .number)
    }

    @Test(arguments: ["[h]:mm", "[HH]:mm:ss", "[mm]:ss", "[s]", "[Red][h]", "0 [ss].0"])
    func `elapsed time is a duration`(code: String) {
        #expect(NumberFormat.meaning(of: code) == .duration)
    }

    @Test func `built-in ids mean what their codes mean`() {
        for id in 0..<164 {
            guard let code = NumberFormat.code(ofBuiltIn: id) else { continue }
            #expect(NumberFormat.meaning(ofBuiltIn: id) == NumberFormat.meaning(of: code))
            #expect(NumberFormat.builtInId(of: code) == id)
        }
        let dates = (-1..<70).filter { NumberFormat.meaning(ofBuiltIn: $0) != .number }
        #expect(dates == Array(14...22) + Array(27...36) + Array(45...47) + Array(50...58))
    }
}
