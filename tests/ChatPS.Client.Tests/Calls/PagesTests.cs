using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Calls;

public sealed class PagesTests
{
    [Fact]
    public void Read_AnyPages_GivesEveryItemOnceInOrderAndNoMoreThanAskedFor() => Prop.ForAll<int[][], int>((pages, first) =>
    {
        int? most = first > 0 ? first : null;
        int[] expected = [.. pages.SelectMany(page => page).Take(most ?? int.MaxValue)];

        List<int> items = Engine.CollectAsync(Pages.ReadAsync(most, (place, _, _) => Task.FromResult(At(pages, place)), _ => null, CancellationToken.None)).GetAwaiter().GetResult();

        Assert.Equal(expected, items);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Read_EnoughItems_FetchesNoFurtherPage()
    {
        List<(string? Place, int Most)> asked = [];
        int[][] pages = [[1, 2], [3, 4], [5, 6]];

        await Engine.CollectAsync(Pages.ReadAsync(
            3,
            (place, left, _) =>
            {
                asked.Add((place, left));
                return Task.FromResult(At(pages, place));
            },
            _ => null,
            CancellationToken.None));

        Assert.Equal([(null, 3), ("1", 1)], asked);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "b", "a")]
    [InlineData("")]
    public async Task Read_PlacesThatComeAgain_EndTheList(params string[] places)
    {
        int calls = 0;

        IReadOnlyList<int> items = await Pages.AllAsync(
            (_, _) => Task.FromResult(new Page<int>([calls], calls < 9 ? places[calls++ % places.Length] : throw new InvalidOperationException("It goes round in a circle."))),
            _ => null,
            CancellationToken.None);

        Assert.Equal(places.Distinct(StringComparer.Ordinal).Count(place => place.Length > 0) + 1, items.Count);
    }

    [Fact]
    public async Task Read_ServiceThatIgnoresThePlace_GivesItsPageOnce()
    {
        int calls = 0;

        IReadOnlyList<string> items = await Pages.AllAsync((_, _) => Task.FromResult(new Page<string>(["a", "b"], $"place {++calls}")), item => item, CancellationToken.None);

        Assert.Equal(["a", "b"], items);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Read_PagesWithoutEnd_AreAFailure()
    {
        int calls = 0;

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => Pages.AllAsync((_, _) => Task.FromResult(new Page<int>([++calls], $"place {calls}")), item => $"{item}", CancellationToken.None));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal(100, calls);
    }

    [Fact]
    public async Task Read_EmptyPagesWithoutEnd_EndTheList()
    {
        int calls = 0;

        Assert.Empty(await Pages.AllAsync((_, _) => Task.FromResult(new Page<int>([], $"place {++calls}")), _ => null, CancellationToken.None));
        Assert.Equal(100, calls);
    }

    [Theory]
    [InlineData(true, "z", "z")]
    [InlineData(true, null, "b")]
    [InlineData(false, "z", null)]
    [InlineData(null, "z", null)]
    public void Of_APageInOpenAIsForm_KnowsTheNext(bool? hasMore, string? lastId, string? expected) =>
        Assert.Equal(expected, Pages.Of(["a", "b"], hasMore, lastId, item => item).Next);

    [Fact]
    public void Of_AnEmptyPage_IsTheLast() => Assert.Null(Pages.Of<string>([], hasMore: true, "z", item => item).Next);

    [Fact]
    public void Query_FieldsOfTheUser_AreLeftToTheUser()
    {
        CallSettings settings = new() { AdditionalQuery = new Dictionary<string, string> { ["Limit"] = "5" } };

        Assert.Equal(new Dictionary<string, string> { ["order"] = "desc", ["after"] = "a" }, Pages.Query(settings, "a", 100, "desc"));
        Assert.Equal(new Dictionary<string, string> { ["limit"] = "100" }, Pages.Query(CallSettings.None, null, 100));
    }

    private static Page<int> At(int[][] pages, string? place)
    {
        int number = place is null ? 0 : int.Parse(place, System.Globalization.CultureInfo.InvariantCulture);
        return new Page<int>(number < pages.Length ? pages[number] : [], number + 1 < pages.Length ? (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
