using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com", "https://api.openai.com/v1")]
    [InlineData("https://api.openai.com/", "https://api.openai.com/v1")]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1")]
    [InlineData(" https://api.openai.com/v1/ ", "https://api.openai.com/v1")]
    [InlineData("https://api.openai.com/v1///", "https://api.openai.com/v1")]
    [InlineData("https://api.example.com/v1/chat/completions", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/v1/chat/completions/", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/v1/completions", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/v1/models", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/v1/moderations", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/chat/completions", "https://api.example.com/")]
    [InlineData("https://models.example.com/inference/chat/completions", "https://models.example.com/inference")]
    [InlineData("https://gateway.example.com/openai", "https://gateway.example.com/openai/v1")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com/v1beta/openai")]
    [InlineData("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4")]
    [InlineData("https://host.example.com/V1", "https://host.example.com/V1")]
    [InlineData("https://host.example.com/vision", "https://host.example.com/vision/v1")]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1")]
    [InlineData("http://[::1]:8080/v1", "http://[::1]:8080/v1")]
    [InlineData("HTTPS://API.EXAMPLE.COM:8443/v1", "https://api.example.com:8443/v1")]
    public void Parse_Address_EndsWithItsVersion(string given, string expected) =>
        Assert.Equal(expected, BaseAddress.Parse(given, "-BaseUri", KnownDialects.OpenAI).AbsoluteUri);

    [Theory]
    [InlineData("api.openai.com")]
    [InlineData("localhost:8080")]
    [InlineData("")]
    [InlineData("/v1")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://exa mple.com")]
    [InlineData("https://example.com/v1?api-version=1")]
    [InlineData("https://example.com/v1#top")]
    public void Parse_WhatIsNoBaseAddress_NamesTheOrigin(string given) =>
        Assert.StartsWith("-BaseUri: ", Engine.AssertInvalid(() => BaseAddress.Parse(given, "-BaseUri", KnownDialects.OpenAI)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost%00.example.com")]
    [InlineData("http://localhost%23.example.com")]
    [InlineData("http://localhost\r\n.example.com")]
    [InlineData("http://localhost .example.com")]
    public void Parse_HostWithCharactersThatNoHostHas_IsRefused(string given) => Engine.AssertInvalid(() => BaseAddress.Parse(given, "-BaseUri", KnownDialects.OpenAI));

    [Theory]
    [InlineData("https://user:sk-test-secret@example.com/v1")]
    [InlineData("https://example.com/v1?key=sk-test-secret")]
    public void Parse_AddressWithASecret_DoesNotRepeatIt(string given)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => BaseAddress.Parse(given, "-BaseUri", KnownDialects.OpenAI));

        Assert.DoesNotContain("sk-test-secret", failure.ToString() + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost/v1")]
    [InlineData("http://LOCALHOST:80/v1")]
    [InlineData("http://127.0.0.1/v1")]
    [InlineData("http://127.8.9.10/v1")]
    [InlineData("http://[::1]/v1")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:8080/v1")]
    [InlineData("http://[::ffff:127.0.0.1]/v1")]
    [InlineData("http://[::ffff:7f00:1]/v1")]
    [InlineData("http://0x7f000001/v1")]
    [InlineData("http://2130706433/v1")]
    [InlineData("http://0177.0.0.1/v1")]
    [InlineData("http://127.1/v1")]
    [InlineData("http://127.255.255.254/v1")]
    [InlineData("http://example.com@localhost/v1")]
    public void IsLoopback_ThisMachine_IsTrue(string address) => Assert.True(BaseAddress.IsLoopback(new Uri(address)));

    [Theory]
    [InlineData("http://localhost.example.com/v1")]
    [InlineData("http://localhost./v1")]
    [InlineData("http://a.localhost/v1")]
    [InlineData("http://localhost@example.com/v1")]
    [InlineData("http://127.0.0.1:80@example.com/v1")]
    [InlineData("http://127.0.0.1%2f@example.com/v1")]
    [InlineData("http://128.0.0.1/v1")]
    [InlineData("http://0x80000001/v1")]
    [InlineData("http://[::ffff:10.0.0.1]/v1")]
    [InlineData("http://[::127.0.0.1]/v1")]
    [InlineData("http://ⓛocalhost.example.com/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    [InlineData("http://127.0.0.1.nip.io/v1")]
    [InlineData("http://my-localhost/v1")]
    [InlineData("http://0.0.0.0/v1")]
    [InlineData("http://10.0.0.1/v1")]
    [InlineData("http://[::2]/v1")]
    [InlineData("http://[fe80::1]/v1")]
    public void IsLoopback_LookAlike_IsFalse(string address) => Assert.False(BaseAddress.IsLoopback(new Uri(address)));
}
