/// Every code a finding or an error of a file can carry. Stable: sentences may change, codes may
/// not.
///
/// The raw value is what reports print (`area.reason_words`). Sentence, remedy and example of each
/// stand in `Messages/`; its severity, area and arguments in extensions.
package enum Code: String, Sendable, CaseIterable, Hashable {
    // file
    case fileEmpty = "file.empty"
    case fileTooLarge = "file.too_large"
    case fileCannotRead = "file.cannot_read"
    // type
    case typeCsv = "type.csv"
    case typeHtml = "type.html"
    case typeXml2003 = "type.xml2003"
    case typeXls = "type.xls"
    case typeXlsb = "type.xlsb"
    case typeOds = "type.ods"
    case typeNumbers = "type.numbers"
    case typeEncrypted = "type.encrypted"
    case typeMacroEnabled = "type.macro_enabled"
    case typeLockFile = "type.lock_file"
    case typeUnsupported = "type.unsupported"
    case typeNotSpreadsheet = "type.not_spreadsheet"
    // zip
    case zipTruncated = "zip.truncated"
    case zipNoEntries = "zip.no_entries"
    case zipBadHeader = "zip.bad_header"
    case zipTooManyEntries = "zip.too_many_entries"
    case zipBadName = "zip.bad_name"
    case zipDuplicateEntry = "zip.duplicate_entry"
    case zipHeaderMismatch = "zip.header_mismatch"
    case zipAmbiguous = "zip.ambiguous"
    case zipPrefixData = "zip.prefix_data"
    case zipTrailingData = "zip.trailing_data"
    case zipUnlistedData = "zip.unlisted_data"
    case zipOverlap = "zip.overlap"
    case zipMethod = "zip.method"
    case zipEncrypted = "zip.encrypted"
    case zipMultidisk = "zip.multidisk"
    case zipRatio = "zip.ratio"
    case zipInflatedTooLarge = "zip.inflated_too_large"
    case zipSizeMismatch = "zip.size_mismatch"
    case zipCrc = "zip.crc"
    case zipCorrupt = "zip.corrupt"
    case zipTooLarge = "zip.too_large"
    // xml
    case xmlDoctype = "xml.doctype"
    case xmlEncodingNotAllowed = "xml.encoding_not_allowed"
    case xmlTooManyAttributes = "xml.too_many_attributes"
    case xmlTagTooLong = "xml.tag_too_long"
    case xmlTooManyNamespaces = "xml.too_many_namespaces"
    case xmlTooManyNames = "xml.too_many_names"
    case xmlTooDeep = "xml.too_deep"
    case xmlTooManyUnknown = "xml.too_many_unknown"
    case xmlMalformed = "xml.malformed"
    // sst
    case sstTooLarge = "sst.too_large"
    // styles
    case stylesTooLarge = "styles.too_large"
    // workbook
    case workbookNoWorkbookPart = "workbook.no_workbook_part"
    case workbookNoVisibleSheet = "workbook.no_visible_sheet"
    case workbookSheetMissing = "workbook.sheet_missing"
    case workbookTooManySheets = "workbook.too_many_sheets"
    case workbookTooManyColumns = "workbook.too_many_columns"
    // pkg
    case pkgExternalLink = "pkg.external_link"
    // worker
    case workerCrashed = "worker.crashed"
    case workerLimit = "worker.limit"
    // sheet
    case sheetMissing = "sheet.missing"
    case sheetNoRows = "sheet.no_rows"
    case sheetBadRowRef = "sheet.bad_row_ref"
    case sheetRowOrder = "sheet.row_order"
    case sheetDuplicateCell = "sheet.duplicate_cell"
    case sheetUnknown = "sheet.unknown"
    case sheetStrayCell = "sheet.stray_cell"
    case sheetTooManyCells = "sheet.too_many_cells"
    case sheetTooManyMerges = "sheet.too_many_merges"
    // header
    case headerMissing = "header.missing"
    case headerDuplicate = "header.duplicate"
    case headerMerged = "header.merged"
    case headerUnknown = "header.unknown"
    case headerRenamed = "header.renamed"
    // template
    case templateUnknown = "template.unknown"
    case templateOtherPortal = "template.other_portal"
    case templateOutdated = "template.outdated"
    case templateNewer = "template.newer"
    case templateGuessed = "template.guessed"
    // cell
    case cellRequired = "cell.required"
    case cellForbidden = "cell.forbidden"
    case cellExactlyOne = "cell.exactly_one"
    case cellTooLong = "cell.too_long"
    case cellPattern = "cell.pattern"
    case cellNotInList = "cell.not_in_list"
    case cellNotText = "cell.not_text"
    case cellNotANumber = "cell.not_a_number"
    case cellNotADate = "cell.not_a_date"
    case cellAmbiguousDate = "cell.ambiguous_date"
    case cellNotABoolean = "cell.not_a_boolean"
    case cellOutOfRange = "cell.out_of_range"
    case cellMustEqual = "cell.must_equal"
    /// A value that is to be the only one, and that a known record has; of addresses `emailTaken`.
    case cellTaken = "cell.taken"
    /// A name or another value that a record has whose row waits for what this one gives up.
    case cellSwapped = "cell.swapped"
    case cellErrorValue = "cell.error_value"
    case cellBadSharedString = "cell.bad_shared_string"
    case cellBadReference = "cell.bad_reference"
    case cellMerged = "cell.merged"
    case cellLeadingZeroLost = "cell.leading_zero_lost"
    case cellScientificNotation = "cell.scientific_notation"
    case cellPrecisionLost = "cell.precision_lost"
    case cellInvisibleCharacter = "cell.invisible_character"
    case cellControlCharacter = "cell.control_character"
    case cellFormulaWithoutValue = "cell.formula_without_value"
    case cellFormulaAsText = "cell.formula_as_text"
    case cellTrimmed = "cell.trimmed"
    case cellFormulaValueUsed = "cell.formula_value_used"
    case cellFilled = "cell.filled"
    case cellReadOnly = "cell.read_only"
    // email
    case emailInvalid = "email.invalid"
    case emailSeveral = "email.several"
    case emailDuplicateInFile = "email.duplicate_in_file"
    case emailTaken = "email.taken"
    case emailAlias = "email.alias"
    case emailMixedScripts = "email.mixed_scripts"
    case emailLookalike = "email.lookalike"
    // country
    case countryUnknown = "country.unknown"
    // domain
    case domainInvalid = "domain.invalid"
    case domainUnknown = "domain.unknown"
    case domainCaseDiffers = "domain.case_differs"
    case domainUnverified = "domain.unverified"
    case domainNoList = "domain.no_list"
    // directory
    case directoryUnknown = "directory.unknown"
    case directoryCaseDiffers = "directory.case_differs"
    case directorySeveral = "directory.several"
    case directoryUnverified = "directory.unverified"
    case directoryStale = "directory.stale"
    // record
    case recordDuplicateInFile = "record.duplicate_in_file"
    case recordExists = "record.exists"
    case recordUnknown = "record.unknown"
    case recordUnchanged = "record.unchanged"
    case recordUnverified = "record.unverified"
    // reference
    case referenceUnknown = "reference.unknown"
    case referenceAmbiguous = "reference.ambiguous"
    case referenceWrongKind = "reference.wrong_kind"
    case referenceOtherParent = "reference.other_parent"
    case referenceParentRejected = "reference.parent_rejected"
    case portalRefused = "portal.refused"
    case referenceUnverified = "reference.unverified"
    // count
    case countTooMany = "count.too_many"
    case countTooFew = "count.too_few"
    // action
    case actionRequired = "action.required"
    case actionNotAllowed = "action.not_allowed"
    case actionConflict = "action.conflict"
    // link
    case linkRepeated = "link.repeated"
    case linkUnverified = "link.unverified"
    // rows
    case rowsHidden = "rows.hidden"
    case rowsTooMany = "rows.too_many"
    // batch
    case batchHeld = "batch.held"
    // charge
    case chargeApplies = "charge.applies"
    // column
    case columnShuffled = "column.shuffled"
    // row
    case rowCrossedOut = "row.crossed_out"
    case rowWaits = "row.waits"
}
