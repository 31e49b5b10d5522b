import Spreadsheet

/// Decides what a cell holds from its type, its style and the text between its tags.
struct CellValueRules {
    /// The style index that no workbook has.
    static let noFormat = UInt16.max

    let styles: CellStyles
    /// Shared strings have ids below this.
    let sharedStringCount: Int
    let tooLongIds: Set<UInt32>

    func formatIndex(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt16 {
        CellText.integer(CellText.trimmed(bytes)).flatMap { UInt16(exactly: $0) } ?? Self.noFormat
    }

    /// The record of a cell that is nothing but a shared string, without its column; nil for any
    /// other.
    @inline(__always)
    func sharedRecord(of cell: OpenCell) -> CellRecord? {
        guard let index = cell.sharedIndex, index.value < sharedStringCount, !cell.hasBadReference
        else { return nil }
        let id = UInt32(truncatingIfNeeded: index.value)
        let isTooLong = !tooLongIds.isEmpty && tooLongIds.contains(id)
        return CellRecord(
            columnIndex: 0, kind: isTooLong ? .tooLong : .text, isFormula: cell.isFormula,
            isShared: true, formatIndex: cell.formatIndex, payload: id, length: 0)
    }

    /// The record of a cell whose text stands at the end of the buffer, without its column; nil for
    /// a blank one. What the record does not point to is removed from the buffer.
    ///
    /// - Parameter reference: the cell's reference as it stands, when it is bad.
    func record(
        of cell: OpenCell, in bytes: inout [UInt8], collector: inout StringCollector,
        reference: [UInt8]
    ) -> CellRecord? {
        let start = collector.start
        var record = CellRecord(
            columnIndex: 0, kind: .blank, isFormula: cell.isFormula, isShared: false,
            formatIndex: cell.formatIndex, payload: UInt32(truncatingIfNeeded: start), length: 0)
        if cell.hasInline || cell.type == .string || cell.type == .inlineString {
            guard cell.hasValue || cell.isFormula || cell.hasBadReference else { return nil }
            collector.finish(in: &bytes)
            record.kind = collector.isTooLong ? .tooLong : .text
            if !cell.hasValue { record.kind = .formulaWithoutValue }
        } else {
            CellText.trim(&bytes, from: start)
            decide(cell, from: start, in: &bytes, &record)
            let isCut = CellText.truncate(&bytes, from: start)
            if isCut || collector.isTooLong { record.kind = .tooLong }
        }
        guard record.kind != .blank else { return nil }
        if cell.hasBadReference {
            bytes.removeLast(bytes.count - start)
            bytes.append(contentsOf: reference)
            record.kind = .badReference
            record.isShared = false
            record.payload = UInt32(truncatingIfNeeded: start)
        }
        record.length = UInt32(truncatingIfNeeded: bytes.count - start)
        return record
    }

    /// Everything but text between the tags themselves.
    private func decide(
        _ cell: OpenCell, from start: Int, in bytes: inout [UInt8], _ record: inout CellRecord
    ) {
        guard bytes.count > start else {
            if cell.isFormula { record.kind = .formulaWithoutValue }
            return
        }
        switch cell.type {
        case .sharedString: resolve(from: start, in: &bytes, &record)
        case .number:
            let isNumber = bytes.withUnsafeBufferPointer {
                NumberText.value(of: UnsafeBufferPointer(rebasing: $0[start...])) != nil
            }
            let kind: CellKind = styles.isDate(at: cell.formatIndex) ? .date : .number
            record.kind = isNumber ? kind : .malformed
        case .boolean: record.kind = boolean(from: start, in: &bytes)
        case .error: record.kind = .error
        case .isoDate: record.kind = .isoDate
        case .unknown, .string, .inlineString: record.kind = .malformed
        }
    }

    private func resolve(from start: Int, in bytes: inout [UInt8], _ record: inout CellRecord) {
        let index = bytes.withUnsafeBufferPointer {
            CellText.integer(UnsafeBufferPointer(rebasing: $0[start...]))
        }
        guard let index, index < sharedStringCount else {
            record.kind = .badSharedString
            return
        }
        record.kind = .text
        record.isShared = true
        record.payload = UInt32(truncatingIfNeeded: index)
        bytes.removeLast(bytes.count - start)
        if !tooLongIds.isEmpty, tooLongIds.contains(record.payload) { record.kind = .tooLong }
    }

    /// `true` and `false` are what XML Schema allows beside `0` and `1`.
    private func boolean(from start: Int, in bytes: inout [UInt8]) -> CellKind {
        let text = bytes[start...]
        if text.elementsEqual("0".utf8) || text.elementsEqual("1".utf8) { return .boolean }
        let isTrue = text.elementsEqual("true".utf8)
        guard isTrue || text.elementsEqual("false".utf8) else { return .malformed }
        bytes.removeLast(bytes.count - start)
        bytes.append(isTrue ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        return .boolean
    }
}

extension CellRecord {
    func at(_ columnIndex: Int) -> CellRecord {
        var record = self
        record.columnIndex = UInt16(truncatingIfNeeded: columnIndex)
        return record
    }
}
