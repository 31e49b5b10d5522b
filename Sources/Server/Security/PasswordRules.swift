import Crypto
import Foundation

/// What a password that somebody chooses must be like (NIST SP 800-63B-4, 3.1.1.2): long enough,
/// not too long to be worked out, and none of those that are tried first.
enum PasswordRules {
    /// Of the digests below, in hexadecimal digits.
    private static let digestSize = 10

    /// The beginnings of the SHA-256 of the 3,000 passwords of 8 characters or more that leaked
    /// most often, in small letters: nobody need read them.
    private static let common: Set<Substring> = {
        let path = "Security/CommonPasswords.txt"
        let text = EmbeddedText.files.first { $0.path == path }?.text ?? ""
        return Set(text.split(separator: "\n"))
    }()

    /// What is wrong with a password, as a key of the texts; nil for a good one.
    static func fault(_ password: String) -> String? {
        if password.count < SiteLimits.passwordLengthMin { return "error.password_short" }
        if password.utf8.count > SiteLimits.passwordSizeMax { return "error.password_long" }
        let digest = SHA256.hash(data: Data(password.lowercased().utf8))
        let start = Secret.hex(Array(digest)).prefix(digestSize)
        return common.contains(start) ? "error.password_common" : nil
    }
}
