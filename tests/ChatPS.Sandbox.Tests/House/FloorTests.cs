using ChatPS.Tests.House;
using Xunit.Abstractions;

namespace ChatPS.Sandbox.Tests.House;

/// <summary>The rooms of the sandbox, and the floors that they lie on: what a room refers to lies below it.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    private const string Assembly = "ChatPS.Sandbox";
    private const int LargestCircle = 8;

    // The map, from top to bottom. A new room gets its place here.
    private static readonly string[] Map =
    [
        "",
        "Families.Azure", "Families.Envelope", "Families.Gemini", "Families.Anthropic", "Families.OpenAI.Responses", "Families.OpenAI.Generations", "Families.OpenAI.Images", "Families.OpenAI.Decisions", "Families.OpenAI.Batches", "Families.OpenAI.Files", "Families.OpenAI.Resources", "Families.OpenAI", "Families",
        "Kept", "Play", "Requests", "Answers", "Json", "Http", "Files", "ChatPS.Secrecy",
    ];

    [Fact]
    public void Rooms_All_HaveTheirPlaceOnTheMap() => Assert.Equal(Map.Order(StringComparer.Ordinal), Floors.Rooms(Assembly).Order(StringComparer.Ordinal));

    [Fact]
    public void References_All_PointDown()
    {
        TypeReferences references = Floors.Read(Assembly);

        output.WriteLine($"{references.Types.Count} types, {references.All.Count} references");
        Assert.Empty(Floors.Upward(Assembly, Map));
    }

    [Fact]
    public void Circles_OfTypesThatReachEachOther_AreSmall()
    {
        IReadOnlyList<string> largest = Floors.LargestCircle(Assembly);

        output.WriteLine($"The largest circle: {string.Join(", ", largest)}");
        Assert.InRange(largest.Count, 0, LargestCircle);
    }
}
