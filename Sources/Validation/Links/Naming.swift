import Portals

/// Fields of a sheet that together say what a record of another one is called.
struct Naming: Hashable, Sendable {
    struct Target: Hashable {
        /// By its index in the Definition.
        let sheet: Int
        /// Its fields that are the name.
        let to: [Int]
    }

    let by: [Int]
    let targets: [Target]

    func names(sheet: Int) -> Bool { targets.contains { $0.sheet == sheet } }
}

extension Definition {
    /// The sheets by their indexes, each behind those that it refers to.
    var sheetsParentsFirst: [Int] {
        var order: [Int] = []
        var seen: Set<Int> = []
        func visit(_ index: Int) {
            guard seen.insert(index).inserted else { return }
            for naming in references(ofSheet: index) { naming.targets.forEach { visit($0.sheet) } }
            order.append(index)
        }
        sheets.indices.forEach(visit)
        return order
    }

    /// What a sheet names: what it refers to, and what that is in turn called by, as a room is by
    /// its company. What takes fewer fields comes first.
    func namings(ofSheet index: Int, below: Set<Int> = []) -> [Naming] {
        let own = references(ofSheet: index)
        var all = own
        for reference in own where reference.targets.count == 1 {
            let (parent, to) = (reference.targets[0].sheet, reference.targets[0].to)
            if parent == index || below.contains(parent) { continue }
            for above in namings(ofSheet: parent, below: below.union([index])) {
                let by = above.by.compactMap { to.firstIndex(of: $0) }.map { reference.by[$0] }
                let naming = Naming(by: by, targets: above.targets)
                // What is said twice is carried along once.
                if by.count == above.by.count && !all.contains(naming) {
                    all.append(naming)
                }
            }
        }
        return all.enumerated().sorted {
            ($0.element.by.count, $0.offset) < ($1.element.by.count, $1.offset)
        }.map(\.element)
    }

    private func references(ofSheet index: Int) -> [Naming] {
        let sheet = sheets[index]
        return sheet.fields.compactMap { field in
            guard let reference = sheet.reference(ofField: field.id) else { return nil }
            let by = reference.by.compactMap { sheet.fieldIndex($0) }
            let targets = (reference.sheets + reference.wrongSheets).compactMap {
                id -> Naming.Target? in
                guard let other = sheets.firstIndex(where: { $0.id == id }) else { return nil }
                let to = (reference.to ?? sheets[other].key).compactMap {
                    sheets[other].fieldIndex($0)
                }
                return to.count == by.count ? Naming.Target(sheet: other, to: to) : nil
            }
            return targets.isEmpty ? nil : Naming(by: by, targets: targets)
        }
    }
}
