import Catalogue
import Portals
import Spreadsheet

/// Decides for one column whether each cell holds a value of the field's type at all.
///
/// One cause, one finding: a cell that is malformed gets one finding here and is not judged
/// further.
struct FormJudge {
    let field: Field
    let index: Int
    /// Nil for a field without choices.
    let choices: ChoiceList?

    init(_ index: Int, _ judging: Judging) {
        field = judging.sheetDefinition.fields[index]
        self.index = index
        choices = ChoiceList(
            field, settings: judging.known.settings, defaults: judging.plan.definition.settings)
    }

    func judge(_ judging: inout Judging) {
        guard let position = judging.sheetStore.column(ofField: index) else { return }
        let isReadOnly = field.rules.contains { $0.kind == ReadOnlyRule.kind }
        let column = judging.sheetStore.columns[position]
        var forms = judging.forms[index]
        var answers = TextAnswers(of: judging.store.texts)
        for row in judging.rows where !column.isBlank(row) {
            if isReadOnly {
                forms[row] = judging.withText(row, index) { $0.isEmpty } ? .blank : .wellFormed
                continue
            }
            forms[row] =
                column.isText(row)
                    && answers.holds(for: column.textIDs[row], { isPlainlyRight($0) })
                ? .wellFormed : form(of: column[row], row, &judging)
        }
        judging.setForms(forms, index)
    }

    /// Whether a text is well formed and nothing is to be said of it: most are like that.
    private func isPlainlyRight(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let look = TextLook(text, takesLines: field.takesLines)
        guard look.isPlain else { return false }
        switch field.type {
        case .email:
            return EmailAddress.failure(of: text) == nil
                && EmailAddress.deception(of: text) == nil
        case .choice: return choices?.takesAsItIs(text) ?? true
        case .text: return true
        case .country, .date, .integer, .boolean:
            return TypedText.normal(text, field.type) != nil
        }
    }

    private func form(of cell: StoredCell, _ row: Int, _ judging: inout Judging) -> CellForm {
        if cell.isMerged { return malformed(.cellMerged, row, &judging) }
        switch cell.kind {
        case .blank: return .blank
        case .error: return malformed(.cellErrorValue, row, &judging)
        case .formulaWithoutValue: return malformed(.cellFormulaWithoutValue, row, &judging)
        case .badSharedString: return malformed(.cellBadSharedString, row, &judging)
        case .badReference: return malformed(.cellBadReference, row, &judging)
        case .tooLong:
            return malformed(.cellTooLong, row, &judging, ["max": "\(GridLimits.textLengthMax)"])
        case .boolean, .date, .isoDate, .malformed, .number:
            if field.type.hasNormalText { return typedForm(of: cell, row, &judging) }
            return cell.kind == .number
                ? formOfNumber(cell, row, &judging) : malformed(.cellNotText, row, &judging)
        case .text: return formOfText(cell, row, &judging)
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
}

// Numbers.
extension FormJudge {
    /// A number in a text column stands for its digits, when the file still has all of them.
    private func formOfNumber(
        _ cell: StoredCell, _ row: Int, _ judging: inout Judging
    ) -> CellForm {
        if field.type == .email { return malformed(.emailInvalid, row, &judging) }
        if let code = judging.store.texts.read(cell.textID, LostDigits.code) {
            return malformed(code, row, &judging)
        }
        if let count = lostZeros(cell, judging) {
            return malformed(.cellLeadingZeroLost, row, &judging, ["expected": "\(count)"])
        }
        if cell.isFormula { judging.report(.cellFormulaValueUsed, row, index) }
        return choices?.form(row, field: index, &judging) ?? .wellFormed
    }

    private func lostZeros(_ cell: StoredCell, _ judging: Judging) -> Int? {
        let position = Int(cell.formatIndex)
        guard position > 0, position < judging.store.formats.count else { return nil }
        let format = judging.store.formats[position]
        return judging.store.texts.read(cell.textID) {
            LostDigits.digitCount(shownBy: format, of: $0)
        }
    }
}

// Texts.
extension FormJudge {
    private func formOfText(_ cell: StoredCell, _ row: Int, _ judging: inout Judging) -> CellForm {
        let look = judging.store.texts.read(cell.textID) {
            TextLook($0, takesLines: field.takesLines)
        }
        if look.isBlank { return .blank }
        if let hidden = look.hidden {
            return malformed(
                hidden.kind == .control ? .cellControlCharacter : .cellInvisibleCharacter, row,
                &judging, ["character": hidden.name, "position": "\(hidden.position)"])
        }
        if look.isTrimmed { judging.report(.cellTrimmed, row, index) }
        if look.startsLikeFormula { return malformed(.cellFormulaAsText, row, &judging) }
        if cell.isFormula { judging.report(.cellFormulaValueUsed, row, index) }
        if look.isClearWord {
            guard judging.asks(row, for: .create) else { return .clear }
            // A new record has nothing to empty, and nobody is called so.
            if field.type == .text { return malformed(.cellForbidden, row, &judging) }
        }
        switch field.type {
        case .email: return formOfAddress(row, &judging)
        case .choice: return choices?.form(row, field: index, &judging) ?? .wellFormed
        case .country, .date, .integer, .boolean: return typedForm(of: cell, row, &judging)
        case .text: return .wellFormed
        }
    }

    private func typedForm(
        of cell: StoredCell, _ row: Int, _ judging: inout Judging
    ) -> CellForm {
        if cell.isFormula && cell.kind != .text {
            judging.report(.cellFormulaValueUsed, row, index)
        }
        guard let fault = TypedForm(type: field.type).fault(of: cell, judging) else {
            return .wellFormed
        }
        let made = judging.suggestion(row, index) { _ in fault.suggestion }
        return malformed(fault.code, row, &judging, suggestion: made)
    }

    private func formOfAddress(_ row: Int, _ judging: inout Judging) -> CellForm {
        switch judging.withText(row, index, EmailAddress.failure) {
        case nil:
            if let deception = judging.withText(row, index, EmailAddress.deception) {
                var detail = FindingDetail(arguments: ["expected": deception.ascii])
                detail.arguments["other"] = deception.lookalike
                let isMixed = deception.lookalike == nil
                judging.report(
                    isMixed ? .emailMixedScripts : .emailLookalike, row, index, detail: detail)
            }
            return .wellFormed
        case .several: return malformed(.emailSeveral, row, &judging)
        case .malformed:
            let suggestion = judging.suggestion(row, index, EmailAddress.suggestion)
            return malformed(.emailInvalid, row, &judging, suggestion: suggestion)
        }
    }
}

/// What can be seen of a text before its meaning.
private struct TextLook {
    var isBlank: Bool
    var isTrimmed: Bool
    var hidden: HiddenCharacter?
    var startsLikeFormula: Bool
    var isClearWord: Bool

    init(_ raw: UnsafeBufferPointer<UInt8>, takesLines: Bool) {
        let text = Trimming.trimmed(raw)
        isBlank = text.isEmpty
        isTrimmed = text.count != raw.count
        hidden = HiddenCharacter.first(in: text, takesLines: takesLines)
        startsLikeFormula = text.count > 1 && text.first == 0x3D
        isClearWord = text.first == 0x28 && text.elementsEqual(Action.clearWord.utf8)
    }

    var isPlain: Bool {
        !isBlank && !isTrimmed && hidden == nil && !startsLikeFormula && !isClearWord
    }
}
