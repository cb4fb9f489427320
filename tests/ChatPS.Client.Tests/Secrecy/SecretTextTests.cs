using ChatPS.Secrecy;

namespace ChatPS.Client.Tests.Secrecy;

/// <summary>What text looks like when its secrets are masked: all of them, and nothing else.</summary>
public sealed class SecretTextTests
{
    [Theory]
    [InlineData("""{"api_key":"opaque"}""", """{"api_key":"****"}""")]
    [InlineData("""{"a":[{"authorization" : "opaque \" quoted"}],"b":1}""", """{"a":[{"authorization" : "****"}],"b":1}""")]
    [InlineData("""{"arguments":"{\"password\":\"opaque\",\"n\":1}"}""", """{"arguments":"{\"password\":\"****\",\"n\":1}"}""")]
    [InlineData("""{"api_key":"cut in the mid""", """{"api_key":"****""")]
    [InlineData("""{"token":"sk-test-12345"}""", """{"token":"****"}""")]
    [InlineData("{'client_secret': 'opaque'}", "{'client_secret': '****'}")]
    [InlineData("api_key=opaque&model=m", "api_key=****&model=m")]
    [InlineData("https://example.com/x?access_token=opaque#top", "https://example.com/x?access_token=****")]
    [InlineData("redirect=https%3A%2F%2Fx%3Fapi_key%3Dopaque", "redirect=https%3A%2F%2Fx%3Fapi_key%3D****")]
    [InlineData("api%2Dkey=opaque", "api%2Dkey=****")]
    [InlineData("password: hunter2 is wrong", "password: **** is wrong")]
    [InlineData("proxy http://user:p@ss@proxy.example.com:8080/ refused", "proxy http://****@proxy.example.com:8080/ refused")]
    [InlineData("user:pass@host:8080", "****@host:8080")]
    [InlineData("Authorization: Bearer abc123def456", "Authorization: Bearer ****")]
    [InlineData("sent Basic dXNlcjpwYXNz to it", "sent Basic **** to it")]
    [InlineData("ApiKey 0123456789abcdef", "ApiKey ****")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/2026/us-east-1, SignedHeaders=host;date, Signature=fe5f80f77d5fa3be", "AWS4-HMAC-SHA256 Credential=****, SignedHeaders=host;date, Signature=****")]
    [InlineData("Incorrect API key provided: sk-proj-0123456789abcdefghij.", "Incorrect API key provided: ****.")]
    [InlineData("sk-ant-api03-0123456789abcdef", "****")]
    [InlineData("AIzaSyA0123456789abcdefghijklmnopqrstuv", "****")]
    [InlineData("ghp_0123456789abcdefghij0123456789abcdef", "****")]
    [InlineData("xai-0123456789abcdefghij", "****")]
    [InlineData("gsk_0123456789abcdefghij", "****")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "****")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyz", "****")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl", "****")]
    public void Mask_Secret_IsMasked(string text, string expected) => Assert.Equal(expected, SecretText.Mask(text));

    [Theory]
    [InlineData("""{"max_tokens":16,"total_tokens":3,"tokenizer":"cl100k","prompt_cache_key":"tenant-12345678"}""")]
    [InlineData("""{"key":"ordinary","keys":["a"],"token":"Hello","logprob":-0.5}""")]
    [InlineData("""{"param":"api_key","code":"invalid_api_key","message":"Incorrect API key"}""")]
    [InlineData("""{"api_key":"","password":null,"properties":{"password":{"type":"string"}}}""")]
    [InlineData("You need an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")]
    [InlineData("Bearer authentication is needed. Basic understanding, too.")]
    [InlineData("Invalid password: it is too short")]
    [InlineData("mail to me@example.com or mailto:you@example.com")]
    [InlineData("http://auth:8080/v1 and https://example.com/~me@home")]
    [InlineData("The skeleton-key of the sk-8 class, eyJ and AKIA are words")]
    [InlineData("日本語 token: 猫")]
    public void Mask_AnythingElse_StaysTheSameObject(string text) => Assert.Same(text, SecretText.Mask(text));

    [Theory]
    [InlineData("Authorization", "Bearer opaque", "Bearer ****")]
    [InlineData("Authorization", "opaque", "****")]
    [InlineData("Proxy-Authorization", "Basic opaque", "Basic ****")]
    [InlineData("Authorization", "AWS4-HMAC-SHA256 Credential=a, Signature=b", "AWS4-HMAC-SHA256 ****")]
    [InlineData("Cookie", "a=b; session=opaque", "****")]
    [InlineData("X-Vendor-Key", "opaque", "****")]
    [InlineData("X-Max-Tokens", "16", "16")]
    [InlineData("Referer", "https://u:p@example.com/?sig=opaque", "https://****@example.com/?sig=****")]
    public void MaskHeader_ByName_KeepsTheSchemeAlone(string name, string value, string expected) => Assert.Equal(expected, SecretText.MaskHeader(name, value));

    [Theory]
    [InlineData("key=opaque&a=b", "key=****&a=b")]
    [InlineData("api%2Dkey=opaque&&x", "api%2Dkey=****&&x")]
    [InlineData("after=sk-test-0123456789abcdef", "after=****")]
    [InlineData("max_tokens=5", "max_tokens=5")]
    public void MaskQuery_Fields_MaskThoseOfSecrets(string query, string expected) => Assert.Equal(expected, SecretText.MaskQuery(query));
}
