using ChatPS.Scheduling;

namespace ChatPS.Tests;

public sealed class FailedItemTests
{
    public static TheoryData<object?, int?, string> Items => new()
    {
        { "hello", 0, "Item 1 (hello): " },
        { "two\nlines", 11, "Item 12 (two lines): " },
        { new string('x', 100), 2, $"Item 3 ({new string('x', 39)}…): " },
        { null, 4, "Item 5: " },
        { "hello", null, "" },
        { new FileInfo("/logs/app.log"), 0, "Item 1 (/logs/app.log): " },
    };

    [Theory]
    [MemberData(nameof(Items))]
    public void Prefix_Item_IsFoundAgain(object? target, int? index, string words) => Assert.Equal(words, new FailedItem(target, index).Prefix());
}
