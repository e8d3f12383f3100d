import ObjectStore
import Testing

@Suite struct S3AddressTests {
    @Test func `an address names bucket, prefix, endpoint and region`() throws {
        let address = try S3Address("s3://my.bucket-1/ocuroot/prod/?endpoint=http://127.0.0.1:8333/&region=eu-x")
        #expect(address.bucket == "my.bucket-1")
        #expect(address.prefix == "ocuroot/prod")
        #expect(address.endpoint == "http://127.0.0.1:8333")
        #expect(address.region == "eu-x")
        #expect(try S3Address(address.description) == address)
        #expect(try S3Address("s3://abc?endpoint=https%3A%2F%2Fs3.example").endpoint == "https://s3.example")
    }

    @Test func `without options it is Amazon's`() throws {
        #expect(try S3Address("s3://abc").endpoint == "https://s3.us-east-1.amazonaws.com")
        #expect(try S3Address("s3://abc?region=eu-central-1").endpoint == "https://s3.eu-central-1.amazonaws.com")
    }

    @Test(arguments: [
        "s3://", "s3:///abc", "s3://ab", "s3://ABC", "s3://-abc", "s3://abc/../x", "s3://abc?endpoint=ftp://x",
        "s3://abc?endpoint=http://", "s3://abc?endpoint=http://h/path", "s3://abc?endpoint=http://u:p@h",
        "s3://abc?region=", "s3://abc?region=a/b", "s3://abc?region=a&region=b", "s3://abc?acl=x", "s3://abc?endpoint",
        "s3://abc?endpoint=%zz", "s4://abc", "http://abc", "", "gs://abc",
    ])
    func `an address that cannot be understood is refused with the form to use`(text: String) async {
        let error = await expectObjectStoreError(.invalidAddress) {
            if case .directory = try ObjectStoreAddress(text) { Issue.record("taken for a directory") }
        }
        #expect(error?.description.contains("s3://BUCKET") == true)
    }

    @Test func `everything else is a directory`() throws {
        #expect(try ObjectStoreAddress("/var/lib/x") == .directory(path: "/var/lib/x"))
        #expect(try ObjectStoreAddress("s3://abc") == .s3(S3Address("s3://abc")))
    }
}
