/// The names of a package's parts, and the names of what belongs to them.
enum PartName {
    /// The name of an archive's entry as a part's name: some producers write backslashes.
    static func of(_ entryName: String) -> String {
        String(entryName.map { $0 == "\\" ? "/" : $0 })
    }

    /// The name of the part with a part's relationships: `xl/workbook.xml` has them in
    /// `xl/_rels/workbook.xml.rels`. An empty name stands for the package (ECMA-376 Part 2 §6.5.2).
    static func relationships(of part: String) -> String {
        let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        return part[..<slash] + "_rels/" + part[slash...] + ".rels"
    }

    /// The part a relationship of `source` points to, as a name without leading slash; it need not
    /// exist.
    ///
    /// Absolute targets count from the package's root, others from the source's folder; backslashes
    /// are taken for slashes, as some producers write them.
    static func resolve(_ target: String, from source: String) -> String {
        let target = of(target)
        var segments: [Substring] = []
        if !target.hasPrefix("/") { segments = source.split(separator: "/").dropLast() }
        for segment in target.split(separator: "/") {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        return segments.joined(separator: "/")
    }
}
