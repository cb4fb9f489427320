using ChatPS.Client.Connections;
using ChatPS.Client.Generations;
using ChatPS.Client.Providers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationHistoryTests : IDisposable
{
    private static readonly ConnectionSettings Gateway = new() { Dialect = KnownDialects.OpenAI, Name = "gateway", BaseUri = new Uri("https://gateway.example/v1"), Key = Engine.Secret("sk-test-0123456789") };

    private static readonly Gen<IReadOnlyList<string>> Lines = Gen.Elements("", " ", "{\"id\":\"mj", "null", "[1]", "7", "{}", "{\"id\":7,\"service\":\"Midjourney\"}", "{\"id\":\"\",\"service\":\"\"}", "\u0000", "{\"submittedAt\":\"never\"}").Several(0, 6);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "chatps-history-" + Guid.NewGuid().ToString("N"));
    private readonly List<string> _warnings = [];

    private string File => Path.Combine(_folder, "generations.jsonl");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Read_NothingWritten_IsEmpty()
    {
        Assert.Empty(New().Read(Gateway));
        Assert.Null(New().Find("mj1", Gateway, isOnly: false));
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void Read_TasksWithTheirEnds_GivesTheLastStateOfEachTheNewestFirst()
    {
        Note("mj1", ChatGenerationStatus.NotStarted, prompt: "a fox");
        Note("mj2", ChatGenerationStatus.NotStarted, prompt: "a hen");
        Note("mj1", ChatGenerationStatus.Failed, prompt: null, failReason: "no\nroom");

        IReadOnlyList<ChatGeneration> tasks = New().Read(Gateway);

        Assert.Equal(["mj2", "mj1"], tasks.Select(task => task.Id));
        Assert.Equal([ChatGenerationStatus.NotStarted, ChatGenerationStatus.Failed], tasks.Select(task => task.Status));
        Assert.Equal(["a hen", "a fox"], tasks.Select(task => task.Prompt));
        Assert.Equal("no\nroom", tasks[1].FailReason);
        Assert.Equal([0, 1], tasks.Select(task => task.Index));
    }

    [Fact]
    public void Find_ById_AsksForTheTaskToBeLookedAt()
    {
        Note("mj1", ChatGenerationStatus.Succeeded, prompt: "a fox");

        ChatGeneration task = New().Find("mj1", Gateway, isOnly: true)!;

        Assert.Equal(("Midjourney", "a fox", "gateway", ChatGenerationStatus.NotStarted), (task.Service, task.Prompt, task.Connection, task.Status));
    }

    [Fact]
    public void Find_SameIdAtTwoServices_PrefersTheConnectionThatIsAsked()
    {
        ConnectionSettings other = new() { Dialect = KnownDialects.OpenAI, Name = "other", BaseUri = new Uri("https://other.example/v1") };
        ConnectionSettings moved = new() { Dialect = KnownDialects.OpenAI, Name = "gateway", BaseUri = new Uri("https://moved.example/v1") };
        Note("mj1", ChatGenerationStatus.NotStarted, prompt: "a fox");
        New().Note(new ChatGeneration { Id = "mj1", Service = "Midjourney", Prompt = "a hen" }, other, _warnings.Add);

        GenerationHistory history = New();

        Assert.Equal("a fox", history.Find("mj1", Gateway, isOnly: false)?.Prompt);
        Assert.Equal("a hen", history.Find("mj1", other, isOnly: true)?.Prompt);
        Assert.Equal("a hen", history.Find("mj1", moved, isOnly: false)?.Prompt);
        Assert.Null(history.Find("mj1", moved, isOnly: true));
        Assert.Empty(history.Read(moved));
    }

    [Fact]
    public void Note_LongPromptWithSecrets_KeepsTheFirstWordsWithoutThem()
    {
        Note("mj1", ChatGenerationStatus.NotStarted, prompt: $"Use sk-test-0123456789 and password=hunter2hunter2 {new string('x', 190)}🦊{new string('y', 5_000)}");

        string text = System.IO.File.ReadAllText(File);
        Assert.DoesNotContain("0123456789", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.InRange(New().Read(Gateway)[0].Prompt!.Length, 199, 200);
    }

    [Fact]
    public void Note_ManyAtOnce_KeepsEveryLine()
    {
        const int Writers = 8;
        const int Each = 25;

        // Each has a history of its own, as processes do.
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            GenerationHistory history = New();
            for (int number = 0; number < Each; number++)
            {
                history.Note(new ChatGeneration { Id = $"{writer}-{number}", Service = "Midjourney" }, Gateway, _ => throw new InvalidOperationException());
            }
        });

        Assert.Equal(Writers * Each, New().Read(Gateway).Count);
    }

    [Fact]
    public void Note_WhileSomebodyReads_KeepsTheLine()
    {
        Note("mj1", ChatGenerationStatus.NotStarted, prompt: null);
        using FileStream reader = new(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        Note("mj2", ChatGenerationStatus.NotStarted, prompt: null);

        Assert.Equal(["mj2", "mj1"], New().Read(Gateway).Select(task => task.Id));
    }

    [Fact]
    public async Task Note_BesideReaders_LosesNothingAndFailsNobody()
    {
        const int Each = 200;
        using CancellationTokenSource over = new();
        Note("first", ChatGenerationStatus.NotStarted, prompt: null);
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                Assert.NotEmpty(New().Read(Gateway));
            }
        }))];
        await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(() =>
        {
            for (int number = 0; number < Each; number++)
            {
                // Whoever writes for the first time counts the lines, too.
                New().Note(new ChatGeneration { Id = $"{writer}-{number}", Service = "Midjourney" }, Gateway, warning => throw new InvalidOperationException(warning));
            }
        })));
        over.Cancel();
        await Task.WhenAll(readers);

        Assert.Equal((3 * Each) + 1, New().Read(Gateway).Count);
    }

    [Fact]
    public void Read_LineWithoutEnd_IsNone()
    {
        Note("mj1", ChatGenerationStatus.NotStarted, prompt: null);
        System.IO.File.AppendAllText(File, $$"""{"id":"long","service":"Midjourney","prompt":"{{new string('x', 1_000_000)}}"}""");
        Note("mj2", ChatGenerationStatus.NotStarted, prompt: null);

        Assert.Equal(["mj2", "mj1"], New().Read(Gateway).Select(task => task.Id));
    }

    [Fact]
    public void Note_TaskThatIsTooLong_IsAWarning()
    {
        New().Note(new ChatGeneration { Id = new string('x', 100_000), Service = "Midjourney" }, Gateway, _warnings.Add);

        Assert.Contains("too long", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Empty(New().Read(Gateway));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("Succeeded, Failed")]
    public void Read_StatusThatIsNone_IsNotTaken(string status)
    {
        Note("mj1", ChatGenerationStatus.Running, prompt: null);
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("Running", status, StringComparison.Ordinal));

        Assert.Equal(ChatGenerationStatus.NotStarted, Assert.Single(New().Read(Gateway)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".lock")]
    public async Task Note_NoOrdinaryFile_IsAWarningAndNoHang(string ending)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_folder);
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [File + ending]))
        {
            await made.WaitForExitAsync();
        }

        await Task.Run(() => New().Note(new ChatGeneration { Id = "mj1", Service = "Midjourney" }, Gateway, _warnings.Add)).WaitAsync(Engine.Patience);

        Assert.Contains("no ordinary file", Assert.Single(_warnings), StringComparison.Ordinal);
        if (ending.Length == 0)
        {
            ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Task.Run(() => New().Read(Gateway)).WaitAsync(Engine.Patience));
            Assert.Contains("no ordinary file", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Note_FileHasGrown_KeepsTheNewestTasks()
    {
        Note("mj0", ChatGenerationStatus.NotStarted, prompt: null);
        string line = System.IO.File.ReadAllText(File);
        System.IO.File.AppendAllLines(File, Enumerable.Range(1, 9_999).Select(number => line.Trim().Replace("mj0", $"mj{number}", StringComparison.Ordinal)));

        Note("last", ChatGenerationStatus.NotStarted, prompt: null);

        Assert.Equal(5_000, System.IO.File.ReadLines(File).Count());
        IReadOnlyList<ChatGeneration> tasks = New().Read(Gateway);
        Assert.Equal(5_000, tasks.Count);
        Assert.Equal("last", tasks[0].Id);
        Assert.Equal("mj9999", tasks[1].Id);
    }

    [Fact]
    public void Read_AnyLinesBetween_LosesNoTask() => Check.QuickThrowOnFailure(Prop.ForAll(Lines.ToArbitrary(), others =>
    {
        if (System.IO.File.Exists(File))
        {
            System.IO.File.Delete(File);
        }

        Note("mj1", ChatGenerationStatus.NotStarted, prompt: "a fox");
        System.IO.File.AppendAllLines(File, others);
        Note("mj2", ChatGenerationStatus.NotStarted, prompt: "a hen");
        return New().Read(Gateway).Select(task => task.Id).SequenceEqual(["mj2", "mj1"]);
    }));

    [Fact]
    public void Note_FileCannotBeWritten_WarnsOnce()
    {
        System.IO.File.WriteAllText(_folder, "no folder");
        try
        {
            GenerationHistory history = New();
            history.Note(new ChatGeneration { Id = "mj1", Service = "Midjourney" }, Gateway, _warnings.Add);
            history.Note(new ChatGeneration { Id = "mj2", Service = "Midjourney" }, Gateway, _warnings.Add);
            Assert.Contains("cannot be written", Assert.Single(_warnings), StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(_folder);
        }
    }

    private GenerationHistory New() => new(() => File);

    private void Note(string id, ChatGenerationStatus status, string? prompt, string? failReason = null)
    {
        New().Note(new ChatGeneration { Id = id, Service = "Midjourney", Action = "Imagine", Status = status, Prompt = prompt, FailReason = failReason }, Gateway, _warnings.Add);
        Assert.Empty(_warnings);
    }
}
