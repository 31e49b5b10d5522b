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
    }

    /// A customer and the package that was asked for.
    struct Customer: Equatable {
        let name: String
        let package: String
    }

    private struct Effects: Decodable {
        let paid: [Paid]
    }

    let paid: [Paid]

    /// - Throws: for effects that are none.
    init(_ entry: AttemptEntry) throws {
        paid = try JSONDecoder().decode(Effects.self, from: Data(entry.effects.utf8)).paid
    }

    /// Sums of each currency and period, in the order in which packages come; those without a
    /// price are not among them.
    var sums: [(currency: String, per: String, amount: DecimalText)] {
        var sums: [(currency: String, per: String, amount: DecimalText)] = []
        for paid in paid {
            guard let amount = paid.sum.flatMap(DecimalText.init(_:)) else { continue }
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
                return [Customer(name: line.key.joined(separator: " / "), package: package)]
            }
            return (line.list ?? []).compactMap { row in
                guard sheet.title.all.contains(row["source"]?.sheet ?? ""),
                    let package = row[priced.id]?.text, names.contains(package)
                else { return nil }
                let name = sheet.key.compactMap { row[$0]?.text }.joined(separator: " / ")
                return Customer(name: name, package: package)
            }
        }
    }

    /// What is read of an operation's line.
    private struct Line: Decodable {
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
                sheet = Self.sheet(in: container)
            }
        }

        private static func sheet(in container: any SingleValueDecodingContainer) -> String? {
            do {
                return try container.decode(Source.self).sheet
            } catch {
                return nil
            }
        }
    }
}
