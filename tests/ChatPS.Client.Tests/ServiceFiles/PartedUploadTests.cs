using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Gemini;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.ServiceFiles;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Play;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.ServiceFiles;

/// <summary>Files that go in parts: at OpenAI by its uploads, at Gemini by Google's resumable protocol.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class PartedUploadTests : IDisposable
{
    private const int PartSize = 1000;

    private static readonly GeminiFiles Pieces = new() { PieceSize = PartSize };

    private DateTimeOffset _now = DateTimeOffset.UtcNow;
    private FileBench? _bench;

    private static OpenAIFiles Parts { get; } = new("user_data", "expires_after[{0}]") { LargestFile = PartSize, PartSize = PartSize };

    public void Dispose() => _bench?.Dispose();

    [Fact]
    public async Task Upload_LargerThanARequest_GoesInPartsAndArrivesWhole()
    {
        FileBench bench = Start();
        string path = bench.Write("made-book.txt", 4500);
        List<long> sent = [];

        ChatFile added = await AddAsync(Parts, path, "OpenAI", sent: (bytes, total) => Note(sent, bytes, total));

        Assert.Equal(4500, added.Bytes);
        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal(5, Count("/parts"));
        Assert.Equal(4500, sent[^1]);
        Assert.Empty(Notes());
    }

    [Fact]
    public void Upload_OfAnySizeAndPart_IsTheFileAgain()
    {
        FileBench bench = Start();
        Prop.ForAll(
            Gen.Choose(1, 5000).Two().Select(pair => (Length: pair.Item1, Part: Math.Max(40, pair.Item2))).ToArbitrary(),
            sizes =>
            {
                string path = bench.Write("any.bin", sizes.Length, sizes.Part);
                ChatFile added = AddAsync(new OpenAIFiles("user_data", "") { LargestFile = 0, PartSize = sizes.Part }, path, "OpenAI").GetAwaiter().GetResult();
                Assert.Equal(File.ReadAllBytes(path), LoadAsync(added).GetAwaiter().GetResult());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public async Task Part_ThatFails_IsSentAgainAlone()
    {
        FileBench bench = Start(new SandboxFault { StatusCode = 500, Path = "*/parts", Every = 3, Times = 1, RetryAfter = TimeSpan.Zero });
        string path = bench.Write("book.txt", 4500);

        ChatFile added = await AddAsync(Parts, path, "OpenAI", maxRetry: 2);

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal(6, Count("/parts"));
    }

    [Fact]
    public async Task Upload_ThatWasCut_GoesOnInTheNextProcess()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "*/parts", Every = 5, Times = 1 });
        string path = bench.Write("book.txt", 8500);

        ChatServiceException cut = await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Parts, path, "OpenAI"));
        Assert.Equal(ErrorIds.ConnectionFailed, cut.ErrorId);
        int before = Count("/parts");
        string note = File.ReadAllText(Assert.Single(Notes()));
        ChatFile added = await AddAsync(Parts, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal(1, Count("/uploads"));
        Assert.Equal(0, Count("/cancel"));
        Assert.Equal(9, Count("/parts") - before + note.Split("\"part\":").Length - 1);
        Assert.DoesNotContain(Engine.Key, note, StringComparison.Ordinal);
        Assert.Empty(Notes());
    }

    [Fact]
    public async Task Upload_WhoseLastNoteIsTorn_GoesOn()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "*/parts", Every = 5, Times = 1 });
        string path = bench.Write("book.txt", 8500);
        await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Parts, path, "OpenAI"));
        File.AppendAllText(Assert.Single(Notes()), "{\"part\":8,\"id\":\"par");

        ChatFile added = await AddAsync(Parts, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
    }

    [Theory]
    [InlineData("\"part_bytes\":1000", "\"part_bytes\":0")]
    [InlineData("\"part_bytes\":1000", "\"part_bytes\":-7")]
    [InlineData("\"part_bytes\":1000", "\"part_bytes\":9007199254740992")]
    [InlineData("\"part_bytes\":1000", "\"part_bytes\":2000")]
    [InlineData("\"part\":0", "\"part\":-1")]
    [InlineData("\"part\":0", "\"part\":2147483647")]
    [InlineData("{\"upload\":\"", "{\"upload\":\"\",\"was\":\"")]
    public async Task Upload_WhoseNoteWasTamperedWith_ArrivesWhole(string was, string becomes)
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "*/parts", Every = 5, Times = 1 });
        string path = bench.Write("book.txt", 8500);
        await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Parts, path, "OpenAI"));
        string note = Assert.Single(Notes());
        string text = File.ReadAllText(note);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(note, text.Replace(was, becomes, StringComparison.Ordinal));

        ChatFile added = await AddAsync(Parts, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Empty(Notes());
    }

    [Theory]
    [InlineData("OpenAI")]
    [InlineData("Gemini")]
    public async Task Upload_OfALink_IsThatOfTheFile(string dialect)
    {
        FileBench bench = Start();
        string path = bench.Write("book.txt", 4500);
        string link = Path.Combine(bench.Folder, "link.txt");
        try
        {
            File.CreateSymbolicLink(link, path);
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // There, not everybody may make links.
            return;
        }

        using ServiceConnection connection = bench.Connect(dialect);
        ChatFile added = await connection.ServiceFiles.AddAsync(new NewFile(link, "link.txt"), CallSettings.None, default);

        Assert.Equal(("link.txt", 4500), (added.FileName, added.Bytes));
    }

    [Fact]
    public async Task Upload_ThatHasExpired_BeginsAnew()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "*/parts", Every = 3, Times = 1 });
        string path = bench.Write("book.txt", 4500);
        await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Parts, path, "OpenAI"));

        _now += TimeSpan.FromHours(2);
        ChatFile added = await AddAsync(Parts, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal(2, Count("/uploads"));
    }

    [Fact]
    public async Task Upload_OfAFileThatWasChangedAfterTheCut_BeginsAnewAndCancelsTheOldOne()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "*/parts", Every = 3, Times = 1 });
        string path = bench.Write("book.txt", 4500);
        await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Parts, path, "OpenAI"));

        bench.Write("book.txt", 4600, seed: 8);
        ChatFile added = await AddAsync(Parts, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal((2, 1), (Count("/uploads"), Count("/cancel")));
    }

    [Theory]
    [InlineData("OpenAI")]
    [InlineData("Gemini")]
    public async Task Upload_OfAFileThatChangesMeanwhile_IsAnErrorAndNoFile(string dialect)
    {
        FileBench bench = Start();
        string path = bench.Write("book.txt", 4500);
        int told = 0;

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(dialect == "Gemini" ? Pieces : Parts, path, dialect, sent: (_, _) =>
        {
            if (Interlocked.Increment(ref told) == 2)
            {
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
            }
        }));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("was changed while it was uploaded", failure.Message, StringComparison.Ordinal);
        Assert.Equal(dialect == "Gemini" ? 0 : 1, Count("/cancel"));
    }

    [Fact]
    public async Task Upload_ThatAServiceRefusesWhole_GoesInParts()
    {
        FileBench bench = Start(new SandboxLimits { FileBytes = 2000 });
        string path = bench.Write("book.txt", 4500);

        ChatFile added = await AddAsync(new OpenAIFiles("user_data", "") { PartSize = PartSize }, path, "OpenAI");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added));
        Assert.Equal(5, Count("/parts"));
    }

    [Fact]
    public async Task GeminiUpload_ThatIsCut_AsksHowFarItIsAndGoesOn()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "/upload/*", Every = 3, Times = 1 });
        string path = bench.Write("made-book.txt", 4500);

        ChatFile added = await AddAsync(Pieces, path, "Gemini", maxRetry: 2);

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added, "Gemini"));
        Assert.Equal("made-book.txt", added.FileName);
        Assert.Single(bench.Sandbox.GetRequests(), request => request.Headers.TryGetValue("X-Goog-Upload-Command", out string? command) && command == "query");
        Assert.Empty(Notes());
    }

    [Fact]
    public async Task GeminiUpload_ThatWasCut_GoesOnInTheNextProcess()
    {
        FileBench bench = Start(new SandboxFault { Kind = SandboxFaultKind.Reset, Path = "/upload/*", Every = 4, Times = 1 });
        string path = bench.Write("made-book.txt", 4500);
        await Assert.ThrowsAsync<ChatServiceException>(() => AddAsync(Pieces, path, "Gemini"));

        ChatFile added = await AddAsync(Pieces, path, "Gemini");

        Assert.Equal(File.ReadAllBytes(path), await LoadAsync(added, "Gemini"));
        Assert.Single(bench.Sandbox.GetRequests(), request => request.Headers.TryGetValue("X-Goog-Upload-Command", out string? command) && command == "start");
    }

    [Fact]
    public async Task Upload_OfALargeSparseFile_NeedsLittleMemory()
    {
        const long length = 200L * 1024 * 1024;
        FileBench bench = Start(new SandboxLimits { FileBytes = 1024 * 1024 });
        string path = Path.Combine(bench.Folder, "sparse.bin");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(length);
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        ChatFile added = await AddAsync(new OpenAIFiles("user_data", "") { LargestFile = 1024 * 1024 }, path, "OpenAI");
        long used = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(length, added.Bytes);
        Assert.Equal(4, Count("/parts"));
        Assert.InRange(used, 0, length / 4);
    }

    private static void Note(List<long> sent, long bytes, long total)
    {
        lock (sent)
        {
            sent.Add(Math.Min(bytes, total));
            sent.Sort();
        }
    }

    private FileBench Start(params SandboxFault[] faults) => _bench = new FileBench(new SandboxOptions { Faults = faults, Clock = () => _now });

    private FileBench Start(SandboxLimits limits) => _bench = new FileBench(new SandboxOptions { Limits = limits });

    private async Task<ChatFile> AddAsync(IServiceFiles files, string path, string dialect, int maxRetry = 0, Action<long, long>? sent = null)
    {
        using ServiceConnection connection = _bench!.Connect(dialect, maxRetry);
        return await files.AddAsync(connection, new NewFile(path, Path.GetFileName(path)) { Sent = sent }, CallSettings.None, default);
    }

    private async Task<byte[]> LoadAsync(ChatFile file, string dialect = "OpenAI")
    {
        using ServiceConnection connection = _bench!.Connect(dialect);
        using MemoryStream content = new();
        await connection.Require<IServiceFiles>("files").DownloadAsync(connection, file.Id, content, CallSettings.None, default);
        return content.ToArray();
    }

    private int Count(string end) => _bench!.Sandbox.GetRequests().Count(request => request.Path.EndsWith(end, StringComparison.Ordinal));

    private static string[] Notes() => Directory.Exists(ConfigurationFolder.Uploads) ? Directory.GetFiles(ConfigurationFolder.Uploads) : [];
}
