using ChatPS.Pipeline;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Tests;

/// <summary>Whatever comes, it leaves once, in its order, and in as few requests as the limits allow.</summary>
public sealed class BatchTests
{
    private const int MostItems = 5;
    private const int MostWeight = 20;
    private const int MostHeld = 1024;

    private static readonly Gen<Item> Items =
        from isAlone in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isStored in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from weight in Gen.Choose(0, 25)
        select new Item(isAlone, isStored, weight);

    [Fact]
    public void Hold_AnyItems_LeaveOnceInTheirOrderAndWithinTheLimits() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Items.ListOf()), items =>
    {
        List<IReadOnlyList<BatchItem<Item>>> sent = [];
        Batch<Item> batch = new(MostItems, sent.Add, MostWeight);
        foreach (Item item in items)
        {
            BatchItem<Item> entry = new(item, item, item.IsStored, item.Weight);
            if (item.IsAlone)
            {
                batch.SendAlone(entry);
            }
            else
            {
                batch.Hold(entry);
            }
        }

        batch.Send();
        batch.Send();

        Assert.Equal(items, sent.SelectMany(group => group).Select(entry => entry.Content));
        Assert.All(sent, group =>
        {
            BatchItem<Item>[] asked = [.. group.Where(entry => !entry.IsStored)];
            Assert.InRange(asked.Length, 0, MostItems);
            Assert.True(asked.Length == 1 || asked.Sum(entry => entry.Weight) <= MostWeight);
            Assert.True(group.Count == 1 || !group.Any(entry => entry.Content.IsAlone));
        });
    }));

    [Fact]
    public void Hold_AsManyAsFit_LeavesAtOnce()
    {
        List<int> groups = [];
        Batch<int> batch = new(3, group => groups.Add(group.Count));

        foreach (int number in Enumerable.Range(0, 7))
        {
            batch.Hold(new BatchItem<int>(number, number, IsStored: false, number));
        }

        Assert.Equal([3, 3], groups);
        batch.Send();
        Assert.Equal([3, 3, 1], groups);
    }

    [Theory]
    [InlineData(new[] { 8, 8, 8 }, new[] { 2, 1 })]
    [InlineData(new[] { 10, 10, 1 }, new[] { 2, 1 })]
    [InlineData(new[] { 1, 30, 1 }, new[] { 1, 1, 1 })]
    public void Hold_ItemsOfSomeWeight_ShareARequestUpToItsMost(int[] weights, int[] due)
    {
        List<int> groups = [];
        Batch<int> batch = new(MostItems, group => groups.Add(group.Count), MostWeight);

        foreach (int weight in weights)
        {
            batch.Hold(new BatchItem<int>(weight, weight, IsStored: false, Index: 0, weight));
        }

        batch.Send();
        Assert.Equal(due, groups);
    }

    [Fact]
    public void Hold_StoredItems_TakeNoPlaceInTheRequestButAreNotHeldWithoutEnd()
    {
        List<int> groups = [];
        Batch<int> batch = new(MostItems, group => groups.Add(group.Count), MostWeight);

        foreach (int number in Enumerable.Range(0, MostHeld + 3))
        {
            batch.Hold(new BatchItem<int>(number, number, IsStored: true, number, MostWeight));
        }

        batch.Send();
        Assert.Equal([MostHeld, 3], groups);
    }

    private sealed record Item(bool IsAlone, bool IsStored, int Weight);
}
