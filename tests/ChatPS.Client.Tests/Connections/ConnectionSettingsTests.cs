using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    [Theory]
    [InlineData("sk-test-a\nb", "a line break")]
    [InlineData("sk-test-a\r\n", "a line break")]
    [InlineData("sk-test-a b", "a blank")]
    [InlineData("sk-test-ä", "a character that no key has")]
    [InlineData("sk-test-\u200b", "a character that no key has")]
    [InlineData("sk-test-\t", "a character that no key has")]
    public void FromSecureString_KeyThatNoHeaderTakes_SaysWhyAndHidesIt(string key, string why)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => Engine.Secret(key));

        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-test", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromSecureString_Empty_IsNoKey() => Assert.Null(Engine.Secret(""));

    [Fact]
    public void ToString_OfAKey_IsAMask() => Assert.Equal("****", Engine.Secret(Engine.Key)!.ToString());

    [Theory]
    [InlineData("http://example.com/v1")]
    [InlineData("http://localhost.example.com/v1")]
    [InlineData("http://192.168.0.7:8080/v1")]
    public void Validate_KeyOverPlainHttpToAnotherMachine_IsRefused(string address) =>
        Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = new Uri(address), Key = Engine.Secret(Engine.Key) }.Validate());

    [Theory]
    [InlineData("http://127.0.0.1/v1", true, false)]
    [InlineData("https://example.com/v1", true, false)]
    [InlineData("http://example.com/v1", true, true)]
    [InlineData("http://example.com/v1", false, false)]
    public void Validate_KeyThatIsSafeOrAllowed_IsAccepted(string address, bool withKey, bool allowInsecure)
    {
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = new Uri(address), Key = withKey ? Engine.Secret(Engine.Key) : null, AllowInsecure = allowInsecure };

        Assert.Null(Record.Exception(settings.Validate));
    }

    public static TheoryData<string, string> BadHeaders => new()
    {
        { "", "v" },
        { "a b", "v" },
        { "a:b", "v" },
        { "näme", "v" },
        { "X-A\r\nX-B", "v" },
        { "X-A", "v\r\nX-B: w" },
        { "X-A", "v\n" },
        { "X-A", "v\0" },
        { "X-A", "v\u007f" },
        { "X-A", "wért" },
        { "X-A", "值" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void Validate_HeaderThatCannotBeSent_IsRefused(string name, string value)
    {
        Dictionary<string, string> headers = new() { [name] = value };

        Assert.Contains("-AdditionalHeader", Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, AdditionalHeader = headers }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("-AdditionalHeader", Engine.AssertInvalid(() => new CallSettings { AdditionalHeader = headers }.Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SettingOutOfRange_NamesItsParameter()
    {
        (ConnectionSettings Settings, string Parameter)[] all =
        [
            (new() { Dialect = KnownDialects.OpenAI, Timeout = TimeSpan.Zero }, "-TimeoutSec"),
            (new() { Dialect = KnownDialects.OpenAI, Timeout = TimeSpan.FromSeconds(-1) }, "-TimeoutSec"),
            (new() { Dialect = KnownDialects.OpenAI, Timeout = TimeSpan.FromDays(8) }, "-TimeoutSec"),
            (new() { Dialect = KnownDialects.OpenAI, MaxRetry = -1 }, "-MaxRetry"),
            (new() { Dialect = KnownDialects.OpenAI, RequestsPerMinute = 0 }, "-RequestsPerMinute"),
            (new() { Dialect = KnownDialects.OpenAI, TokensPerMinute = 0 }, "-TokensPerMinute"),
            (new() { Dialect = KnownDialects.OpenAI, Organization = "a\nb" }, "-Organization"),
            (new() { Dialect = KnownDialects.OpenAI, Project = "a\nb" }, "-Project"),
            (new() { Dialect = KnownDialects.OpenAI, CertificateAuthorityPath = "/no/such/file.pem" }, "-CertificateAuthorityPath"),
        ];

        Assert.All(all, item => Assert.StartsWith(item.Parameter, Engine.AssertInvalid(item.Settings.Validate).Message, StringComparison.Ordinal));
        Assert.StartsWith("-TimeoutSec", Engine.AssertInvalid(new CallSettings { Timeout = TimeSpan.Zero }.Validate).Message, StringComparison.Ordinal);
        Assert.StartsWith("-TimeoutSec", Engine.AssertInvalid(new CallSettings { Timeout = TimeSpan.FromDays(50) }.Validate).Message, StringComparison.Ordinal);
        Assert.StartsWith("-MaxRetry", Engine.AssertInvalid(new CallSettings { MaxRetry = -1 }.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_CertificateFileWithoutCertificates_IsAnErrorBeforeAnyCall()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "no certificate");

            ChatServiceException failure = Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, CertificateAuthorityPath = path }.Validate());

            Assert.StartsWith("-CertificateAuthorityPath: ", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Validate_ProxyAndNoProxy_IsRefused() => Assert.Contains(
        "-NoProxy", Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, Proxy = new Uri("http://proxy.example.com:8080"), NoProxy = true }.Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Call_ConnectionWithHeaders_SendsThemAndTheCallsOwnWin()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        using ServiceConnection connection = new(new ConnectionSettings
        {
            Dialect = KnownDialects.OpenAI,
            BaseUri = server.BaseUri,
            Key = Engine.Secret(Engine.Key),
            Model = "m",
            Organization = "org-1",
            Project = "proj-1",
            AdditionalHeader = new Dictionary<string, string> { ["X-A"] = "connection", ["X-B"] = "connection", ["User-Agent"] = "mine/1.0", ["Content-Type"] = "application/vnd.test+json" },
        });

        await connection.CompleteAsync(settings: new CallSettings { AdditionalHeader = new Dictionary<string, string> { ["X-A"] = "call" } });

        RawExchange request = Assert.Single(server.Exchanges);
        Assert.Equal("call", request.Header("X-A"));
        Assert.Equal("connection", request.Header("X-B"));
        Assert.Equal("mine/1.0", request.Header("User-Agent"));
        Assert.Equal("application/vnd.test+json", request.Header("Content-Type"));
        Assert.Equal("org-1", request.Header("OpenAI-Organization"));
        Assert.Equal("proj-1", request.Header("OpenAI-Project"));
        Assert.Equal("Bearer " + Engine.Key, request.Header("Authorization"));
    }

    [Fact]
    public async Task Call_WithoutKey_SendsNoAuthorizationAndSaysWhoCalls()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        using ServiceConnection connection = Engine.Connect(server, key: null);

        await connection.CompleteAsync();

        RawExchange request = Assert.Single(server.Exchanges);
        Assert.Null(request.Header("Authorization"));
        Assert.StartsWith("ChatPS/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.StartsWith("application/json", request.Header("Content-Type"), StringComparison.Ordinal);
    }
}
