using System.Net;
using System.Security.Cryptography.X509Certificates;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

public sealed class ProxyTests
{
    private static readonly Uri Plain = new("http://api.test.example/v1");

    [Theory]
    [InlineData("api.test.example", "https://api.test.example/v1")]
    [InlineData("API.Test.Example", "https://api.test.example/v1")]
    [InlineData("api.test.example", "https://api.test.example.:8443/v1")]
    [InlineData("*.test.example", "https://api.test.example/v1")]
    [InlineData("*.test.example", "https://a.b.test.example/v1")]
    [InlineData(".test.example", "https://api.test.example/v1")]
    [InlineData(".test.example", "https://test.example/v1")]
    [InlineData("api.*.example", "https://api.test.example/v1")]
    [InlineData("*", "https://api.test.example/v1")]
    [InlineData("10.0.0.0/8", "http://10.1.2.3/v1")]
    [InlineData("10.1.2.3", "http://10.1.2.3:8080/v1")]
    [InlineData("10.1.2.3/32", "http://10.1.2.3/v1")]
    [InlineData("172.16.0.0/12", "http://172.31.255.255/v1")]
    [InlineData("0.0.0.0/0", "http://8.8.8.8/v1")]
    [InlineData("10.*", "http://10.1.2.3/v1")]
    [InlineData("fd00::/8", "http://[fd12::1]/v1")]
    [InlineData("[fd12::1]", "http://[fd12::1]:8080/v1")]
    [InlineData("one.example, 10.0.0.0/8;api.test.example", "http://api.test.example/v1")]
    public void Covers_HostThatIsListed_IsTrue(string entry, string address) => Assert.True(ProxyBypass.Covers([entry], new Uri(address)));

    [Theory]
    [InlineData("api.test.example", "https://api.test.example.org/v1")]
    [InlineData("api.test.example", "https://xapi.test.example/v1")]
    [InlineData("test.example", "https://api.test.example/v1")]
    [InlineData("*.test.example", "https://test.example/v1")]
    [InlineData(".test.example", "https://contest.example/v1")]
    [InlineData("api.test.example", "https://apixtest.example/v1")]
    [InlineData("10.0.0.0/8", "http://11.0.0.1/v1")]
    [InlineData("172.16.0.0/12", "http://172.32.0.1/v1")]
    [InlineData("10.0.0.0/8", "http://10.test.example/v1")]
    [InlineData("10.0.0.0/8", "http://[fd12::1]/v1")]
    [InlineData("fd00::/8", "http://10.1.2.3/v1")]
    [InlineData("", "http://10.1.2.3/v1")]
    public void Covers_HostThatIsNot_IsFalse(string entry, string address) => Assert.False(ProxyBypass.Covers([entry], new Uri(address)));

    [Theory]
    [InlineData("http://api.test.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("test.example/8")]
    [InlineData("a\r\nb")]
    [InlineData("api.test.example:8080")]
    public void Validate_BypassThatMeansNothing_IsRefused(string entry) => Assert.StartsWith(
        "-ProxyBypass: '", Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, ProxyBypass = ["ok.example", entry] }.Validate()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://ann:sk-test-secret@proxy.example:8080")]
    [InlineData("ftp://proxy.example")]
    [InlineData("file:///proxy")]
    public void Validate_ProxyThatIsNone_IsRefusedWithoutItsSecret(string proxy)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, Proxy = new Uri(proxy) }.Validate());

        Assert.StartsWith("-Proxy: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-test-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ProxyThatAsksWhoIsCalling_IsToldAndLetsThrough(bool isTls)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("through"));
        using X509Certificate2 certificate = Certificates.For("api.test.example");
        using TlsFront front = TlsFront.Start(server.BaseUri, certificate);
        using ProxyServer proxy = ProxyServer.Start(isTls ? front.BaseUri : server.BaseUri, "ann:pass word");
        string authority = Certificates.Save(certificate);
        try
        {
            using ServiceConnection connection = Engine.Connect(new ConnectionSettings
            {
                Dialect = KnownDialects.OpenAI,
                BaseUri = isTls ? new Uri("https://api.test.example/v1") : Plain,
                Key = isTls ? Engine.Secret(Engine.Key) : null,
                Model = "m",
                MaxRetry = 0,
                Proxy = proxy.Address,
                ProxyCredential = new NetworkCredential("ann", "pass word"),
                CertificateAuthorityPath = authority,
            });

            ChatCompletion answer = await connection.CompleteAsync();

            Assert.Equal("through", answer.Text);
            Assert.StartsWith(isTls ? "CONNECT api.test.example:443 HTTP/1.1" : "POST http://api.test.example/v1/chat/completions HTTP/1.1", proxy.Requests.Last(), StringComparison.Ordinal);
            Assert.All(proxy.Requests, request => Assert.DoesNotContain(Engine.Key, request, StringComparison.Ordinal));
            Assert.True(!isTls || server.Exchanges[0].Header("Proxy-Authorization") is null);
        }
        finally
        {
            File.Delete(authority);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Call_ProxyThatDoesNotKnowTheCaller_IsAnErrorThatNamesTheParameter(bool isTls, bool withWrongPassword)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("through"));
        using ProxyServer proxy = ProxyServer.Start(server.BaseUri, "ann:password");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings
        {
            Dialect = KnownDialects.OpenAI,
            BaseUri = isTls ? new Uri("https://api.test.example/v1") : Plain,
            Model = "m",
            MaxRetry = 0,
            Proxy = proxy.Address,
            ProxyCredential = withWrongPassword ? new NetworkCredential("ann", "wrong-password") : null,
        });

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(isTls ? ErrorIds.ConnectionFailed : ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("407", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("*")]
    public async Task Call_HostThatIsListed_GoesPastTheProxy(string entry)
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("direct"));
        using ProxyServer proxy = ProxyServer.Start(server.BaseUri);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", Proxy = proxy.Address, ProxyBypass = [entry] });

        Assert.Equal("direct", (await connection.CompleteAsync()).Text);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Call_HostThatIsNotListed_GoesThroughTheProxy()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("through"));
        using ProxyServer proxy = ProxyServer.Start(server.BaseUri);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = Plain, Model = "m", Proxy = proxy.Address, ProxyBypass = ["other.example"] });

        Assert.Equal("through", (await connection.CompleteAsync()).Text);
        Assert.Single(proxy.Requests);
    }
}
