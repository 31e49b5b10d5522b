package import Portals
package import Validation

/// What is compared: lists that are handed in for it alone.
package struct ComparisonRequest {
    /// What the portal says it has.
    package var portalList: ListFile
    package var invoice: ListFile?
    /// The names, the known customers and the settings.
    package var inputs: KnownInputs

    package init(_ portalList: ListFile, invoice: ListFile? = nil, inputs: KnownInputs) {
        self.portalList = portalList
        self.invoice = invoice
        self.inputs = inputs
    }
}

/// What came of it, with what is needed to tell it.
package struct Comparison {
    package let differences: Differences
    package let definition: Definition
    /// The sheet whose fields the portal's list has.
    package let sheet: SheetDefinition
    /// The list in which the names of customers stand; nil when there is none.
    package let directory: DirectoryDefinition?
}

extension Gate {
    /// Compares the portal's own list with the other lists that are handed in.
    ///
    /// - Parameter memory: what is remembered of the portal, beside what is handed in.
    /// - Returns: nil for a portal whose Definition knows of no list.
    /// - Throws: as `judge`; `UnknownList`.
    package func compare(
        _ request: ComparisonRequest, with plan: ValidationPlan,
        memory: KnownAnswer = KnownAnswer()
    ) throws -> Comparison? {
        let definition = plan.definition
        guard let listed = definition.ofPortalList, let sheet = listed.sheets.first else {
            return nil
        }
        let inputs = request.inputs
        let settings = try inputs.settings(of: definition, portals: portals)
        var sources = PortalComparison.Sources(
            list: try ExistingList(
                request.portalList, of: listed, settings: settings, keepsRepeated: true
            ).records.records(ofSheet: sheet.id))
        let directory = sheet.directoryOfKey.flatMap { id in
            definition.directories.first { $0.id == id }
        }
        if let file = try inputs.files(for: definition).first(where: { $0.0 == directory?.id })?.1 {
            let names = try DirectoryList(file, of: directory, keepsRowNumbers: true)
            sources.directory = names.directory
            sources.placeOfName = { "\(file.name), A\(names.rowNumbers[$0])" }
        } else if let names = directory.flatMap({ memory.directories[$0.id] }) {
            sources.directory = names
        }
        if let existing = inputs.existing {
            let records = try ExistingList(existing, of: definition, settings: settings).records
            sources.known = records.alike(sheet, in: definition)
        } else if let records = memory.records {
            sources.known = records.alike(sheet, in: definition)
        }
        if let invoice = request.invoice, let bill = definition.ofInvoice {
            sources.invoice = try ExistingList(
                invoice, of: bill, settings: settings, keepsRepeated: true
            ).records.records(ofSheet: sheet.id)
        }
        return Comparison(
            differences: PortalComparison.differences(
                sources, sheet: sheet, of: definition, settings: settings,
                today: inputs.today),
            definition: definition, sheet: sheet, directory: directory)
    }
}

extension SheetDefinition {
    /// The directory in which the first field of its key is looked up.
    fileprivate var directoryOfKey: String? {
        key.first.flatMap { fieldIndex($0) }.flatMap { fields[$0].directory }
    }
}

extension KnownRecords {
    /// The records of all sheets that describe the same thing, by the fields of one of them.
    fileprivate func alike(_ sheet: SheetDefinition, in definition: Definition) -> [KnownRecord] {
        definition.sheets.filter { $0.entity == sheet.entity && $0.makesRecords }.flatMap { other in
            records(of: other, asOf: sheet)
        }
    }
}
