import Catalogue
import Validation

extension Messages {
    /// A price with what it is for: `12.50 GBP a month`.
    ///
    /// - Parameters:
    ///   - period: as the list of prices has it: `month`; nil: it is paid once.
    ///   - day: from when it counts, in ISO 8601; nil: now.
    func price(_ price: String, period: String?, from day: String? = nil) -> String {
        let price =
            switch period {
            case nil: price
            case "month": fragment("price.month", ["price": price])
            case "year": fragment("price.year", ["price": price])
            case .some(let period): "\(price) / \(period)"
            }
        guard let day else { return price }
        return fragment("price.from", ["price": price, "date": DayText.text(day, in: language)])
    }
}
