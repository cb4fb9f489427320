using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Providers;

public sealed class ProviderTests
{
    private static readonly string[] OtherDialects = ["AzureOpenAI", "Anthropic", "Gemini", "Responses", "Envelope"];

    private static readonly string[] Asked =
    [
        "OpenAI", "AzureOpenAI", "Anthropic", "Gemini", "Ollama", "LMStudio", "LlamaCpp", "VLLM", "FoundryLocal", "OpenRouter", "Groq", "Mistral", "DeepSeek", "XAI", "Together",
        "Fireworks", "Cerebras", "Perplexity", "Cohere", "NVIDIA", "Zhipu", "ZAI", "Moonshot", "Qwen", "MiniMax", "SiliconFlow", "GitHubModels", "HuggingFace", "Gitaigc", "Custom",
    ];

    public static TheoryData<string> Names => [.. BuiltIn.Select(provider => provider.Name)];

    private static IReadOnlyList<Provider> BuiltIn => ProviderFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "providers.json")), "providers.json", null);

    [Fact]
    public void BuiltIn_Always_HasTheProvidersThatUsersExpect() => Assert.Empty(Asked.Except(BuiltIn.Select(provider => provider.Name)));

    [Fact]
    public void BuiltIn_Names_AreUnique()
    {
        using System.Text.Json.JsonDocument file = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "providers.json")));

        Assert.Equal(BuiltIn.Count, file.RootElement.EnumerateObject().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BuiltIn_Entry_IsValid(string name)
    {
        Provider provider = BuiltIn.Single(entry => entry.Name == name);

        Assert.Matches("^[A-Za-z]+$", provider.Name);
        Assert.False(string.IsNullOrWhiteSpace(provider.Description));
        Assert.Contains(provider.Dialect, KnownDialects.All.Select(dialect => dialect.Name).Concat(OtherDialects));
        Assert.All(provider.KeyVariables.Append(provider.AddressVariable ?? "NONE"), variable => Assert.Matches("^[A-Z][A-Z0-9_]+$", variable));
        Assert.All(provider.Unsupported, parameter => Assert.Matches("^-[A-Z][A-Za-z]*$", parameter));
        Assert.Subset(ChatParameters.All.Select(parameter => parameter.Name).ToHashSet(), provider.Unsupported.ToHashSet());
        Assert.Equal(provider.NeedsBaseUri, provider.BaseUri is null);
        if (provider.BaseUri is { } address)
        {
            Assert.True(provider.IsLocal ? BaseAddress.IsLoopback(address) : address.Scheme == "https", address.AbsoluteUri);
        }
    }

    [Theory]
    [InlineData("[", "not JSON: line 1")]
    [InlineData("{\n \"A\": {\n  \"baseUri\": oops }\n}", "not JSON: line 3")]
    [InlineData("[]", "it is no object")]
    [InlineData("""{"A":1}""", "'A' is no object")]
    [InlineData("""{"":{"baseUri":"https://a.example"}}""", "has no name")]
    [InlineData("""{"A":{}}""", "'A' has no baseUri")]
    [InlineData("""{"A":{"baseUri":"ftp://a.example"}}""", "'A': baseUri is not an HTTP address")]
    [InlineData("""{"A":{"baseUri":"https://u:p@a.example"}}""", "'A': baseUri is not an HTTP address")]
    [InlineData("""{"A":{"baseUri":"https://a.example","keyVariables":"X"}}""", "'A': keyVariables is not a list")]
    [InlineData("""{"A":{"baseUri":"https://a.example","isLocal":1}}""", "'A': isLocal is not true or false")]
    [InlineData("""{"A":{"baseUri":"https://a.example","apiKey":"x"}}""", "'A' has a member 'apiKey'")]
    [InlineData("""{"A":{"baseUri":"https://a.example"},"a":{"baseUri":"https://b.example"}}""", "'a' is there twice")]
    public void Read_FileThatIsWrong_SaysWhatAndWhere(string json, string what)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => ProviderFile.Read(json, "/home/ann/providers.json", null));

        Assert.Contains("'/home/ann/providers.json'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_OwnEntryOfTheSameName_Wins()
    {
        IReadOnlyList<Provider> own = ProviderFile.Read("""{"groq":{"baseUri":"https://proxy.example/v1/"},"Ours":{"baseUri":"https://ours.example/v1"}}""", "own.json", "own.json");

        IReadOnlyList<Provider> all = ProviderCatalog.Merge(BuiltIn, own);

        Assert.Equal("https://proxy.example/v1", all.Single(provider => provider.Name.Equals("groq", StringComparison.OrdinalIgnoreCase)).BaseUri!.AbsoluteUri);
        Assert.Equal("own.json", all.Single(provider => provider.Name == "Ours").Describe().Source);
        Assert.Equal("BuiltIn", all.Single(provider => provider.Name == "Mistral").Describe().Source);
        Assert.Equal(BuiltIn.Count + 1, all.Count);
    }

    [Theory]
    [InlineData("Antropic", "Anthropic")]
    [InlineData("azure", "AzureOpenAI")]
    [InlineData("chatgroq", "Groq")]
    [InlineData("olama", "Ollama")]
    public void Unknown_NameThatIsNearAnother_NamesIt(string name, string near) =>
        Assert.Contains(near, ProviderCatalog.Unknown(name, BuiltIn).RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void Unknown_NameLikeNoOther_SaysHowToGoOn() => Assert.Contains("-Provider Custom", ProviderCatalog.Unknown("zzzzzzzz", BuiltIn).RecommendedAction, StringComparison.Ordinal);

    [Theory]
    [InlineData("OpenAI", "https://api.openai.com/v1", true)]
    [InlineData("OpenAI", "https://API.OPENAI.COM/other", true)]
    [InlineData("OpenAI", "https://api.openai.com.evil.example/v1", false)]
    [InlineData("OpenAI", "https://evil.example/api.openai.com", false)]
    [InlineData("OpenAI", "http://127.0.0.1:8080/v1", false)]
    [InlineData("AzureOpenAI", "https://ours.openai.azure.com/openai", true)]
    [InlineData("AzureOpenAI", "https://openai.azure.com/openai", false)]
    [InlineData("AzureOpenAI", "https://.openai.azure.com.example/", false)]
    [InlineData("AzureOpenAI", "https://evilopenai.azure.com/", false)]
    [InlineData("LMStudio", "http://[::1]:4321/v1", true)]
    [InlineData("LMStudio", "http://localhost.example.com:1234/v1", false)]
    [InlineData("Custom", "https://api.openai.com/v1", false)]
    public void Owns_Address_OnlyTheProvidersHosts(string name, string address, bool owns)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            Assert.Equal(owns, BuiltIn.Single(provider => provider.Name == name).Owns(uri));
        }
        else
        {
            Assert.False(owns);
        }
    }

    [Fact]
    public void DialectOf_NameThatIsNone_NamesTheEntryAndItsFile()
    {
        Provider provider = ProviderFile.Read("""{"Ours":{"baseUri":"https://ours.example","dialect":"Klingon"}}""", "own.json", "own.json")[0];

        ChatServiceException failure = Engine.AssertInvalid(() => ProviderCatalog.DialectOf(provider));

        Assert.Contains("'Ours' of 'own.json'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'Klingon'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ParameterThatTheProviderRefuses_FailsBeforeItIsSent()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", Provider = "Groq", Unsupported = ["-LogitBias"] });
        ChatRequest request = Engine.Ask() with { LogitBias = new Dictionary<string, int> { ["1"] = 5 } };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None));

        Assert.Contains("-LogitBias: Groq", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }
}
