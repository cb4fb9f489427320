using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Faults;

/// <summary>What may have been meant by a name that does not exist.</summary>
public sealed class NearestNamesTests
{
    private static readonly string[] Known = ["sandbox-mini", "sandbox-large", "text-2", "OpenAI", "Ünïcode"];

    [Theory]
    [InlineData("sandbox-mnii", "sandbox-mini")]
    [InlineData("SANDBOX-MINI", "sandbox-mini")]
    [InlineData("sandboxmini", "sandbox-mini")]
    [InlineData("OpneAI", "OpenAI")]
    [InlineData("open ai", "OpenAI")]
    [InlineData("large", "sandbox-large")]
    [InlineData("sandbox-mini-2026-01-01", "sandbox-mini")]
    [InlineData("unicode", "Ünïcode")]
    public void Find_NearlyAName_PutsItFirst(string name, string nearest) => Assert.Equal(nearest, NearestNames.Find(name, Known)[0]);

    [Theory]
    [InlineData("")]
    [InlineData("something-else-altogether")]
    [InlineData("qwertz")]
    public void Find_NearNone_IsEmpty(string name) => Assert.Empty(NearestNames.Find(name, Known));

    [Fact]
    public void Advise_Names_AsksBeforeWhatToDo()
    {
        Assert.Equal("Did you mean text-2? Look.", NearestNames.Advise("test-2", Known, "Look."));
        Assert.Equal("Look.", NearestNames.Advise("qwertz", Known, "Look."));
        Assert.True(NearestNames.Find("n", [.. Enumerable.Range(0, 50).Select(number => $"n{number}")]).Count <= 3);
        Assert.Empty(NearestNames.Find(new string('a', 100_000), [new string('a', 100_000)]));
    }
}
