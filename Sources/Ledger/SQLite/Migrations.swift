import GRDB

/// The shapes the ledger had, one migration each. None is ever changed.
enum Migrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        let shapes = [
            ("1", first), ("2", second), ("3", third), ("4", fourth), ("5", fifth), ("6", sixth),
            ("7", seventh), ("8", eighth), ("9", ninth), ("10", tenth), ("11", eleventh),
            ("12", twelfth), ("13", thirteenth), ("14", fourteenth),
        ]
        for (name, statements) in shapes {
            migrator.registerMigration(name) { database in
                for statement in statements { try database.execute(sql: statement) }
            }
        }
        return migrator
    }

    private static let first = [
        """
        CREATE TABLE scopes (
            id INTEGER PRIMARY KEY,
            reseller TEXT NOT NULL,
            portal TEXT NOT NULL,
            -- Grows with every change of what is known.
            revision INTEGER NOT NULL DEFAULT 0,
            -- What `lookups` are made of; another text means to make them anew.
            signature TEXT NOT NULL DEFAULT '',
            UNIQUE (reseller, portal)
        )
        """,
        """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY,
            scope INTEGER NOT NULL REFERENCES scopes,
            number INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            -- upload, adoption
            kind TEXT NOT NULL,
            workbook TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            version INTEGER NOT NULL,
            actor TEXT NOT NULL,
            time TEXT NOT NULL,
            counts TEXT NOT NULL,
            effects TEXT NOT NULL,
            folder TEXT NOT NULL,
            -- Of the kept files.
            name TEXT NOT NULL
        )
        """,
        "CREATE INDEX attempts_of_scope ON attempts (scope, number, attempt)",
        """
        CREATE TABLE records (
            id INTEGER PRIMARY KEY,
            scope INTEGER NOT NULL REFERENCES scopes,
            sheet TEXT NOT NULL,
            -- What exports call it by.
            uid TEXT NOT NULL UNIQUE,
            -- 0 known, 1 refused, 2 undone, 3 deleted
            state INTEGER NOT NULL,
            field_values BLOB NOT NULL,
            -- What made it, and what changed it last, with the row of the workbook that did.
            attempt INTEGER NOT NULL REFERENCES attempts,
            row INTEGER NOT NULL,
            changed INTEGER NOT NULL REFERENCES attempts,
            changed_row INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX records_of_scope ON records (scope, sheet, state)",
        """
        CREATE TABLE lookups (
            scope INTEGER NOT NULL,
            sheet TEXT NOT NULL,
            name TEXT NOT NULL,
            value BLOB NOT NULL,
            record INTEGER NOT NULL REFERENCES records,
            PRIMARY KEY (scope, sheet, name, value, record)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            record INTEGER NOT NULL REFERENCES records,
            attempt INTEGER NOT NULL REFERENCES attempts,
            sheet TEXT NOT NULL,
            row INTEGER NOT NULL,
            -- 0 created, 1 updated, 2 deleted
            kind INTEGER NOT NULL,
            -- What the changed fields said before.
            field_values BLOB NOT NULL,
            -- 0 standing, 1 taken back
            state INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX changes_of_attempt ON changes (attempt, sheet, row)",
        "CREATE INDEX changes_of_record ON changes (record)",
        """
        CREATE TABLE operations (
            attempt INTEGER NOT NULL REFERENCES attempts,
            sequence INTEGER NOT NULL,
            name TEXT NOT NULL,
            operation TEXT NOT NULL,
            kind TEXT NOT NULL,
            sheet TEXT NOT NULL,
            row INTEGER NOT NULL,
            idempotency BLOB NOT NULL,
            held INTEGER NOT NULL,
            -- 0 ready, 1 handed over, 2 done, 3 refused, 4 unknown
            state INTEGER NOT NULL DEFAULT 0,
            note TEXT,
            PRIMARY KEY (attempt, sequence)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE outcomes (
            name TEXT PRIMARY KEY,
            folder TEXT NOT NULL,
            -- 0 under way, 1 accepted, 2 withdrawn
            state INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE lists (
            scope INTEGER NOT NULL REFERENCES scopes,
            directory TEXT NOT NULL,
            source TEXT NOT NULL,
            actor TEXT NOT NULL,
            time TEXT NOT NULL,
            count INTEGER NOT NULL,
            lines BLOB NOT NULL,
            PRIMARY KEY (scope, directory)
        )
        """,
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            reseller TEXT NOT NULL,
            portal TEXT NOT NULL,
            actor TEXT NOT NULL,
            time TEXT NOT NULL,
            action TEXT NOT NULL,
            object TEXT NOT NULL,
            outcome TEXT NOT NULL,
            -- Of this entry and the one before it.
            hash TEXT NOT NULL
        )
        """,
        """
        CREATE TRIGGER audit_stays_whole BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END
        """,
        """
        CREATE TRIGGER audit_stays_same BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END
        """,
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
        "INSERT INTO secrets (name, value) VALUES ('audit', randomblob(32))",
    ]

    /// Who signs in, and what they uploaded.
    private static let second = [
        """
        CREATE TABLE accounts (
            id INTEGER PRIMARY KEY,
            reseller TEXT NOT NULL,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            -- 0 user, 1 admin, 2 site
            role INTEGER NOT NULL,
            password TEXT NOT NULL,
            disabled INTEGER NOT NULL DEFAULT 0
        )
        """,
        """
        CREATE TABLE links (
            digest TEXT PRIMARY KEY,
            -- NULL: the first account.
            account INTEGER REFERENCES accounts,
            until INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE sessions (
            digest TEXT PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES accounts,
            begun INTEGER NOT NULL,
            seen INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        "CREATE INDEX sessions_of_account ON sessions (account)",
        """
        CREATE TABLE uploads (
            id TEXT NOT NULL UNIQUE,
            reseller TEXT NOT NULL,
            portal TEXT NOT NULL,
            workbook TEXT NOT NULL,
            actor TEXT NOT NULL,
            time TEXT NOT NULL,
            language TEXT NOT NULL,
            -- 0 waiting, 1 checking, 2 judged, 3 failed, 4 accepting, 5 accepted, 6 cancelled
            state INTEGER NOT NULL,
            changed INTEGER NOT NULL DEFAULT 0,
            hidden TEXT NOT NULL DEFAULT '',
            approval TEXT NOT NULL DEFAULT '',
            attempt TEXT
        )
        """,
        "CREATE INDEX uploads_of_reseller ON uploads (reseller, portal)",
        "CREATE INDEX uploads_by_state ON uploads (state)",
    ]

    /// Programs that people let in, and what they asked for.
    private static let third = [
        """
        CREATE TABLE tokens (
            id INTEGER PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES accounts,
            name TEXT NOT NULL,
            digest TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            used INTEGER,
            revoked INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX tokens_of_account ON tokens (account)",
        """
        CREATE TABLE requests (
            account INTEGER NOT NULL REFERENCES accounts,
            key TEXT NOT NULL,
            -- Of all that was asked for.
            digest TEXT NOT NULL,
            time INTEGER NOT NULL,
            status INTEGER NOT NULL,
            location TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (account, key)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX requests_by_time ON requests (time)",
    ]

    /// What became of a row, and which record it made.
    private static let fourth = [
        "CREATE INDEX operations_of_row ON operations (attempt, sheet, row, state)",
        "CREATE INDEX records_of_row ON records (attempt, sheet, row)",
    ]

    /// What holds of a portal without being said.
    private static let fifth = [
        """
        CREATE TABLE settings (
            scope INTEGER PRIMARY KEY REFERENCES scopes,
            source TEXT NOT NULL,
            actor TEXT NOT NULL,
            time TEXT NOT NULL,
            -- YAML, as a settings file says them, and its hash.
            text TEXT NOT NULL,
            sha256 TEXT NOT NULL
        )
        """
    ]

    /// Steps that wait for nothing but time.
    private static let sixth = ["ALTER TABLE operations ADD COLUMN held_until TEXT"]

    /// What the administrator of a site allows.
    private static let seventh = [
        """
        CREATE TABLE limits (
            -- Empty: all.
            reseller TEXT NOT NULL,
            -- size, rows, waiting, days
            name TEXT NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (reseller, name)
        ) WITHOUT ROWID
        """
    ]

    /// When somebody said last what became of a step. Of what was said before, all that is
    /// remembered is the last time of its batch.
    private static let eighth = [
        "ALTER TABLE operations ADD COLUMN recorded TEXT",
        """
        UPDATE operations SET recorded = said.time FROM (
            SELECT attempts.id AS attempt, max(audit.time) AS time
            FROM audit JOIN scopes USING (reseller, portal)
            JOIN attempts ON scope = scopes.id AND number = CAST(object AS INTEGER)
            AND number || '.' || attempts.attempt = object
            WHERE action = 'done' GROUP BY attempts.id
        ) AS said WHERE operations.attempt = said.attempt AND state <> 0
        """,
    ]

    /// Who said what became of a step, and what taking back a refusal brings back.
    private static let ninth = [
        "ALTER TABLE operations ADD COLUMN actor TEXT",
        // The states of a change that is taken back: 1, its values are what it had made of the
        // record; 2, it had no effect by then; 3, nobody kept what it had made.
        "UPDATE changes SET state = 3 WHERE state = 1",
    ]

    /// Which uploads still want something of somebody.
    private static let tenth = [
        // 0 open, 1 put aside, 2 replaced, 3 done
        "ALTER TABLE uploads ADD COLUMN standing INTEGER NOT NULL DEFAULT 0",
        // The upload that it is a newer try of.
        "ALTER TABLE uploads ADD COLUMN predecessor TEXT",
        "UPDATE uploads SET standing = 3 WHERE state = 5",
        "CREATE INDEX uploads_open ON uploads (reseller) WHERE standing = 0",
        "CREATE INDEX operations_open ON operations (attempt) WHERE state IN (0, 1)",
    ]

    /// Links are remembered, and what rows make beside what they are about.
    private static let eleventh = [
        // Whether all its links are remembered: not of what was known before they were.
        "ALTER TABLE records ADD COLUMN knows_links INTEGER NOT NULL DEFAULT 0",
        // Of the row that made it; null: the record's own.
        "ALTER TABLE records ADD COLUMN row_sheet TEXT",
        "CREATE INDEX records_of_others ON records (scope, sheet) WHERE row_sheet IS NOT NULL",
    ]

    /// What comes back with a refusal that somebody takes back, and who took uploads back.
    private static let twelfth = [
        """
        CREATE TABLE fallen (
            attempt INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            -- As the step was before.
            state INTEGER NOT NULL,
            note TEXT,
            actor TEXT,
            recorded TEXT,
            -- The row that it fell with.
            with_attempt INTEGER NOT NULL,
            with_sheet TEXT NOT NULL,
            with_row INTEGER NOT NULL,
            PRIMARY KEY (attempt, sequence)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE undoings (
            id INTEGER PRIMARY KEY,
            attempt INTEGER NOT NULL REFERENCES attempts,
            -- Whose steps take back what the portal had done; null where it had done nothing.
            counter INTEGER REFERENCES attempts,
            -- How many steps were called off.
            count INTEGER NOT NULL,
            note TEXT,
            actor TEXT NOT NULL,
            time TEXT NOT NULL
        )
        """,
        "CREATE INDEX operations_unknown ON operations (attempt) WHERE state = 4",
        "CREATE INDEX undoings_of_attempt ON undoings (attempt)",
        "CREATE INDEX undoings_by_counter ON undoings (counter)",
        "CREATE INDEX fallen_with ON fallen (with_attempt, with_sheet, with_row)",
    ]

    /// What comes about by a step that is done once, and what somebody takes back by hand.
    private static let thirteenth = [
        // The step that is done once by which it comes about; null: those of its row.
        "ALTER TABLE changes ADD COLUMN step INTEGER",
        // What is done once is a row of no sheet, by the number of its step.
        "UPDATE operations SET row = sequence WHERE sheet = ''",
        """
        CREATE TABLE remainders (
            undoing INTEGER NOT NULL REFERENCES undoings,
            record INTEGER NOT NULL REFERENCES records,
            -- Who took it back by hand, and when; null while nobody did.
            actor TEXT,
            time TEXT,
            PRIMARY KEY (undoing, record)
        ) WITHOUT ROWID
        """,
    ]

    /// What is to be done by hand.
    private static let fourteenth = [
        // What was done to the record; null where nobody kept that.
        "ALTER TABLE remainders ADD COLUMN kind INTEGER",
        // What it said before, as records keep their fields.
        "ALTER TABLE remainders ADD COLUMN before TEXT NOT NULL DEFAULT ''",
    ]
}
