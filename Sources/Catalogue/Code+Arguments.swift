extension Code {
    /// What its sentences cannot do without: who makes a finding gives these.
    package var neededArguments: [MessageArgument] {
        switch self {
        case .headerMissing, .headerDuplicate, .cellRequired, .cellForbidden, .cellTooLong,
            .cellInvisibleCharacter, .cellControlCharacter, .cellFormulaWithoutValue,
            .cellFilled, .cellReadOnly, .cellNotTaken, .columnShuffled:
            [.field]
        case .headerUnknown, .cellNotANumber, .cellNotADate, .cellAmbiguousDate,
            .cellNotABoolean, .cellErrorValue, .cellLeadingZeroLost, .cellScientificNotation,
            .cellPrecisionLost, .cellFormulaAsText, .emailInvalid, .emailSeveral, .emailTaken,
            .cellTaken, .cellSwapped,
            .emailAlias, .emailMixedScripts, .countryUnknown, .domainInvalid, .recordExists,
            .recordUnknown, .linkUnverified, .recordUnchanged, .referenceParentRejected,
            .referenceLeftOut, .referenceUnverified, .countTooMany, .countTooFew, .actionNotAllowed:
            [.value]
        case .emailLookalike:
            [.value, .other]
        case .headerRenamed, .cellPattern, .cellNotInList, .cellNotText, .cellOutOfRange,
            .referenceUnknown, .referenceAmbiguous, .referenceWrongKind:
            [.value, .field]
        case .templateOtherPortal, .templateGuessed, .portalRefused:
            [.portal]
        case .cellExactlyOne:
            [.columns]
        case .cellMustEqual:
            [.value, .field, .expected]
        case .emailDuplicateInFile, .recordDuplicateInFile:
            [.value, .cells]
        case .domainUnknown, .directoryUnknown, .directorySeveral:
            [.value, .list]
        case .domainCaseDiffers, .directoryCaseDiffers:
            [.value, .list, .suggestion]
        case .domainUnverified, .domainNoList, .directoryStale:
            [.list]
        case .directoryUnverified:
            [.field, .list]
        case .referenceOtherParent:
            [.value, .expected]
        case .rowsHidden:
            [.count]
        case .rowsTooMany:
            [.max]
        case .actionRequired:
            [.list]
        case .chargeApplies:
            [.package]
        default: []
        }
    }

    /// What its sentences say when it is given, and read well without.
    package var optionalArguments: [MessageArgument] {
        switch self {
        case .fileTooLarge, .cellTooLong:
            [.max, .length]
        case .fileCannotRead, .workerLimit:
            [.reason]
        case .templateOtherPortal, .cellBadReference:
            [.value]
        case .zipBadHeader, .zipBadName, .zipDuplicateEntry, .zipHeaderMismatch, .zipOverlap,
            .zipMethod, .zipEncrypted, .zipSizeMismatch, .zipCrc, .zipCorrupt, .xmlDoctype:
            [.part]
        case .zipTooManyEntries, .stylesTooLarge, .workbookTooManySheets:
            [.count, .max]
        case .zipRatio, .zipInflatedTooLarge, .zipTooLarge, .xmlTooManyAttributes,
            .xmlTagTooLong, .xmlTooManyNamespaces, .xmlTooManyNames, .xmlTooDeep,
            .xmlTooManyUnknown:
            [.max, .part]
        case .xmlEncodingNotAllowed, .sheetBadRowRef:
            [.value, .part]
        case .xmlMalformed:
            [.position, .reason, .part]
        case .sstTooLarge:
            [.max]
        case .workbookSheetMissing, .sheetNoRows, .headerMissing, .rowsHidden:
            [.sheet]
        case .workbookTooManyColumns, .sheetTooManyMerges:
            [.count, .max, .sheet]
        case .sheetMissing:
            [.expected, .portal]
        case .sheetRowOrder:
            [.sheet, .row]
        case .sheetDuplicateCell, .headerDuplicate, .headerMerged, .referenceParentRejected,
            .referenceLeftOut, .linkRepeated, .rowWaits, .cellSwapped:
            [.cells]
        case .pkgExternalLink:
            [.value, .sheet]
        case .sheetUnknown:
            [.list, .sheet]
        case .sheetStrayCell, .cellReadOnly, .cellNotTaken:
            [.cells, .count]
        case .sheetTooManyCells:
            [.max, .sheet]
        case .headerUnknown, .cellRequired:
            [.suggestion]
        case .templateUnknown:
            [.expected]
        case .templateOutdated:
            [.value, .expected, .list]
        case .templateNewer:
            [.value, .expected]
        case .cellForbidden:
            [.other, .reason]
        case .cellExactlyOne, .directoryUnverified:
            [.count]
        case .cellPattern:
            [.expected, .suggestion]
        case .referenceWrongKind:
            [.sheet, .suggestion]
        case .cellNotInList:
            [.list, .suggestion]
        case .cellNotANumber, .cellNotADate, .cellNotABoolean, .cellErrorValue,
            .cellBadSharedString, .cellScientificNotation, .cellPrecisionLost,
            .cellFormulaAsText, .emailDuplicateInFile, .domainCaseDiffers, .directoryCaseDiffers,
            .directorySeveral:
            [.field]
        case .cellAmbiguousDate, .emailSeveral, .countryUnknown, .domainUnknown,
            .directoryUnknown:
            [.field, .suggestion]
        case .cellOutOfRange:
            [.max, .min]
        case .cellMustEqual:
            [.other]
        case .cellMerged:
            [.field, .cells]
        case .cellLeadingZeroLost:
            [.field, .expected]
        case .cellInvisibleCharacter:
            [.suggestion, .character, .position]
        case .cellControlCharacter:
            [.character, .position]
        case .cellTrimmed, .cellFormulaValueUsed:
            [.field, .cells, .count]
        case .cellFilled:
            [.other, .cells, .count, .expected]
        case .emailInvalid, .domainInvalid:
            [.field, .suggestion, .reason]
        case .emailTaken, .cellTaken:
            [.field, .record, .date, .reason]
        case .emailAlias:
            [.field, .other, .cells]
        case .emailMixedScripts, .emailLookalike:
            [.field, .expected]
        case .domainUnverified:
            [.field, .count]
        case .portalRefused: [.reason]
        case .directoryStale:
            [.date]
        case .recordDuplicateInFile:
            [.noun]
        case .recordExists:
            [.differences, .reason, .noun, .expected]
        case .recordUnknown:
            [.suggestion, .noun, .expected]
        case .recordUnchanged:
            [.count, .reason, .noun]
        case .recordUnverified:
            [.count, .portal]
        case .referenceUnknown:
            [.suggestion, .sheet]
        case .referenceOtherParent:
            [.record]
        case .referenceUnverified:
            [.portal, .suggestion]
        case .linkUnverified:
            [.portal]
        case .referenceAmbiguous:
            [.list, .sheet, .portal]
        case .countTooMany:
            [.cells, .count, .max]
        case .countTooFew:
            [.count, .min, .sheet]
        case .actionNotAllowed:
            [.list]
        case .actionConflict:
            [.value, .cells]
        case .chargeApplies:
            [.count, .price]
        default: []
        }
    }
}
