/// What a cell is before rules about its meaning are asked.
enum CellForm: UInt8 {
    case blank
    /// A value of the field's type.
    case wellFormed
    /// A finding says what is wrong with it; nothing else is judged by it.
    case malformed
    /// The word that empties a field on an update.
    case clear
    /// Something that nobody can set stands there; it is left alone.
    case readOnly
}
