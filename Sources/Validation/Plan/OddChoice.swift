import Catalogue
import Portals

/// A cell with none of its column's choices.
///
/// Where nothing may stand at all, that is said of it, and no choice is offered: which is known
/// once the other cells of the row are judged.
struct OddChoice: Sendable {
    let place: Place
    let detail: FindingDetail

    /// Reports those of the sheet being judged.
    static func judge(_ judging: inout Judging) {
        for odd in judging.oddChoices where odd.place.sheet == judging.sheet {
            guard let row = odd.place.row, let field = odd.place.field else { continue }
            let forbidden = judging.sheetPlan.fieldRules[field].lazy
                .compactMap { $0 as? ForbiddenRule }
                .first { $0.isError && $0.isAgainst(row, judging) }
            if let forbidden {
                forbidden.report(row, field, &judging)
            } else {
                judging.report(.cellNotInList, at: odd.place, detail: odd.detail)
            }
        }
    }
}
