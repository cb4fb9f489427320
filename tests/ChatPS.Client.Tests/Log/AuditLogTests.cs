using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Log;
using ChatPS.Client.Providers;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Log;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-log-").FullName;

    private string LogFile => Path.Combine(_folder, "chat.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Enter_ManyAtOnceWithRotation_KeepsEveryLineWhole()
    {
        const int Writers = 8;
        const int Each = 50;

        // Each writer opens the log for itself, as processes do.
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            AuditLog log = AuditLog.Open(LogFile, LogContent.Full, limit: 5_000);
            for (int number = 0; number < Each; number++)
            {
                Assert.Null(log.Enter(new ChatLogEntry { Time = DateTimeOffset.UnixEpoch, Connection = $"{writer}-{number}", Prompt = new string('x', 100), Outcome = "Success" }));
            }
        });

        List<ChatLogEntry> entries = Read();
        Assert.Equal(Writers * Each, entries.Select(entry => entry.Connection).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Writers * Each, entries.Count);
        Assert.True(Directory.GetFiles(_folder, "chat.log.*").Length > 5);
        Assert.All(Directory.GetFiles(_folder, "chat.log.*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)), file => Assert.InRange(new FileInfo(file).Length, 5_000, 6_000));
    }

    [Fact]
    public void Read_FilesPutAside_ComeInTheirOrder()
    {
        AuditLog log = AuditLog.Open(LogFile, LogContent.None, limit: 1);
        for (int number = 0; number < 12; number++)
        {
            log.Enter(new ChatLogEntry { Connection = $"{number}" });
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{number}"), Read().Select(entry => entry.Connection));
        Assert.True(File.Exists(LogFile + ".11"));
    }

    [Fact]
    public void Enter_AfterALineThatWasBrokenOff_BeginsALineOfItsOwn()
    {
        File.WriteAllText(LogFile, "{\"time\":\"2026-01-01T00:00:00Z\",\"us");
        AuditLog.Open(LogFile, LogContent.None).Enter(new ChatLogEntry { Connection = "whole" });
        int foreign = 0;

        ChatLogEntry entry = Assert.Single(AuditReader.Read(LogFile, (_, count) => foreign += count));

        Assert.Equal("whole", entry.Connection);
        Assert.Equal(1, foreign);
    }

    [Fact]
    public void Line_WrittenAndRead_IsTheSame()
    {
        ChatLogEntry entry = new()
        {
            Time = new DateTimeOffset(2026, 11, 30, 12, 34, 56, 789, TimeSpan.Zero),
            User = "ann",
            Host = "box",
            ProcessId = 7,
            Connection = "c",
            Service = "https://a.example/v1",
            Endpoint = "POST /v1/chat/completions",
            RequestedModel = "m",
            Model = "m-2",
            Item = 3,
            ItemCount = 2,
            Prompt = "line\r\nline \u2028 \u001b]0;x\u0007 😀",
            PromptHash = "p",
            Answer = "\"a\"",
            AnswerHash = "h",
            InputTokens = 1,
            CachedTokens = 2,
            OutputTokens = 3,
            TotalTokens = 6,
            Cost = 0.000000000123m,
            Duration = TimeSpan.FromMilliseconds(12.5),
            Attempts = 2,
            RequestId = "r",
            Outcome = "Failed",
            ErrorId = ErrorIds.BadResponse,
        };

        byte[] line = AuditLine.Write(entry);
        ChatLogEntry again = AuditLine.Read(System.Text.Encoding.UTF8.GetString(line).TrimEnd('\n'))!;

        Assert.Equal(1, line.Count(value => value == (byte)'\n'));
        Assert.All(typeof(ChatLogEntry).GetProperties(), property => Assert.Equal(property.GetValue(entry), property.GetValue(again)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"time\":5}")]
    [InlineData("no json")]
    [InlineData("null")]
    public void Line_OfSomethingElse_IsNoEntry(string line) => Assert.Null(AuditLine.Read(line));

    [Fact]
    public void Open_WhereNothingCanBeWritten_SaysSo()
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => AuditLog.Open(Path.Combine(_folder, "no", "chat.log"), LogContent.Hash));

        Assert.Equal(ErrorIds.LogFailed, failure.ErrorId);
        Assert.Contains("-LogPath", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WhileTheLogCannotBeWritten_IsNotSentAndWhatWasSentIsEnteredLater()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "away")).FullName;
        using ServiceConnection connection = Engine.Connect(Settings(server, Path.Combine(folder, "chat.log"), "Full"));
        List<string> warnings = [];
        CallSettings settings = new() { Warning = warnings.Add };
        Directory.Move(folder, folder + "2");

        // The answer is paid for, and stands.
        Assert.Equal("You said: one", (await connection.CompleteAsync("one", settings)).Text);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync("two", settings));

        Assert.Equal(ErrorIds.LogFailed, failure.ErrorId);
        Assert.Contains("cannot be written", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Single(server.GetRequests());
        Directory.Move(folder + "2", folder);
        await connection.CompleteAsync("three", settings);
        Assert.Equal(["one", "three"], AuditReader.Read(Path.Combine(folder, "chat.log"), (_, _) => { }).Select(entry => entry.Prompt!));
    }

    [Fact]
    public async Task Call_Streamed_FailedOrCancelled_IsEnteredWithItsOutcome()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Engine.Connect(Settings(server, LogFile, "Full"));
        using CancellationTokenSource stopped = new();

        await connection.StreamAsync();
        await connection.FailAsyncOf("missing-model");
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.CompleteAsync(cancellationToken: stopped.Token));

        List<ChatLogEntry> entries = Read();
        Assert.Equal(["Success", "Failed", "Cancelled"], entries.Select(entry => entry.Outcome));
        Assert.Equal([null, ErrorIds.ModelNotFound, null], entries.Select(entry => entry.ErrorId));
        Assert.Equal("You said: hello", entries[0].Answer);
        Assert.Equal(0.0000051m, entries[0].Cost! * 2);
    }

    [Theory]
    [InlineData("None", false, false)]
    [InlineData("Hash", true, false)]
    [InlineData("Full", false, true)]
    public async Task Call_WithAKeyInPromptAndAnswer_NeverHasItInTheLog(string content, bool hashes, bool texts)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Engine.Connect(Settings(server, LogFile, content));

        await connection.CompleteAsync($"My key is {Engine.Key}.");

        ChatLogEntry entry = Assert.Single(Read());
        Assert.DoesNotContain(Engine.Key, await File.ReadAllTextAsync(LogFile), StringComparison.Ordinal);
        Assert.Equal(texts ? "My key is ****." : null, entry.Prompt);
        Assert.Equal(texts ? "You said: My key is ****." : null, entry.Answer);
        Assert.Equal(hashes ? AuditLine.Hash("My key is ****.") : null, entry.PromptHash);
        Assert.Equal(hashes, entry.AnswerHash is { Length: 64 });
    }

    [Fact]
    public async Task Debug_Bodies_AreRedactedBeforeTheyAreShortened()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions());
        using ServiceConnection connection = Engine.Connect(server);
        List<string> lines = [];

        // The cut would leave the first half of the key.
        int before = 8 * 1024 - """{"model":"sandbox-mini","messages":[{"role":"user","content":" """.TrimEnd().Length - 10;
        await connection.CompleteAsync(new string('x', before) + Engine.Key + "\u202e" + new string('y', 2_000), new CallSettings { Debug = lines.Add });

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("sk-test", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain('\u202e', line));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 9_000));
        Assert.Contains("characters in all", lines[0], StringComparison.Ordinal);
    }

    private List<ChatLogEntry> Read() => [.. AuditReader.Read(LogFile, (file, count) => Assert.Fail($"{count} lines of {file} are no entries."))];

    private static ConnectionSettings Settings(SandboxServer server, string path, string content) => new()
    {
        Dialect = KnownDialects.OpenAI,
        BaseUri = server.BaseUri,
        Key = Engine.Secret(Engine.Key),
        Model = "sandbox-mini",
        MaxRetry = 0,
        LogPath = path,
        LogContent = content,
        Prices = new PriceTable([new ModelPrice("sandbox-*", 0.15m, 0.6m)]),
    };
}

internal static class LogCalls
{
    public static Task<ChatServiceException> FailAsyncOf(this ServiceConnection connection, string model) =>
        Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(Engine.Ask() with { Model = model }, CallSettings.None, CancellationToken.None));
}
