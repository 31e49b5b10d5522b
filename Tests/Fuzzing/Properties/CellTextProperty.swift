import Spreadsheet

@testable import XLSX

/// Any bytes as what stands in a cell: white space is cut once, escapes are decoded to valid UTF-8,
/// what is too long is cut between characters, and references, numbers, dates and formats that are
/// read are printed as something that is read as the same.
enum CellTextProperty {
    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        checkTrimming(bytes)
        checkEscapes(bytes)
        checkPlaces(bytes)
        checkNumbers(bytes)
        checkDates(bytes)
        _ = NumberFormat.meaning(of: bytes)
        _ = ISODuration.days(String(decoding: bytes, as: UTF8.self))
    }

    private static func checkTrimming(_ bytes: UnsafeBufferPointer<UInt8>) {
        let trimmed = CellText.trimmed(bytes)
        var cut = Array(bytes)
        CellText.trim(&cut, from: 0)
        expect(cut.elementsEqual(trimmed), "both ways to trim are the same")
        expect(CellText.trimmed(trimmed).count == trimmed.count, "trimmed is trimmed")
    }

    private static func checkEscapes(_ bytes: UnsafeBufferPointer<UInt8>) {
        let prefix = Array("_x00".utf8)
        var decoded = prefix + bytes
        CellText.decodeEscapes(&decoded, from: prefix.count)
        expect(decoded.starts(with: prefix), "what is in front stays")
        expect(decoded.count <= prefix.count + bytes.count, "escapes do not grow")
        let isText = String(validating: bytes, as: UTF8.self) != nil
        expect(
            !isText || String(validating: decoded, as: UTF8.self) != nil, "text remains text")
        // 32,767 units come of 4 KiB often enough only when they are repeated.
        var long = Array(repeatElement(Array(bytes), count: 24).joined())
        let size = long.count
        let isCut = CellText.truncate(&long, from: 0)
        expect(isCut == (long.count < size), "it is told what was cut")
        guard isText else { return }
        let text = String(validating: long, as: UTF8.self)
        expect(text != nil, "no character is cut in two")
        expect((text ?? "").utf16.count <= GridLimits.textLengthMax, "a cell holds what is left")
    }

    private static func checkPlaces(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let place = CellReference(bytes) {
            expect(CellReference(place.description) == place, "a reference reads back")
        }
        if let range = CellRange(bytes) {
            expect(CellRange(range.description) == range, "a range reads back")
        }
        if let index = CellText.integer(bytes) {
            expect(Int(String(decoding: bytes, as: UTF8.self)) == index, "an index is its digits")
        }
    }

    private static func checkNumbers(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let value = NumberText.value(of: bytes) else { return }
        expect(value.isFinite, "a number is finite")
        expect(value == Double(String(decoding: bytes, as: UTF8.self)), "a number is rounded once")
        expect(NumberText.value(of: NumberText.shortest(value)) == value, "a number reads back")
        for system in [DateSystem.excel1900, .excel1904] {
            guard let date = SerialDate(value, system: system) else { continue }
            expect(
                SerialDate(isoText: date.isoText, system: system) == date, "a date reads back")
            expect(SerialDate(date.serial, system: system) == date, "a serial is a date's own")
        }
    }

    private static func checkDates(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let date = CivilDate(iso: bytes) {
            expect(date.description.utf8.elementsEqual(bytes), "a day is printed as it was read")
        }
        if let date = CivilDate(dayMonthYear: bytes) ?? CivilDate(iso: bytes) {
            expect(CivilDate(dayNumber: date.dayNumber) == date, "a day has a number")
        }
        if let date = SerialDate(isoText: bytes, system: .excel1900) {
            expect(
                SerialDate(isoText: date.isoText, system: .excel1900) == date, "a date is its text")
        }
    }
}
