import Catalogue
import Portals
import Spreadsheet

/// Decides for one column whether each cell holds a value of the field's type at all.
///
/// One cause, one finding: a cell that is malformed gets one finding here and is not judged further.
struct FormJudge {
    let field: Field
    let index: Int
    let known: Known

    func judge(_ judging: inout Judging) {
        guard judging.sheetStore.column(ofField: index) != nil else { return }
        let choices = ChoiceList(
            field, settings: known.settings, defaults: judging.plan.definition.settings)
        for row in judging.rows {
            let cell = judging.sheetStore.cell(row: row, field: index)
            if cell.kind == .blank && !cell.isMerged { continue }
            judging.setForm(form(of: cell, row, choices, &judging), row, index)
        }
    }

    private func form(
        of cell: StoredCell, _ row: Int, _ choices: ChoiceList?, _ judging: inout Judging
    ) -> CellForm {
        if cell.isMerged { return malformed(.cellMerged, row, &judging) }
        switch cell.kind {
        case .blank: return .blank
        case .error: return malformed(.cellErrorValue, row, &judging)
        case .formulaWithoutValue: return malformed(.cellFormulaWithoutValue, row, &judging)
        case .badSharedString: return malformed(.cellBadSharedString, row, &judging)
        case .badReference: return malformed(.cellBadReference, row, &judging)
        case .tooLong:
            return malformed(.cellTooLong, row, &judging, ["max": "\(GridLimits.textLengthMax)"])
        case .boolean, .date, .isoDate, .malformed: return malformed(.cellNotText, row, &judging)
        case .number: return formOfNumber(cell, row, &judging)
        case .text: return formOfText(cell, row, choices, &judging)
        }
    }

    private func malformed(
        _ code: Code, _ row: Int, _ judging: inout Judging, _ arguments: [String: String] = [:],
        suggestion: String? = nil
    ) -> CellForm {
        let detail =
            arguments.isEmpty && suggestion == nil
            ? nil : FindingDetail(arguments: arguments, suggestion: suggestion)
        judging.report(code, row, index, detail: detail)
        return .malformed
    }

    /// A number in a text column stands for its digits, when the file still has all of them.
    private func formOfNumber(
        _ cell: StoredCell, _ row: Int, _ judging: inout Judging
    ) -> CellForm {
        guard field.type == .text else { return malformed(typeCode, row, &judging) }
        let digits = judging.store.texts.withBytes(of: cell.textID) { lexeme -> Code? in
            if NumberText.integerText(of: lexeme) != nil { return nil }
            guard let value = NumberText.value(of: lexeme) else { return .cellNotText }
            if lexeme.contains(where: { $0 | 0x20 == 0x65 }) { return .cellScientificNotation }
            return abs(value) >= NumberText.integerLimit ? .cellPrecisionLost : .cellNotText
        }
        if let digits { return malformed(digits, row, &judging) }
        if cell.isFormula { judging.report(.cellFormulaValueUsed, row, index) }
        return .wellFormed
    }

    private var typeCode: Code {
        switch field.type {
        case .email: .emailInvalid
        case .choice: .cellNotInList
        case .text, .country: .cellNotText
        case .date: .cellNotADate
        case .integer: .cellNotANumber
        case .boolean: .cellNotABoolean
        }
    }

    private func formOfText(
        _ cell: StoredCell, _ row: Int, _ choices: ChoiceList?, _ judging: inout Judging
    ) -> CellForm {
        let texts = judging.store.texts
        let look = texts.withBytes(of: cell.textID) { raw -> TextLook in TextLook(raw) }
        if look.isBlank { return .blank }
        if let hidden = look.hidden {
            return malformed(
                hidden.kind == .control ? .cellControlCharacter : .cellInvisibleCharacter, row,
                &judging, ["character": hidden.name, "position": "\(hidden.position)"])
        }
        if look.isTrimmed { judging.report(.cellTrimmed, row, index) }
        if look.startsLikeFormula { return malformed(.cellFormulaAsText, row, &judging) }
        if cell.isFormula { judging.report(.cellFormulaValueUsed, row, index) }
        if judging.actions[judging.sheet][row] == .update && look.isClearWord { return .clear }
        switch field.type {
        case .email: return formOfAddress(row, &judging)
        case .choice: return choices?.form(row, field: index, &judging) ?? .wellFormed
        default: return .wellFormed
        }
    }

    private func formOfAddress(_ row: Int, _ judging: inout Judging) -> CellForm {
        var key: [UInt8] = []
        let failure = judging.withText(row, index) { text -> EmailAddress.Failure? in
            do throws(EmailAddress.Failure) {
                try EmailAddress.appendKey(of: text, to: &key)
                return nil
            } catch {
                return error
            }
        }
        guard let failure else { return .wellFormed }
        if failure == .several { return malformed(.emailSeveral, row, &judging) }
        let text = judging.text(row, index)
        let suggestion = judging.suggestion(forField: index) { _ in
            EmailAddress.suggestion(for: text)
        }
        return malformed(.emailInvalid, row, &judging, suggestion: suggestion)
    }
}

/// What can be seen of a text before its meaning.
private struct TextLook {
    var isBlank: Bool
    var isTrimmed: Bool
    var hidden: HiddenCharacter?
    var startsLikeFormula: Bool
    var isClearWord: Bool

    init(_ raw: UnsafeBufferPointer<UInt8>) {
        let text = Trimming.trimmed(raw)
        isBlank = text.isEmpty
        isTrimmed = text.count != raw.count
        hidden = HiddenCharacter.first(in: text)
        startsLikeFormula = text.count > 1 && text.first == 0x3D
        isClearWord = text.elementsEqual("(clear)".utf8)
    }
}
