package import Portals

extension KnownRecords {
    /// The records of one sheet, by the fields of another that describes the same thing.
    package func records(of sheet: SheetDefinition, asOf other: SheetDefinition) -> [KnownRecord] {
        if sheet.id == other.id { return records(ofSheet: sheet.id) }
        let fields = other.fields.map { sheet.fieldIndex($0.id) }
        return records(ofSheet: sheet.id).map { record in
            record.with(fields.map { field in field.flatMap { record.values[$0] } })
        }
    }

    /// The same, and on each sheet that has rows also the records of those that describe the same
    /// thing: whichever way a company came, it is one company. Of one key a sheet's own counts.
    func shared(among store: RowStore, of definition: Definition) -> KnownRecords {
        var all = self
        for sheet in store.sheets where sheet.rowCount > 0 {
            let own = definition.sheets[sheet.definitionIndex]
            let types = own.keyFields.map { own.fields[$0].type }
            for twin in definition.twins(of: sheet.definitionIndex) {
                let others = records(of: definition.sheets[twin], asOf: own).filter { record in
                    record.key(of: own.keyFields, fieldTypes: types).map {
                        all.index(ofKey: $0, inSheet: own.id) == nil
                    } ?? false
                }
                if !others.isEmpty { all.add(others, of: own) }
            }
        }
        return all
    }
}
