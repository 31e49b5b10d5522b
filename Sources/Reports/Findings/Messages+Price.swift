import Catalogue

extension Messages {
    /// A price with what it is for: `12.50 GBP a month`.
    ///
    /// - Parameter period: as the list of prices has it: `month`; nil: it is paid once.
    func price(_ price: String, period: String?) -> String {
        switch period {
        case nil: price
        case "month": fragment("price.month", ["price": price])
        case "year": fragment("price.year", ["price": price])
        case .some(let period): "\(price) / \(period)"
        }
    }
}
