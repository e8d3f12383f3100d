import Model
import Postgres

extension Identifier: PostgresBindable {}
extension Identifier: PostgresDecodable {}
extension Name: PostgresBindable {}
extension Name: PostgresDecodable {}

extension GitID: PostgresBindable {
    /// `text`, in hexadecimal.
    public static var postgresType: PostgresType { .text }
    /// The hexadecimal form.
    public var postgresBytes: [UInt8]? { Array(hex.utf8) }
}

extension GitID: PostgresDecodable {
    /// Reads the hexadecimal form.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> GitID {
        guard let id = GitID(hex: try value.text()) else {
            throw PostgresValue.Mismatch("it is not the id of a git object")
        }
        return id
    }
}

extension Build.State: PostgresBindable {}
extension Build.State: PostgresDecodable {}
extension Change.State: PostgresBindable {}
extension Change.State: PostgresDecodable {}
extension Deployment.Kind: PostgresBindable {}
extension Deployment.Kind: PostgresDecodable {}
extension Deployment.State: PostgresBindable {}
extension Deployment.State: PostgresDecodable {}
extension GitHost: PostgresBindable {}
extension GitHost: PostgresDecodable {}
extension Notice.State: PostgresBindable {}
extension Notice.State: PostgresDecodable {}
extension NoticeTarget.Kind: PostgresBindable {}
extension NoticeTarget.Kind: PostgresDecodable {}
extension PackageFunction: PostgresBindable {}
extension PackageFunction: PostgresDecodable {}
extension Run.Kind: PostgresBindable {}
extension Run.Kind: PostgresDecodable {}
extension Run.State: PostgresBindable {}
extension Run.State: PostgresDecodable {}
extension SyncCondition.Kind: PostgresBindable {}
extension SyncCondition.Kind: PostgresDecodable {}
extension WebhookDelivery.Kind: PostgresBindable {}
extension WebhookDelivery.Kind: PostgresDecodable {}
extension Restraint.Kind: PostgresBindable {}
extension Restraint.Kind: PostgresDecodable {}
extension SteeringReport.State: PostgresBindable {}
extension SteeringReport.State: PostgresDecodable {}
