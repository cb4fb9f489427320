using System.Globalization;
using Xunit.Abstractions;

namespace ChatPS.Tests.House;

/// <summary>The rooms of the cmdlets, and the floors that they lie on: what a room refers to lies below it.</summary>
public sealed class FloorTests(ITestOutputHelper output)
{
    private const string Assembly = "ChatPS";
    private const string Objects = "ChatPS.Objects";
    private const int LargestCircle = 8;

    // The map, from top to bottom. A new room gets its place here. The one without a name holds the job, which users name.
    private static readonly string[] Map =
    [
        "Commands", "Pipeline", "Parameters", "", "Jobs", "Sessions", "Prompts", "Tools", "Questions", "Typed",
        "Connections", "Prices", "Completion", "Sandboxes", "Conversion", "Module", "Scheduling",
    ];

    [Fact]
    public void Rooms_All_HaveTheirPlaceOnTheMap() => Assert.Equal(Map.Order(StringComparer.Ordinal), Floors.Rooms(Assembly).Order(StringComparer.Ordinal));

    [Fact]
    public void References_All_PointDown()
    {
        TypeReferences references = Floors.Read(Assembly);
        string[] upward = Floors.Upward(Assembly, Map);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{references.Types.Count} types, {references.All.Count} references, {upward.Length} of them upwards"));
        Assert.Empty(upward);
    }

    [Theory]
    [InlineData(Assembly)]
    [InlineData(Objects)]
    public void Circles_OfTypesThatReachEachOther_AreSmall(string assembly)
    {
        IReadOnlyList<string> largest = Floors.LargestCircle(assembly);

        output.WriteLine($"The largest circle: {string.Join(", ", largest)}");
        Assert.InRange(largest.Count, 0, LargestCircle);
    }

    [Fact]
    public void Objects_All_StandInTheOneRoomThatUsersName() =>
        Assert.Equal(["ChatPS"], Floors.Read(Objects).Types.Select(type => type[..type.LastIndexOf('.')]).Distinct(StringComparer.Ordinal));
}
