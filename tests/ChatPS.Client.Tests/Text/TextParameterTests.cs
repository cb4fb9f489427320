using System.Reflection;
using System.Text;
using ChatPS.Api;
using ChatPS.Api.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;
using ChatPS.Client.Text;

namespace ChatPS.Client.Tests.Text;

/// <summary>No parameter of a text completion is dropped in silence.</summary>
public sealed class TextParameterTests
{
    // What the engine itself deals with.
    private static readonly string[] NoParameters = [nameof(TextRequest.FallbackFrom), nameof(TextRequest.RequestedModel), nameof(TextRequest.Before), nameof(TextRequest.Input), nameof(TextRequest.Index)];

    private static readonly TextRequest Plain = new() { Prompt = "Once" };

    private static readonly Dictionary<string, TextRequest> Samples = new(StringComparer.Ordinal)
    {
        [nameof(TextRequest.Model)] = Plain with { Model = "other" },
        [nameof(TextRequest.Prompt)] = Plain with { Prompt = "Twice" },
        [nameof(TextRequest.BestOf)] = Plain with { BestOf = 2 },
        [nameof(TextRequest.Echo)] = Plain with { Echo = true },
        [nameof(TextRequest.LogProbs)] = Plain with { LogProbs = 2 },
        [nameof(TextRequest.Suffix)] = Plain with { Suffix = "end" },
        [nameof(TextRequest.Temperature)] = Plain with { Temperature = 0.5 },
        [nameof(TextRequest.TopP)] = Plain with { TopP = 0.5 },
        [nameof(TextRequest.N)] = Plain with { N = 2 },
        [nameof(TextRequest.Stop)] = Plain with { Stop = ["#"] },
        [nameof(TextRequest.MaxTokens)] = Plain with { MaxTokens = 50 },
        [nameof(TextRequest.PresencePenalty)] = Plain with { PresencePenalty = 0.5 },
        [nameof(TextRequest.FrequencyPenalty)] = Plain with { FrequencyPenalty = 0.5 },
        [nameof(TextRequest.LogitBias)] = Plain with { LogitBias = new Dictionary<string, int> { ["1"] = 1 } },
        [nameof(TextRequest.Seed)] = Plain with { Seed = 1 },
        [nameof(TextRequest.User)] = Plain with { User = "u" },
        [nameof(TextRequest.IncludeObfuscation)] = Plain with { IncludeObfuscation = false },
    };

    public static TheoryData<string> Properties => [.. typeof(TextRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Except(NoParameters)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void TextRequest_EachParameter_IsSent(string property)
    {
        bool isOfStreams = property == nameof(TextRequest.IncludeObfuscation);

        Assert.NotEqual(ToJson(Plain, isOfStreams), ToJson(Samples[property], isOfStreams));
    }

    private static string ToJson(TextRequest request, bool stream)
    {
        ConnectionSettings settings = new() { BaseUri = new Uri("https://example.com/v1"), Dialect = KnownDialects.OpenAI, Model = "m" };
        return Encoding.UTF8.GetString(WireJson.Write(TextMapper.ToWire(request, settings, CallSettings.None, stream), TextJsonContext.Default));
    }
}
