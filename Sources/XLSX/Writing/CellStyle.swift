/// How a cell looks and behaves. Equal styles are one style in the file.
package struct CellStyle: Hashable, Sendable {
    /// The number format's code; `General` and other built-in codes become their ids.
    package var numberFormat = "General"
    package var font = Font()
    /// The colour of the ground; nil for none.
    package var fill: Color?
    /// A line around all four sides; nil for none.
    package var border: Border?
    package var horizontal: HorizontalAlignment?
    package var vertical: VerticalAlignment?
    /// Whether long text continues on a next line.
    package var wrapsText = false
    /// Whether the cell is text however it begins. Set for every text that starts like a formula.
    package var hasQuotePrefix = false
    /// Whether a protected sheet keeps the cell from being changed.
    package var isLocked = true

    package init() {}

    /// This style with some things changed.
    package func with(_ change: (inout CellStyle) -> Void) -> CellStyle {
        var style = self
        change(&style)
        return style
    }

    /// How letters look.
    package struct Font: Hashable, Sendable {
        package var isBold = false
        package var isItalic = false
        package var isUnderlined = false
        /// In points.
        package var size = 11
        /// Nil for the reader's own.
        package var color: Color?

        package init() {}
    }

    /// A colour as `0xRRGGBB`.
    package struct Color: Hashable, Sendable {
        package let rgb: UInt32

        package init(_ rgb: UInt32) {
            self.rgb = rgb & 0xFF_FFFF
        }

        /// Opaque, as the file writes it: `FFRRGGBB`.
        var text: String {
            let digits = String(rgb, radix: 16, uppercase: true)
            return "FF" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
        }
    }

    /// A line around a cell.
    package struct Border: Hashable, Sendable {
        /// How thick it is (ECMA-376 Part 1 §18.18.3).
        package enum Line: String, Sendable {
            case thin, medium, thick, dashed, dotted, double, hair
        }

        package var line: Line
        package var color: Color

        package init(_ line: Line, _ color: Color) {
            self.line = line
            self.color = color
        }
    }

    /// Where text stands between left and right (ECMA-376 Part 1 §18.18.40).
    package enum HorizontalAlignment: String, Sendable {
        case left, center, right
    }

    /// Where text stands between top and bottom (ECMA-376 Part 1 §18.18.88).
    package enum VerticalAlignment: String, Sendable {
        case top, center, bottom
    }
}

extension CellStyle {
    /// As a new workbook has it.
    package static let plain = CellStyle()

    /// A column's title: bold on grey, in the middle, wrapped.
    package static let header = plain.with { style in
        style.font.isBold = true
        style.fill = Color(0xE7E6E6)
        style.vertical = .center
        style.wrapsText = true
    }

    /// Text that stays what was typed, such as `007`.
    package static let text = plain.with { $0.numberFormat = "@" }
}
