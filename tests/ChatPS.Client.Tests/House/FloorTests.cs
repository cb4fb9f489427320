using System.Globalization;
using ChatPS.Tests.House;
using Xunit.Abstractions;

namespace ChatPS.Client.Tests.House;

/// <summary>The rooms of the engine and of the wire, and the floors that they lie on: what a room refers to lies below it.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    private const int LargestCircle = 8;

    // The maps, from top to bottom. A new room gets its place here.
    private static readonly Dictionary<string, string[]> Maps = new(StringComparer.Ordinal)
    {
        ["ChatPS.Client"] =
        [
            "Discovery", "Kept", "Resources", "BatchRequests", "BatchAnswers", "Text", "Moderation", "Rerank", "Generations", "Gpts", "Providers",
            "Dialects.Anthropic", "Dialects.Azure", "Dialects.Envelope", "Dialects.Gemini", "Dialects.Responses", "Dialects.OpenAI", "Dialects",
            "Tools", "Content", "Batches", "Decisions", "Images", "Media", "ServiceFiles", "Chat", "Speech", "Completions", "Embeddings", "Models", "Runs", "Calls",
            "Profiles", "Connections", "Schemas", "Sessions", "Checkpoints", "Similarity", "Splitting", "Usage", "Log", "Files", "Words", "Json", "Faults", "ChatPS.Secrecy",
        ],
        ["ChatPS.Api"] = ["VectorStores", "Containers", "Conversations", "Skills", "Voices", "Resources", "Anthropic", "Azure", "Batches", "Envelope", "Gemini", "OpenAIResponses", "Text", "Moderations", "Embeddings", "Rerank", "Decisions", "Audio", "Generations", "Gpts", "Images", "Billing", "Models", "Files", "Chat", "", "Errors", "Wire"],
    };

    // What still points up.
    private static readonly string[] Known =
    [
        // A body that is too large is an answer that cannot be read.
        "ChatPS.Api.Wire.BodyReader -> ChatPS.Api.Errors.AnswerTooLargeException",
    ];

    public static TheoryData<string> Assemblies => [.. Maps.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Rooms_All_HaveTheirPlaceOnTheMap(string assembly) =>
        Assert.Equal(Maps[assembly].Order(StringComparer.Ordinal), Floors.Rooms(assembly).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void References_All_PointDown(string assembly)
    {
        TypeReferences references = Floors.Read(assembly);
        string[] upward = Floors.Upward(assembly, Maps[assembly]);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{references.Types.Count} types, {references.All.Count} references, {upward.Length} of them upwards"));
        Assert.Equal(Known.Where(known => known.StartsWith(assembly + ".", StringComparison.Ordinal)), upward);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Circles_OfTypesThatReachEachOther_AreSmall(string assembly)
    {
        IReadOnlyList<string> largest = Floors.LargestCircle(assembly);

        output.WriteLine($"The largest circle: {string.Join(", ", largest)}");
        Assert.InRange(largest.Count, 0, LargestCircle);
    }
}
