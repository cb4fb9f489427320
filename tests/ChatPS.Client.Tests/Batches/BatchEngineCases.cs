using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Batches;

/// <summary>The vendors that have batches. A new engine gets its place here.</summary>
internal static class BatchEngineCases
{
    public static readonly IReadOnlyList<BatchEngineCase> All =
    [
        new("OpenAI", KnownDialects.OpenAI, "/v1"),
        new("Responses", KnownDialects.Responses, "/v1") { Kind = ChatBatchKind.Response },
        new("Azure", KnownDialects.AzureOpenAI, "/openai/v1") { Expires = false },
        new("Anthropic", KnownDialects.Anthropic, "/v1") { Uploads = false, KeepsNames = false, KeepsLabels = false, HasQueue = false },
        new("Gemini", KnownDialects.Gemini, "/v1beta") { Uploads = false, TellsSingleExpiry = false, KeepsLabels = false, HasQueue = false, MixesResults = false, ModelInAddress = true },
    ];

    public static TheoryData<string> Names() => [.. All.Select(one => one.Name)];

    public static TheoryData<string> NamesWhere(Func<BatchEngineCase, bool> predicate) => [.. All.Where(predicate).Select(one => one.Name)];

    public static BatchEngineCase Of(string name) => All.Single(one => one.Name == name);
}
