using ChatPS.Secrecy;

namespace ChatPS.Client.Tests.Secrecy;

/// <summary>What is named like a secret, and what only looks so.</summary>
public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("APIKey")]
    [InlineData("x-api-key")]
    [InlineData("api%2Dkey")]
    [InlineData("myapikey")]
    [InlineData("openai_api_key_value")]
    [InlineData("ocp-apim-subscription-key")]
    [InlineData("key_secret")]
    [InlineData("access_token")]
    [InlineData("accessToken2")]
    [InlineData("refresh_token")]
    [InlineData("id_token")]
    [InlineData("authorization")]
    [InlineData("authorization_token")]
    [InlineData("Proxy-Authorization")]
    [InlineData("client_secret")]
    [InlineData("ClientSecret")]
    [InlineData("password")]
    [InlineData("db.password")]
    [InlineData("PGPASSWORD")]
    [InlineData("passwd")]
    [InlineData("credentials")]
    [InlineData("Set-Cookie")]
    [InlineData("private_key")]
    public void IsMember_NameOfASecret_IsTrue(string name)
    {
        Assert.True(SecretNames.IsMember(name));
        Assert.True(SecretNames.IsField(name));
    }

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("maxOutputTokens")]
    [InlineData("total_tokens")]
    [InlineData("token_count")]
    [InlineData("TokensPerMinute")]
    [InlineData("tokenizer")]
    [InlineData("prompt_cache_key")]
    [InlineData("Idempotency-Key")]
    [InlineData("public_key")]
    [InlineData("author")]
    [InlineData("authority")]
    [InlineData("CertificateAuthorityPath")]
    [InlineData("keyboard")]
    [InlineData("monkey")]
    [InlineData("secretary")]
    [InlineData("password_length")]
    [InlineData("cookie_count")]
    [InlineData("")]
    [InlineData("-")]
    public void IsMember_NameOfSomethingElse_IsFalse(string name)
    {
        Assert.False(SecretNames.IsMember(name));
        Assert.False(SecretNames.IsField(name));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("Token")]
    [InlineData("X-Vendor-Key")]
    [InlineData("X-Amz-Signature")]
    [InlineData("sig")]
    public void IsField_NameThatIsDoubtfulForMembers_IsTrue(string name)
    {
        Assert.False(SecretNames.IsMember(name));
        Assert.True(SecretNames.IsField(name));
    }
}
