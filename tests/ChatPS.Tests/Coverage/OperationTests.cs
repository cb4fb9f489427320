namespace ChatPS.Tests;

/// <summary>What OpenAI's official description has is served, or it is said why not; docs/coverage.md lists both.</summary>
public sealed class OperationTests
{
    // 102 of them; those that are not served must stay few.
    private const int Fewest = 95;

    public static TheoryData<string> Operations => [.. OfficialOperations.All.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_OfTheDescription_IsServedOrNamed(string id)
    {
        OperationRow row = Assert.Single(OperationRows.All, row => row.Ids.Contains(id));
        Operation operation = OfficialOperations.All.Single(operation => operation.Id == id);
        bool isSent = WireMethods.Of(operation).Count > 0 || (row.By is { } by && WireMethods.TakesAnyPath(by));

        Assert.Equal(row.Reason is null, row.Cmdlets.Length > 0);
        Assert.True(isSent || row.Reason is not null, $"No Refit interface sends {operation.Method} {operation.Path}.");
    }

    [Fact]
    public void Rows_All_AreOfTheDescription() =>
        Assert.Empty(OperationRows.All.SelectMany(row => row.Ids).Except(OfficialOperations.All.Select(operation => operation.Id), StringComparer.Ordinal));

    [Fact]
    public void Cmdlets_OfAllRows_AreExported()
    {
        string manifest = Repository.Read("ChatPS.psd1");
        Assert.All(OperationRows.All.SelectMany(row => row.Cmdlets), cmdlet => Assert.Contains($"'{cmdlet}'", manifest, StringComparison.Ordinal));
    }

    [Fact]
    public void Served_OfAll_AreNearlyAll() => Assert.InRange(OperationRows.All.Where(row => row.Reason is null).Sum(row => row.Ids.Length), Fewest, OfficialOperations.All.Count);
}
