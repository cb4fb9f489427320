using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.ServiceFiles;

/// <summary>What the files of every vendor must do, against the sandbox.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class FileConformanceTests : IDisposable
{
    private readonly FileBench _bench = new();

    public static TheoryData<string> Dialects => ["OpenAI", "Responses", "AzureOpenAI", "Anthropic", "Gemini"];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task AFile_IsAddedSeenListedSavedAndRemoved(string dialect)
    {
        using ServiceConnection connection = _bench.Connect(dialect);
        string path = _bench.Write("made-notes.txt", 3000);

        ChatFile added = await connection.ServiceFiles.AddAsync(new NewFile(path, "made-notes.txt") { Purpose = dialect == "AzureOpenAI" ? "user_data" : null, Input = path }, CallSettings.None, default);
        ChatFile seen = await connection.ServiceFiles.GetAsync(added.Id, CallSettings.None, default);
        List<ChatFile> listed = await Engine.CollectAsync(connection.ServiceFiles.ListAsync(new FileFilter(), CallSettings.None, default));
        using MemoryStream content = new();
        await connection.Require<IServiceFiles>("files").DownloadAsync(connection, added.Id, content, CallSettings.None, default);
        await connection.ServiceFiles.RemoveAsync(added.Id, CallSettings.None, default);
        ChatServiceException gone = await Assert.ThrowsAsync<ChatServiceException>(() => connection.ServiceFiles.GetAsync(added.Id, CallSettings.None, default));

        Assert.Equal((added.Id, added.FileName, 3000L, added.CreatedAt), (seen.Id, seen.FileName, seen.Bytes, seen.CreatedAt));
        Assert.EndsWith(".txt", seen.FileName, StringComparison.Ordinal);
        Assert.NotNull(seen.CreatedAt);
        Assert.Same(path, added.Input);
        Assert.Equal([added.Id], listed.Select(file => file.Id));
        Assert.Equal(File.ReadAllBytes(path), content.ToArray());
        Assert.Equal(dialect == "Gemini" ? 403 : 404, gone.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task List_OfManyPages_IsGivenOnceEach(string dialect)
    {
        using ServiceConnection connection = _bench.Connect(dialect);
        string path = _bench.Write("notes.txt", 10);
        for (int i = 0; i < 5; i++)
        {
            await connection.ServiceFiles.AddAsync(new NewFile(path, "notes.txt"), CallSettings.None, default);
        }

        CallSettings pages = new() { AdditionalQuery = new Dictionary<string, string> { [dialect == "Gemini" ? "pageSize" : "limit"] = "2" } };
        List<ChatFile> all = await Engine.CollectAsync(connection.ServiceFiles.ListAsync(new FileFilter(), pages, default));
        List<ChatFile> three = await Engine.CollectAsync(connection.ServiceFiles.ListAsync(new FileFilter(3), pages, default));

        Assert.Equal(5, all.Select(file => file.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(all.Take(3).Select(file => file.Id), three.Select(file => file.Id));
    }

    [Theory]
    [InlineData("OpenAI", 3600)]
    [InlineData("AzureOpenAI", 3600)]
    [InlineData("Anthropic", 7200)]
    public async Task ExpiresAfter_IsToldInTheServicesOwnForm(string dialect, int seconds)
    {
        using ServiceConnection connection = _bench.Connect(dialect);

        ChatFile added = await connection.ServiceFiles.AddAsync(
            new NewFile(_bench.Write("notes.txt", 10), "notes.txt") { ExpiresAfter = TimeSpan.FromSeconds(seconds) }, CallSettings.None, default);

        Assert.Equal(seconds, (int)Math.Round((added.ExpiresAt!.Value - added.CreatedAt!.Value).TotalSeconds));
    }

    [Theory]
    [InlineData("Gemini", "-ExpiresAfter")]
    [InlineData("OpenAI", "-ExpiresAfter")]
    [InlineData("Anthropic", "-Purpose")]
    public void WhatAServiceDoesNotTake_IsRefusedBeforeAnythingIsSent(string dialect, string parameter)
    {
        using ServiceConnection connection = _bench.Connect(dialect);
        NewFile file = new(_bench.Write("notes.txt", 10), "notes.txt")
        {
            ExpiresAfter = parameter == "-ExpiresAfter" ? TimeSpan.FromMinutes(dialect == "OpenAI" ? 1 : 90) : null,
            Purpose = parameter == "-Purpose" ? "batch" : null,
        };

        ChatServiceException failure = Engine.AssertInvalid(() => connection.ServiceFiles.Check(file));

        Assert.StartsWith(parameter, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Sandbox.GetRequests());
    }

    [Theory]
    [InlineData("missing.txt", -1, "There is no file")]
    [InlineData("empty.txt", 0, "is empty")]
    public void AFileThatCannotGo_IsRefused(string name, int length, string expected)
    {
        using ServiceConnection connection = _bench.Connect("OpenAI");
        string path = length < 0 ? Path.Combine(_bench.Folder, name) : _bench.Write(name, length);

        Assert.Contains(expected, Engine.AssertInvalid(() => connection.ServiceFiles.Check(new NewFile(path, name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGatewayWithoutFiles_IsSaidToBeOne()
    {
        using RawServer server = RawServer.Answering(501, """{"error":{"message":"not implemented","type":"x"}}""", "application/json");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Engine.CollectAsync(connection.ServiceFiles.ListAsync(new FileFilter(), CallSettings.None, default)));

        Assert.Contains("not offered by this gateway", failure.Message, StringComparison.Ordinal);
        Assert.Equal(501, failure.StatusCode);
    }

    [Fact]
    public async Task Download_CutInTheMiddle_GoesOn()
    {
        using FileBench bench = new(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.ResetMidStream, Path = "*/content", Times = 2 }] });
        using ServiceConnection connection = bench.Connect("OpenAI");
        string path = bench.Write("notes.txt", 300_000);
        ChatFile added = await connection.ServiceFiles.AddAsync(new NewFile(path, "notes.txt"), CallSettings.None, default);
        string target = Path.Combine(bench.Folder, "saved.txt");

        await connection.ServiceFiles.SaveAsync(added.Id, added, DownloadPlace.Open(target, isFolder: false, replaces: false), new CallSettings { MaxRetry = 3 }, default);

        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(target));
        Assert.Equal(3, bench.Sandbox.GetRequests().Count(request => request.Path.EndsWith("/content", StringComparison.Ordinal)));
        Assert.Contains(bench.Sandbox.GetRequests(), request => request.Headers.ContainsKey("Range"));
    }
}
