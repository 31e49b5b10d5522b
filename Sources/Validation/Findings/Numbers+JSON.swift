package import JSON
import Portals

extension RowCounts {
    /// Appends the members of the object `counts`.
    package func write(to json: inout JSONWriter) {
        json.member("rows", rows)
        json.member("accepted", accepted)
        json.member("rejected", rejected)
        json.member("unchanged", unchanged)
        json.member("leftOut", leftOut)
        json.member("blank", blank)
        json.member("hidden", hidden)
    }
}

extension Effects {
    /// Appends the members of the object `effects`. A price that is not known is null.
    package func write(to json: inout JSONWriter) {
        json.member("added", added)
        json.member("updated", updated)
        json.member("deleted", deleted)
        json.list("changes", changes) { json, change in
            json.member("sheet", change.sheet)
            json.member("action", change.action.rawValue)
            json.member("count", change.count)
        }
        json.list("paid", paid) { json, package in
            json.member("package", package.name)
            json.member("count", package.count)
            json.member("price", package.price)
            json.member("currency", package.currency)
            json.member("per", package.period)
            json.member("sum", package.sum)
            if let day = package.validFrom { json.member("validFrom", day) }
        }
        json.member("paidCount", paidCount)
        json.list("trials", trials) { json, trial in
            json.member("date", trial.date)
            json.member("count", trial.count)
        }
        json.list("mails", mails) { json, mail in
            json.member("kind", mail.kind)
            json.member("count", mail.count)
        }
    }
}
