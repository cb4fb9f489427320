using System.Text;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Azure;

public sealed class AzureOpenAITests
{
    private const string Filters = """{"hate":{"filtered":false,"severity":"safe"},"protected_material_code":{"filtered":true,"detected":true},"error":{"code":"content_filter_error","message":"it did not run"}}""";

    [Theory]
    [InlineData("https://contoso.openai.azure.com", null, "https://contoso.openai.azure.com/openai/v1", null, null)]
    [InlineData("https://contoso.openai.azure.com/", "preview", "https://contoso.openai.azure.com/openai/v1", "preview", null)]
    [InlineData("https://contoso.openai.azure.com/openai/v1", null, "https://contoso.openai.azure.com/openai/v1", null, null)]
    [InlineData("https://contoso.openai.azure.com/openai/v1/chat/completions", null, "https://contoso.openai.azure.com/openai/v1", null, null)]
    [InlineData("https://contoso.services.ai.azure.com/openai/v1/?api-version=preview", null, "https://contoso.services.ai.azure.com/openai/v1", "preview", null)]
    [InlineData("https://contoso.openai.azure.com", "2024-10-21", "https://contoso.openai.azure.com/openai", "2024-10-21", null)]
    [InlineData("https://contoso.openai.azure.com/openai", "2024-10-21", "https://contoso.openai.azure.com/openai", "2024-10-21", null)]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21", null, "https://contoso.openai.azure.com/openai", "2024-10-21", "gpt")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/my%20gpt", "2024-10-21", "https://contoso.openai.azure.com/openai", "2024-10-21", "my gpt")]
    [InlineData("https://gateway.example.com/ai/openai/deployments/gpt?api-version=2024-10-21", null, "https://gateway.example.com/ai/openai", "2024-10-21", "gpt")]
    [InlineData("https://gateway.example.com/ai", null, "https://gateway.example.com/ai/openai/v1", null, null)]
    public void Read_EveryFormOfAddress_IsUnderstood(string given, string? version, string address, string? expectedVersion, string? model)
    {
        ServiceAddress read = BaseAddress.Read(given, "-BaseUri", KnownDialects.AzureOpenAI, version);

        Assert.Equal(address, read.BaseUri.AbsoluteUri);
        Assert.Equal(expectedVersion, read.ApiVersion);
        Assert.Equal(model, read.Model);
    }

    [Theory]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/gpt")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/gpt?api-version=preview")]
    [InlineData("https://contoso.openai.azure.com?api-key=sk-test-secret")]
    [InlineData("https://contoso.openai.azure.com?api-version=2024-10-21&api-key=sk-test-secret")]
    public void Read_WhatCannotWork_IsRefusedWithoutQuotingIt(string given)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => BaseAddress.Read(given, "-BaseUri", KnownDialects.AzureOpenAI));

        Assert.DoesNotContain("sk-test-secret", failure.ToString() + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "api-key")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl", "Authorization")]
    [InlineData("eyJ-which-is-no-token", "api-key")]
    public void KeyHeaderFor_Key_TellsTokensFromKeys(string key, string header) => Assert.Equal(header, KnownDialects.AzureOpenAI.KeyHeaderFor(key));

    [Fact]
    public void FromWire_FilterResults_BecomeObjects()
    {
        string json = $$"""
            {"id":"c","model":"m","prompt_filter_results":[{"prompt_index":1,"content_filter_results":{"jailbreak":{"filtered":false,"detected":true} } }],
             "choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop","content_filter_results":{{Filters}} }]}
            """;

        ChatCompletion answer = Restore(json, isStream: false);

        Assert.Equal(
            ["prompt 1 jailbreak  True False", "answer 0 hate safe False False", "answer 0 protected_material_code  True True"],
            answer.ContentFilters.Select(filter => $"{filter.Source} {filter.Index} {filter.Category} {filter.Severity} {filter.Detected} {filter.Blocked}"));
    }

    [Fact]
    public void Stream_FilterResults_LastOfEachKindCounts()
    {
        string[] events =
        [
            """{"choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"x"},"content_filter_results":{"violence":{"filtered":false,"severity":"safe"}}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter","content_filter_results":{"violence":{"filtered":true,"severity":"high"}}}]}""",
        ];

        ChatCompletion answer = Restore(string.Join("\n", events), isStream: true);

        Assert.Equal("content_filter", answer.FinishReason);
        Assert.Equal(["prompt hate safe", "answer violence high blocked"], answer.ContentFilters.Select(filter => filter.ToString()));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"x"},"content_filter_results":null}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"x"},"content_filter_results":[1]}],"prompt_filter_results":"?"}""")]
    [InlineData("""{"choices":[{"message":{"content":"x"},"content_filter_results":{"hate":true}}],"prompt_filter_results":[1,{"prompt_index":"x"}]}""")]
    public void FromWire_FilterResultsOfAnotherForm_AreLeftOut(string json) => Assert.Empty(Restore(json, isStream: false).ContentFilters);

    [Fact]
    public void ToJson_IsTheSameAsOpenAIs()
    {
        ChatRequest request = Engine.Ask("hi") with { Temperature = 0.5 };
        ConnectionSettings connection = new() { Dialect = KnownDialects.OpenAI, Model = "m" };

        Assert.Equal(
            Encoding.UTF8.GetString([.. KnownDialects.OpenAI.Chat.ToJson(request, connection, CallSettings.None)]),
            Encoding.UTF8.GetString([.. KnownDialects.AzureOpenAI.Chat.ToJson(request, connection, CallSettings.None)]));
    }

    private static ChatCompletion Restore(string raw, bool isStream) => KnownDialects.AzureOpenAI.Chat.Restore(
        raw, isStream, Engine.Ask(), new CheckpointOrigin(new CheckpointRecord { Raw = raw, At = DateTimeOffset.UnixEpoch }, new ConnectionSettings { Dialect = KnownDialects.OpenAI }, CallSettings.None));
}
