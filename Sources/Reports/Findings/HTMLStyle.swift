/// The look of an HTML report. Severity shows by its word and the line at the side, not by colour
/// alone; a table's head comes back on every printed page.
enum HTMLStyle {
    static let text = """
        :root { color-scheme: light dark; --line: #767676; --error: #b3261e; --warning: #8a5a00;
          --info: #1f5f9e; }
        @media (prefers-color-scheme: dark) {
          :root { --line: #9a9a9a; --error: #ffb4ab; --warning: #ffcf70; --info: #a8c9ff; }
        }
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
        h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
        .counts { font-size: 1.25rem; font-weight: 600; }
        li { white-space: pre-wrap; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: start;
          vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; }
        tbody th { font-weight: 600; }
        code { font-size: .85em; white-space: nowrap; }
        .error th { border-inline-start: .35rem solid var(--error); }
        .error strong { color: var(--error); }
        .warning th { border-inline-start: .35rem double var(--warning); }
        .warning strong { color: var(--warning); }
        .info th { border-inline-start: .35rem dotted var(--info); }
        .info strong { color: var(--info); }
        @media print {
          main { max-width: none; padding: 0; }
          body { font-size: 10pt; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
        }
        """
}
