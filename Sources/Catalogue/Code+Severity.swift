extension Code {
    /// The severity a finding of this code has unless a rule says otherwise.
    package var severity: Severity {
        switch self {
        case .pkgExternalLink,
            .templateNewer,
            .cellTrimmed,
            .cellFormulaValueUsed,
            .emailAlias,
            .emailMixedScripts,
            .emailLookalike,
            .domainUnverified,
            .directoryUnverified,
            .directoryStale,
            .recordUnverified,
            .referenceUnverified,
            .linkUnverified,
            .chargeApplies,
            .columnShuffled,
            .rowCrossedOut,
            .batchHeld,
            .templateGuessed:
            .warning
        case .sheetUnknown,
            .sheetStrayCell,
            .headerUnknown,
            .headerRenamed,
            .templateOutdated,
            .cellFilled,
            .cellReadOnly,
            .cellNotTaken,
            .recordUnchanged,
            .rowsHidden:
            .info
        default: .error
        }
    }
}
