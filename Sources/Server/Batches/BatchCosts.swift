import Foundation
import Ledger
import Portals

/// What a batch costs, for whoever pays the invoice.
struct BatchCosts {
    /// A package that costs something, as it was approved.
    struct Paid: Decodable {
        let package: String
        let count: Int
        let price, currency, per, sum: String?

        /// What some of them cost; nil where nobody knows.
        func sum(of count: Int) -> DecimalText? {
            if count == self.count { return sum.flatMap(DecimalText.init(_:)) }
            return price.flatMap(DecimalText.init(_:))?.times(max(count, 0))
                .flatMap(DecimalText.init(_:))
        }
    }

    /// A record that steps of a batch make, by its sheet's id. Rows have other numbers in each try.
    private struct Made: Hashable {
        let sheet, name: String
    }

    /// A customer and the package that was asked for.
    struct Customer: Equatable {
        let name: String
        let package: String
        /// Whether it was refused or taken back: nobody pays for it.
        let isBack: Bool
    }

    private struct Effects: Decodable {
        let paid: [Paid]
    }

    let paid: [Paid]
    /// The steps of the batch that are refused or taken back.
    private let stepsBack: Set<Int>
    /// What is not made after all.
    private let madeBack: Set<Made>

    /// - Parameter gone: customers who are not there after all, by their sheet's id and what they
    ///   say.
    /// - Throws: for effects that are none.
    init(
        _ entry: AttemptEntry, _ steps: [OperationEntry],
        gone: [(sheet: String, values: [String: String])], _ definition: Definition
    ) throws {
        stepsBack = Set(steps.filter(\.state.isGivenBack).map(\.sequence))
        let making = Set(
            definition.operations.filter { $0.when?.actions.contains(.create) == true }.map(\.id))
        let made = { (isBack: Bool) in
            Set(
                steps.filter { $0.state.isGivenBack == isBack && making.contains($0.operation) }
                    .compactMap { step in
                        step.sheet.map {
                            Made(sheet: $0, name: RecordSheet.name(ofStep: step.name))
                        }
                    })
        }
        let gone = gone.compactMap { one in
            definition.sheets.first { $0.id == one.sheet }.map {
                Made(sheet: one.sheet, name: Self.name($0) { one.values[$0] })
            }
        }
        madeBack = made(true).subtracting(made(false)).union(gone)
        paid = try JSONDecoder().decode(Effects.self, from: Data(entry.effects.utf8)).paid
    }

    /// How many of each package nobody pays for, as they were refused or taken back.
    ///
    /// - Parameter customers: all of the batch; none where its files are gone.
    func countsBack(_ customers: [Customer]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for customer in customers where customer.isBack {
            counts[customer.package, default: 0] += 1
        }
        return counts
    }

    /// Sums of each currency and period, in the order in which packages come; those without a
    /// price are not among them, nor is what nobody pays for.
    func sums(
        without countsBack: [String: Int]
    ) -> [(currency: String, per: String, amount: DecimalText)] {
        var sums: [(currency: String, per: String, amount: DecimalText)] = []
        for paid in paid {
            guard let amount = paid.sum(of: paid.count - (countsBack[paid.package] ?? 0)) else {
                continue
            }
            let (currency, per) = (paid.currency ?? "", paid.per ?? "")
            if let index = sums.firstIndex(where: { $0.currency == currency && $0.per == per }) {
                sums[index].amount = sums[index].amount + amount
            } else {
                sums.append((currency, per, amount))
            }
        }
        return sums
    }

    // MARK: - Customers

    /// Who the paid packages are for, in the order of the batch: what the operations say that are
    /// charged for.
    ///
    /// - Parameter folder: of the outcome; its files may be gone.
    func customers(in folder: String, _ definition: Definition) throws -> [Customer] {
        let charged = definition.operations.filter { $0.charge != nil }
        let marks = charged.map { Data("\"operation\":\"\($0.id)\"".utf8) }
        let files = (FileManager.default.subpaths(atPath: folder) ?? []).filter {
            $0.hasSuffix(".jsonl")
        }
        var customers: [Customer] = []
        for file in files.sorted() {
            let bytes = try Data(
                contentsOf: URL(filePath: "\(folder)/\(file)"), options: .mappedIfSafe)
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let index = marks.firstIndex(where: { line.firstRange(of: $0) != nil })
                else { continue }
                customers += self.customers(
                    try JSONDecoder().decode(Line.self, from: Data(line)), charged[index],
                    definition)
            }
        }
        return customers
    }

    private func customers(
        _ line: Line, _ operation: OperationDefinition, _ definition: Definition
    ) -> [Customer] {
        guard let charge = operation.charge else { return [] }
        let names = Set(paid.map(\.package))
        let ids = [operation.sheet].compactMap(\.self) + operation.lists.map(\.sheet)
        return definition.sheets.filter { ids.contains($0.id) }.flatMap { sheet -> [Customer] in
            let priced = sheet.fields.first { field in
                field.rules.contains {
                    $0.kind == "charge" && $0.parameters["setting"]?.text == charge
                }
            }
            guard let priced else { return [] }
            if sheet.id == operation.sheet {
                let member = operation.data.first {
                    if case .field(priced.id) = $0.source { true } else { false }
                }
                guard let package = member.flatMap({ line.data?[$0.name]?.text }),
                    names.contains(package)
                else { return [] }
                let name = line.key.joined(separator: " / ")
                return [
                    Customer(
                        name: name, package: package, isBack: stepsBack.contains(line.seq))
                ]
            }
            return (line.list ?? []).compactMap { row in
                guard sheet.title.all.contains(row["source"]?.sheet ?? ""),
                    let package = row[priced.id]?.text, names.contains(package)
                else { return nil }
                let name = Self.name(sheet) { row[$0]?.text }
                return Customer(
                    name: name, package: package,
                    isBack: stepsBack.contains(line.seq)
                        || madeBack.contains(Made(sheet: sheet.id, name: name)))
            }
        }
    }

    /// What a record is called, by what its fields say.
    private static func name(_ sheet: SheetDefinition, _ value: (String) -> String?) -> String {
        sheet.key.compactMap(value).joined(separator: " / ")
    }

    /// What is read of an operation's line.
    private struct Line: Decodable {
        let seq: Int
        let key: [String]
        let data: [String: Member]?
        let list: [[String: Member]]?
    }

    /// A text, or where a row stands; other members are passed over.
    private struct Member: Decodable {
        private struct Source: Decodable {
            let sheet: String
        }

        let text: String?
        let sheet: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                text = try container.decode(String.self)
                sheet = nil
            } catch is DecodingError {
                text = nil
                sheet = Self.source(in: container)?.sheet
            }
        }

        private static func source(in container: any SingleValueDecodingContainer) -> Source? {
            do {
                return try container.decode(Source.self)
            } catch {
                return nil
            }
        }
    }
}
