/// The bounds that hold for every bucket.
public enum ObjectLimits {
    /// The longest object that can be stored: 64 MiB, each in one request.
    public static let objectBytesMax = 64 << 20
    /// The most objects on one page of a listing.
    public static let pageCountMax = 1000
}
