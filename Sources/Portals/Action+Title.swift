extension Action {
    /// The word for it in an `Action` column, in every language of the templates.
    package var title: LocalizedText {
        LocalizedText(byLanguage: ["en": rawValue, "de": german])
    }

    private var german: String {
        switch self {
        case .create: "Anlegen"
        case .update: "Ändern"
        case .delete: "Löschen"
        case .invite: "Einladen"
        case .resetPassword: "Passwort zurücksetzen"
        case .link: "Zuordnen"
        case .unlink: "Zuordnung aufheben"
        case .accept: "Annehmen"
        case .decline: "Ablehnen"
        case .givePersonalRoom: "Eigenen Raum geben"
        }
    }
}
