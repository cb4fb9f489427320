using System.Reflection;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;
using ChatPS.Client.Resources;
using ChatPS.Sandbox;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Resources;

/// <summary>What all kinds of resources have in common, at each of them.</summary>
public sealed class ResourceConformanceTests : IDisposable
{
    private readonly SandboxServer _server = SandboxServer.Start();
    private readonly ServiceConnection _connection;

    public ResourceConformanceTests() => _connection = new ServiceConnection(new ConnectionSettings { Name = "Test", Dialect = KnownDialects.OpenAI, BaseUri = _server.BaseUri, MaxRetry = 0 });

    public static TheoryData<string> Kinds => [.. ResourceCases.All.Select(kind => kind.Name)];

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Cases_All_AreTheKinds() => Assert.Equal(typeof(ResourceKinds).GetProperties(BindingFlags.Public | BindingFlags.Static).Length, ResourceCases.All.Count);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Get_OfOne_IsWhatWasMade(string kind) => Case(kind).LooksAsync(_connection.Resources);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_All_HasWhatWasMade(string kind) =>
        Assert.Equal(await Case(kind).ListsAsync(_connection.Resources), kind is not ("conversation" or "batch of files"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Change_OfOne_StaysChanged(string kind)
    {
        if (await Case(kind).ChangesAsync(_connection.Resources) is { } schema)
        {
            string body = _server.GetRequests().Last(request => request.Method == "POST" && request.Body?.Length > 0).Body!;
            Assert.Empty(OpenApiDescription.Official.Validate(schema, body));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Delete_OfOne_IsGone(string kind) => Assert.Equal(await Case(kind).DeletesAsync(_connection.Resources), kind is not "batch of files");

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Get_UnknownId_SaysWhatToDo(string kind) => Case(kind).IsUnknownAsync(_connection.Resources);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Get_IdThatIsNoStepOfAPath_SendsNothing(string kind)
    {
        await Case(kind).RefusesPathsAsync(_connection.Resources);

        Assert.Empty(_server.GetRequests());
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnAfterTheLast()
    {
        for (int made = 0; made < 103; made++)
        {
            await ResourceCases.ContainerAsync(_connection.Resources);
        }

        HashSet<string> ids = [];
        await foreach (ChatContainer container in _connection.Resources.ListAsync(ResourceKinds.Container, new ResourceFilter(), CallSettings.None, CancellationToken.None))
        {
            Assert.True(ids.Add(container.Id));
        }

        Assert.Equal((103, 2), (ids.Count, _server.GetRequests().Count(request => request.Method == "GET")));
    }

    [Fact]
    public async Task Wait_FileOfAStore_LooksUntilItIsDone()
    {
        ResourcePlace place = await ResourceCases.StoreFileAsync(_connection.Resources);

        ChatVectorStoreFile done = await _connection.Resources.WaitAsync(ResourceKinds.VectorStoreFile, place, file => file.Status == "in_progress" ? 0 : null, limit: null, CallSettings.None, CancellationToken.None);

        Assert.Equal("completed", done.Status);
        Assert.Equal(2, _server.GetRequests().Count(request => request.Method == "GET"));
    }

    [Fact]
    public async Task Wait_LongerThanTheLimit_IsTimeout()
    {
        ResourcePlace place = await ResourceCases.StoreFileAsync(_connection.Resources);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            _connection.Resources.WaitAsync(ResourceKinds.VectorStoreFile, place, _ => 0, TimeSpan.FromMilliseconds(1), CallSettings.None, CancellationToken.None));

        Assert.Equal("Timeout", failure.ErrorId);
    }

    [Fact]
    public async Task Search_OfAStore_FindsTheBestFirst()
    {
        ResourcePlace place = await ResourceCases.StoreFileAsync(_connection.Resources);
        await _connection.Resources.WaitAsync(ResourceKinds.VectorStoreFile, place, file => file.Status == "in_progress" ? 0 : null, limit: null, CallSettings.None, CancellationToken.None);

        ChatVectorStoreMatch match = Assert.Single(await _connection.Resources.SearchAsync(
            new ResourcePlace("", place.Parent), "Which is the mail server?", new Dictionary<string, object?> { ["query"] = "Which is the mail server?" }, CallSettings.None, CancellationToken.None));

        Assert.Equal((1, "web01 is the mail server.", "notes.md", place.Id), (match.Rank, match.Text, match.FileName, match.FileId));
        Assert.InRange(match.Score, 0.2, 1);
        Assert.Empty(OpenApiDescription.Official.Validate("VectorStoreSearchRequest", _server.GetRequests()[^1].Body!));
    }

    [Fact]
    public async Task Save_FileOfAContainer_IsWhatWasSent()
    {
        ResourcePlace place = await ResourceCases.ContainerFileAsync(_connection.Resources);
        using ResourceFile target = new("copy.csv", "old");

        await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Resources.SaveContainerFileAsync(place, target.Path, replaces: false, CallSettings.None, CancellationToken.None));
        await _connection.Resources.SaveContainerFileAsync(place, target.Path, replaces: true, CallSettings.None, CancellationToken.None);

        Assert.Equal("a,b", await File.ReadAllTextAsync(target.Path));
    }

    private static IResourceCase Case(string name) => ResourceCases.All.Single(kind => kind.Name == name);
}
