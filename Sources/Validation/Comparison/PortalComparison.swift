package import Portals
package import Spreadsheet

/// Compares what a portal's own list says with the directory, with what is known and with an
/// invoice: each is gone through once, and looked up in the others by the hash of its name.
///
/// Names are the same whatever their case and spaces; where these differ that is told.
/// - Complexity: O(all that is handed in), in time and memory.
package struct PortalComparison {
    /// What is compared. Nil: not handed in, and nothing is said about it.
    package struct Sources {
        /// What the portal lists, by the fields of its sheet.
        package var list: [KnownRecord]
        package var directory: Directory?
        /// Where a name of the directory stands: "domains.csv, A7".
        package var placeOfName: (Int) -> String = { _ in "" }
        /// What is known, by the fields of the same sheet.
        package var known: [KnownRecord]?
        /// Lines of an invoice, by the fields of `InvoiceField`.
        package var invoice: [KnownRecord]?

        package init(list: [KnownRecord]) { self.list = list }
    }

    private let shape: ComparedSheet
    private let sources: Sources
    private let listed: NameTable
    private let known: NameTable?
    private let invoiced: InvoiceAmounts
    private var found: [Difference] = []
    /// Positions in the directory that something at the portal has.
    private var namesTaken: Set<Int> = []

    /// - Parameters:
    ///   - sheet: the sheet of the Definition whose fields the list has.
    ///   - today: the day whose prices count.
    package static func differences(
        _ sources: Sources, sheet: SheetDefinition, of definition: Definition, settings: Settings,
        today: CivilDate
    ) -> Differences {
        var comparison = PortalComparison(
            sources, ComparedSheet(sheet, of: definition, settings: settings, today: today))
        comparison.compare()
        return Differences(comparison.found)
    }

    private init(_ sources: Sources, _ shape: ComparedSheet) {
        self.sources = sources
        self.shape = shape
        listed = NameTable(sources.list, shape)
        known = sources.known.map { NameTable($0, shape) }
        invoiced = InvoiceAmounts(sources.invoice ?? [])
    }

    private mutating func compare() {
        let names = sources.directory.map(DirectoryNames.init)
        for record in sources.list { compare(record, names) }
        for record in sources.known ?? [] where listed.position(of: shape.key(of: record)) == nil {
            add(.notArrived, record)
            if let position = names?.position(of: shape.name(of: record)) {
                namesTaken.insert(position)
            }
        }
        addNamesWithoutCompany()
        for line in sources.invoice ?? [] { compare(invoiceLine: line) }
    }

    private mutating func compare(_ record: KnownRecord, _ names: DirectoryNames?) {
        let name = shape.name(of: record)
        var domain = ""
        if let names, let directory = sources.directory {
            if let position = names.position(of: name) {
                namesTaken.insert(position)
                domain = directory.name(position)
                if domain != name { add(.nameDiffers, record) { $0.domain = domain } }
            } else {
                add(.noDomain, record)
            }
        }
        for (field, other) in shape.equalities {
            guard let value = record.values[field], let own = record.values[other], value != own
            else { continue }
            // A name that is to be corrected is not what another value is to be like.
            let wanted = other == shape.keyField && !domain.isEmpty ? domain : own
            if value == wanted { continue }
            add(.mustEqual, record) {
                ($0.domain, $0.field, $0.found, $0.expected) = (domain, field, value, wanted)
            }
        }
        for (field, choices) in shape.choices {
            guard let value = record.values[field], !choices.contains(value) else { continue }
            add(.notAChoice, record) {
                ($0.domain, $0.field, $0.found) = (domain, field, value)
                $0.expected = choices.joined(separator: ", ")
            }
        }
        guard let known, let position = known.position(of: shape.key(of: record)),
            let package = shape.package, let value = record.values[package],
            let ordered = sources.known?[position].values[package], !ordered.isEmpty,
            NameKey.bytes(of: ordered) != NameKey.bytes(of: value)
        else { return }
        add(.otherPackage, record) {
            ($0.domain, $0.field, $0.found, $0.expected) = (domain, package, value, ordered)
        }
    }

    private mutating func addNamesWithoutCompany() {
        guard let directory = sources.directory else { return }
        for position in 0..<directory.count where !namesTaken.contains(position) {
            let name = directory.name(position)
            var difference = Difference(
                .noCompany, name: "", place: sources.placeOfName(position),
                customer: LooseName.bytes(of: name))
            difference.domain = name
            found.append(difference)
        }
    }

    private mutating func compare(invoiceLine line: KnownRecord) {
        let texts = [InvoiceField.name, .reference].map { line.values[$0.index] ?? "" }
        let keys = texts.filter { !$0.isEmpty }.map(LooseName.bytes(of:))
        let position = keys.lazy.compactMap(listed.position(ofNameOrReference:)).first
        let isKnown = keys.contains { known?.position(ofNameOrReference: $0) != nil }
        if position != nil && (known == nil || isKnown) { return }
        let listedRecord = position.map { sources.list[$0] }
        var difference = Difference(
            position == nil ? .billedNotThere : .billedNotKnown,
            name: listedRecord.map(shape.name(of:)) ?? texts.first { !$0.isEmpty } ?? "",
            place: line.origin,
            customer: listedRecord.map(shape.key(of:)) ?? keys.first ?? Array(line.origin.utf8))
        difference.reference = texts[1]
        difference.package = line.values[InvoiceField.package.index] ?? ""
        let amount = line.values[InvoiceField.amount.index].flatMap(DecimalText.init(money:))
        difference.price = shape.price(amount, package: difference.package)
        found.append(difference)
    }

    /// Adds what is about a record of the list or a known one.
    private mutating func add(
        _ kind: Difference.Kind, _ record: KnownRecord,
        _ complete: (inout Difference) -> Void = { _ in }
    ) {
        var difference = Difference(
            kind, name: shape.name(of: record), place: record.origin,
            customer: shape.key(of: record))
        difference.reference = shape.reference.flatMap { record.values[$0] } ?? ""
        difference.package = shape.package.flatMap { record.values[$0] } ?? ""
        let amount = invoiced.amount(of: [difference.name, difference.reference])
        // What is not there costs nothing, unless it is billed all the same.
        if kind != .notArrived || amount != nil {
            difference.price = shape.price(amount, package: difference.package)
        }
        complete(&difference)
        found.append(difference)
    }
}
