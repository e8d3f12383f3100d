/// The names of the files that configure Ocuroot.
public enum ConfigFile {
    /// Declares packages, in any directory.
    public static let package = "package.ocu.star"
    /// Declares the repo, at its root.
    public static let repo = "repo.ocu.star"

    /// The directory whose package file `path` is, `""` for the root; nil when it is no package file.
    public static func packageDirectory(ofFile path: String) -> String? {
        if path == package { return "" }
        return path.hasSuffix("/" + package) ? String(path.dropLast(package.count + 1)) : nil
    }

    /// The path of a directory's package file.
    public static func packageFile(in directory: String) -> String {
        directory.isEmpty ? package : directory + "/" + package
    }
}
