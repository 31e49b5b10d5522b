/// What a portal's own list of customers is compared by, and what an invoice calls things.
package struct ComparisonDefinition: Sendable {
    /// The sheet whose fields the columns of the portal's list are.
    package var sheet: String
    /// Other headers that list has, by field id.
    package var columns: [(field: String, titles: [String])]
    /// The field that invoices may name a customer by, beside the key.
    package var reference: String?
    /// Headers of an invoice.
    package var invoice: InvoiceTitles

    /// Headers of an invoice; those that are not named are not looked for.
    package struct InvoiceTitles: Sendable {
        package var name: [String] = []
        package var reference: [String] = []
        package var package: [String] = []
        package var amount: [String] = []
    }
}

extension ComparisonDefinition {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["sheet", "columns", "reference", "invoice"])
        var columns: [(field: String, titles: [String])] = []
        for (field, member) in try table["columns"]?.table().members ?? [] {
            columns.append((field, try member.oneOrMore(of: DefinitionNode.text(of:))))
        }
        self.init(
            sheet: try table.required("sheet").id(), columns: columns,
            reference: try table["reference"]?.id(),
            invoice: try table["invoice"].map(InvoiceTitles.init(_:)) ?? InvoiceTitles())
    }
}

extension ComparisonDefinition.InvoiceTitles {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["name", "reference", "package", "amount"])
        self.init(
            name: try table.required("name").oneOrMore(of: DefinitionNode.text(of:)),
            reference: try table.list("reference", of: DefinitionNode.text(of:)),
            package: try table.list("package", of: DefinitionNode.text(of:)),
            amount: try table.list("amount", of: DefinitionNode.text(of:)))
    }
}

extension Definition {
    /// The Definition that reads the portal's own list: one sheet, found by what the portal calls
    /// its columns too; nil when the portal has no list.
    package var ofPortalList: Definition? {
        guard let comparison, var sheet = sheets.first(where: { $0.id == comparison.sheet })
        else { return nil }
        for (field, titles) in comparison.columns {
            if let index = sheet.fieldIndex(field) { sheet.fields[index].aliases += titles }
        }
        var result = self
        result.sheets = [sheet]
        return result
    }

    /// The Definition that reads an invoice: one sheet with the fields of `InvoiceField`, in their
    /// order.
    package var ofInvoice: Definition? {
        guard let titles = comparison?.invoice, !titles.name.isEmpty,
            var sheet = ofPortalList?.sheets.first
        else { return nil }
        sheet.key = [InvoiceField.name.rawValue]
        sheet.rules = []
        sheet.fields = InvoiceField.allCases.map { field in
            let headers =
                switch field {
                case .name: titles.name
                case .reference: titles.reference
                case .package: titles.package
                case .amount: titles.amount
                }
            return Field(
                id: field.rawValue, title: LocalizedText(headers.first ?? field.rawValue),
                aliases: Array(headers.dropFirst()), type: .text, countryForm: .alpha2,
                takesLines: false, rules: [])
        }
        var result = self
        result.sheets = [sheet]
        return result
    }
}

/// The columns of an invoice, in the order of the fields that they are read as.
package enum InvoiceField: String, CaseIterable, Sendable {
    case name, reference, package, amount

    package var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
