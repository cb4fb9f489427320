using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _authority = Certificates.Authority();
    private readonly RawServer _server = RawServer.Answering(200, Engine.Answer("one"));
    private readonly string _authorityFile;

    public TlsTests() => _authorityFile = Certificates.Save(_authority);

    public static TheoryData<string, string[], string> BadCertificates => new()
    {
        { "self-signed", ["self-signed"], "-CertificateAuthorityPath" },
        { "unknown authority", ["comes from an authority that is not trusted here (CN=Elsewhere)"], "-CertificateAuthorityPath" },
        { "another name", ["is for other.example, not for localhost"], "Connect to a name" },
        { "expired", ["expired on 20"], "renew" },
        { "too early", ["is not valid before 20"], "clock" },
        { "expired and another name", ["is for other.example, not for localhost, and expired on"], "renew" },
    };

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task Call_CertificateThatIsNotValid_SaysWhyAndIsNotTriedAgain(string kind, string[] reasons, string advice)
    {
        using X509Certificate2 other = Certificates.Authority("Elsewhere");
        using X509Certificate2 certificate = kind switch
        {
            "self-signed" => Certificates.For("localhost"),
            "unknown authority" => Certificates.For("localhost", other),
            "another name" => Certificates.For("other.example", _authority),
            "expired" => Certificates.For("localhost", _authority, Certificates.LongAgo, Certificates.LongAgo.AddDays(30)),
            "too early" => Certificates.For("localhost", _authority, DateTimeOffset.UtcNow.AddDays(10)),
            _ => Certificates.For("other.example", _authority, Certificates.LongAgo, Certificates.LongAgo.AddDays(30)),
        };
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate);
        using ServiceConnection connection = Connect(front, maxRetry: 3);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.All(reasons, reason => Assert.Contains(reason, failure.Message, StringComparison.Ordinal));
        Assert.Contains(advice, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((1, 1), (failure.Attempts, front.Connections));
        Assert.Empty(_server.Exchanges);
    }

    [Fact]
    public async Task Call_CertificateOfAnUnknownAuthority_WithoutAnyOfOurOwnNamesTheParameter()
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate);
        using ServiceConnection connection = Engine.Connect(front.BaseUri);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Contains("(CN=Test Authority)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-CertificateAuthorityPath", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_AuthorityOfTheUsersOwn_IsTrusted(bool asDer)
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate);
        if (asDer)
        {
            await File.WriteAllBytesAsync(_authorityFile, _authority.Export(X509ContentType.Cert));
        }

        using ServiceConnection connection = Connect(front);

        Assert.Equal("one", (await connection.CompleteAsync()).Text);
        Assert.Equal("Bearer " + Engine.Key, Assert.Single(_server.Exchanges).Header("Authorization"));
    }

    [Fact]
    public async Task Call_ServiceThatDemandsACertificate_GetsTheOneGiven()
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using X509Certificate2 own = Certificates.For("runbook-7");
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate, demandsCertificate: true);
        using ServiceConnection connection = Connect(front, own);

        Assert.Equal("one", (await connection.CompleteAsync()).Text);
        Assert.Equal(["CN=runbook-7"], front.Handshakes.Select(handshake => handshake.Client).Distinct());
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Call_ServiceThatDemandsACertificate_WithoutOneFails(SslProtocols protocol)
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate, protocol, demandsCertificate: true);
        using ServiceConnection connection = Connect(front);

        Assert.Equal(ErrorIds.ConnectionFailed, (await connection.FailAsync()).ErrorId);
        Assert.Empty(_server.Exchanges);
    }

    [Fact]
    public void Validate_ClientCertificateWithoutItsKey_IsRefused()
    {
        using X509Certificate2 own = Certificates.For("runbook-7");
        using X509Certificate2 shown = X509CertificateLoader.LoadCertificate(own.Export(X509ContentType.Cert));

        ChatServiceException failure = Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, ClientCertificate = shown }.Validate());

        Assert.StartsWith("-ClientCertificate: the certificate 'CN=runbook-7' has no private key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ClientCertificateOverPlainHttp_IsRefused()
    {
        using X509Certificate2 own = Certificates.For("runbook-7");

        ChatServiceException failure = Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = _server.BaseUri, ClientCertificate = own }.Validate());

        Assert.StartsWith("-ClientCertificate", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2", SslProtocols.Tls12 | SslProtocols.Tls13, SslProtocols.Tls13)]
    [InlineData("1.2", SslProtocols.Tls12, SslProtocols.Tls12)]
    [InlineData("1.3", SslProtocols.Tls12 | SslProtocols.Tls13, SslProtocols.Tls13)]
    public async Task Call_ServiceWithAVersionOfTlsThatWillDo_GetsTheNewest(string least, SslProtocols offered, SslProtocols spoken)
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate, offered);
        using ServiceConnection connection = Connect(front, least: least);

        Assert.Equal("one", (await connection.CompleteAsync()).Text);

        // A pool that learns that there is no HTTP/2 may open a second connection beside the first.
        Assert.Equal([spoken], front.Handshakes.Select(handshake => handshake.Protocol).Distinct());
    }

    [Fact]
    public async Task Call_ServiceBelowTheLeastVersionOfTls_FailsAtOnce()
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate, SslProtocols.Tls12);
        using ServiceConnection connection = Connect(front, maxRetry: 3, least: "1.3");

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.ConnectionFailed, 1), (failure.ErrorId, failure.Attempts));
        Assert.Contains("TLS 1.3 or later", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("1.4")]
    [InlineData("1.2.0")]
    public void Validate_AnotherVersionOfTls_IsRefused(string version) => Assert.StartsWith(
        $"-MinimumTlsVersion is {version};", Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, MinimumTlsVersion = Version.Parse(version) }.Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void CreateHandler_AnySettings_NeverSpeaksOldTlsNorFollowsByItself()
    {
        using SocketsHttpHandler handler = Assert.IsType<SocketsHttpHandler>(Transport.CreateHandler(new ConnectionSettings { Dialect = KnownDialects.OpenAI }));

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
        Assert.False(handler.AllowAutoRedirect);
        Assert.True(handler.EnableMultipleHttp2Connections);
    }

    [Fact]
    public async Task Call_ServiceThatOffersHttp2_IsAskedInIt()
    {
        using X509Certificate2 certificate = Certificates.For("localhost", _authority);
        using TlsFront front = TlsFront.Start(_server.BaseUri, certificate, offersHttp2: true);
        using ServiceConnection connection = Connect(front);

        Assert.Equal("two", (await connection.CompleteAsync()).Text);
        Assert.Equal("two", (await connection.CompleteAsync()).Text);
        Assert.Equal("h2", Assert.Single(front.Handshakes).Application);
    }

    [Fact]
    public async Task Call_PlainHttp_IsAskedInHttp11()
    {
        using ServiceConnection connection = Engine.Connect(_server);

        await connection.CompleteAsync();

        Assert.EndsWith(" HTTP/1.1", Assert.Single(_server.Exchanges).Head.Split("\r\n")[0], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        File.Delete(_authorityFile);
        _server.Dispose();
        _authority.Dispose();
    }

    private ServiceConnection Connect(TlsFront front, X509Certificate2? own = null, int maxRetry = 0, string least = "1.2") => Engine.Connect(new ConnectionSettings
    {
        Dialect = KnownDialects.OpenAI,
        BaseUri = front.BaseUri,
        Key = Engine.Secret(Engine.Key),
        Model = "m",
        MaxRetry = maxRetry,
        CertificateAuthorityPath = _authorityFile,
        ClientCertificate = own,
        MinimumTlsVersion = Version.Parse(least),
    });
}
