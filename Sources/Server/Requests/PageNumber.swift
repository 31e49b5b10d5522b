/// Which page of a list is shown to who asks for one: the last one there is, where it has fewer.
enum PageNumber {
    /// - Parameters:
    ///   - number: of the page asked for, from 1.
    ///   - count: all that the list has.
    static func shown(_ number: Int, of count: Int, each countMax: Int) -> Int {
        shown(number, each: countMax) { $0 < count }
    }

    /// The same of a list that nobody has counted.
    ///
    /// - Parameter isAny: whether it goes on behind so many.
    /// - Complexity: O(log pages) questions behind the last page, and one before.
    static func shown(
        _ number: Int, each countMax: Int, _ isAny: (Int) throws -> Bool
    ) rethrows -> Int {
        if try number == 1 || isAny((number - 1) * countMax) { return number }
        var (last, behind) = (1, number)
        while behind - last > 1 {
            let middle = (last + behind) / 2
            if try isAny((middle - 1) * countMax) { last = middle } else { behind = middle }
        }
        return last
    }
}
