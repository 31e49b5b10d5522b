import Catalogue
import Ledger
import Portals
import Spreadsheet
import Validation

/// Tells of lists that were loaded long ago.
struct ListAges {
    /// Days after which a list is old: new customers come every week.
    static let dayCountMax = 7

    let today: CivilDate

    func findings(_ lists: [RememberedList], of definition: Definition) -> [FileFinding] {
        lists.compactMap { list in
            guard
                let directory = definition.directories.first(where: { $0.id == list.directory }),
                let date = CivilDate(iso: String(list.stamp.time.prefix(10))),
                let lastDay = date.adding(days: Self.dayCountMax), lastDay < today
            else { return nil }
            let arguments = [
                "list": directory.title.text(in: "en"), "date": date.description,
            ]
            return FileFinding(.directoryStale, arguments: arguments)
        }
    }
}
