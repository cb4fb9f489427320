using System.Globalization;
using Xunit.Abstractions;

namespace ChatPS.Client.Tests.House;

/// <summary>The rooms of the engine and the floors that they lie on: what a room refers to lies below it.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    private const int LargestCircle = 8;

    private static readonly TypeReferences Engine = TypeReferences.Of(typeof(Calls.ServiceConnection).Assembly);

    // The map, from top to bottom. A new room gets its place here.
    private static readonly string[] Floors =
    [
        "Discovery", "Kept", "Text", "Moderation", "Providers",
        "Dialects.Anthropic", "Dialects.Azure", "Dialects.Envelope", "Dialects.Gemini", "Dialects.Responses", "Dialects.OpenAI", "Dialects",
        "Tools", "Content", "Chat", "Completions", "Models", "Runs", "Calls",
        "Profiles", "Connections", "Schemas", "Sessions", "Checkpoints", "Usage", "Files", "Json", "Faults",
    ];

    [Fact]
    public void Rooms_All_HaveTheirPlaceOnTheMap() =>
        Assert.Equal(Floors.Order(StringComparer.Ordinal), Engine.Types.Select(Room).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void References_All_PointDown()
    {
        string[] upward = [.. Engine.All.Where(reference => Floor(reference.To) < Floor(reference.From)).Select(reference => $"{reference.From} -> {reference.To}").Order(StringComparer.Ordinal)];

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Engine.Types.Count} types, {Engine.All.Count} references, {upward.Length} of them upwards"));
        Assert.Empty(upward);
    }

    [Fact]
    public void Circles_OfTypesThatReachEachOther_AreSmall()
    {
        IReadOnlyList<string> largest = Engine.Circles().MaxBy(circle => circle.Count) ?? [];

        output.WriteLine($"The largest circle: {string.Join(", ", largest)}");
        Assert.InRange(largest.Count, 0, LargestCircle);
    }

    private static int Floor(string type) => Array.IndexOf(Floors, Room(type));

    private static string Room(string type)
    {
        string space = type[..type.LastIndexOf('.')];
        return space["ChatPS.Client.".Length..];
    }
}
