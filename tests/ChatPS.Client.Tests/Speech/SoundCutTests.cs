using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Speech;

/// <summary>Files that are larger than a request takes. No other test measures what is allocated meanwhile.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class SoundCutTests : IDisposable
{
    private const long ThreeGigabytes = 3L * 1024 * 1024 * 1024;
    private const long MostAllocated = 64L * 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-cut").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task Transcribe_FileOfThreeGigabytes_IsRefusedWithTheLimitNamed()
    {
        Sparse("talk.mp3", Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        long before = GC.GetTotalAllocatedBytes();

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.mp3")));

        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated);
        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("3072 MB", failure.Message, StringComparison.Ordinal);
        Assert.Contains("25 MB", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-SplitMinute", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Transcribe_WaveFileOfThreeGigabytes_IsSentInPartsWithFlatMemory()
    {
        // 16 channels of 48,000 samples a second make 1.5 MB a second.
        byte[] head = WaveFile.RawHead(0);
        BitConverter.TryWriteBytes(head.AsSpan(22), (short)16);
        BitConverter.TryWriteBytes(head.AsSpan(24), 48_000);
        BitConverter.TryWriteBytes(head.AsSpan(28), 1_536_000);
        BitConverter.TryWriteBytes(head.AsSpan(32), (short)32);
        Sparse("talk.wav", head);
        using Drain drain = new();
        using ServiceConnection connection = Engine.Connect(drain.BaseUri);
        TranscriptRequest request = Request("talk.wav") with { SplitMinutes = 0.25 };
        long before = GC.GetTotalAllocatedBytes();

        ChatTranscript transcript = await new TranscriptService(connection, 2).TranscribeAsync(request, Client.Connections.CallSettings.None, RunPlan.None, CancellationToken.None);

        long parts = (ThreeGigabytes - 44 + (15 * 1_536_000) - 1) / (15 * 1_536_000);
        Assert.Equal((parts, parts, request.Sound.Duration), (transcript.Parts, drain.Requests, transcript.Duration));
        Assert.InRange(drain.Bytes, ThreeGigabytes, ThreeGigabytes + (parts * 2000));
        Assert.Equal(TimeSpan.FromSeconds(15 * (parts - 1)), transcript.Segments[^1].Start);
        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated, string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes() - before} bytes"));
    }

    [Fact]
    public async Task Transcribe_SpokenWaveFileInParts_SaysTheSame()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        const string Text = "We rotate the keys on Friday. Who tells the team? I do it. Good, that is all for today.";
        await connection.SpeakAsync(Sounds.Say(Text), SpeechTarget.File(In("talk.wav"), null, replaces: false));
        TranscriptRequest whole = Request("talk.wav") with { Format = "verbose_json", Granularities = ["word", "segment"] };

        ChatTranscript plain = await connection.TranscribeAsync(whole);
        ChatTranscript cut = await connection.TranscribeAsync(whole with { SplitMinutes = 0.6 / 60 });

        // 0.6 s are ten tokens.
        Assert.Equal((Text, Text, 3), (plain.Text, cut.Text, cut.Parts));
        Assert.Equal(plain.Words.Select(word => (word.Word, word.Start)), cut.Words.Select(word => (word.Word, word.Start)));
        Assert.Equal((plain.Duration, In("talk.wav")), (cut.Duration, cut.Path));
        ChatTranscript subtitles = await connection.TranscribeAsync(Request("talk.wav") with { Format = "srt", SplitMinutes = 0.6 / 60 });
        Assert.StartsWith("1\n00:00:00,000 --> ", subtitles.ToString(), StringComparison.Ordinal);
        Assert.Equal(subtitles.Segments.Select(segment => segment.Text), Subtitles.Read(subtitles.Text).Select(segment => segment.Text));
    }

    [Fact]
    public async Task Transcribe_RunThatBrokeOffWithinAFile_GoesOnThere()
    {
        using CheckpointFolder checkpoints = new();
        await File.WriteAllBytesAsync(In("talk.wav"), Sounds.Wave(0.9, 1));
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"text":"one"}"""), RawServer.Answer(400, """{"error":{"message":"bad"}}"""), RawServer.Answer(200, """{"text":"more"}"""));
        using ServiceConnection connection = Engine.Connect(server);
        TranscriptRequest request = Request("talk.wav") with { SplitMinutes = 0.3 / 60 };

        await Assert.ThrowsAsync<ChatServiceException>(() => RunAsync());
        int asked = server.Exchanges.Count;
        ChatTranscript transcript = await RunAsync();

        Assert.Equal((2, "one more more", 4), (asked, transcript.Text, server.Exchanges.Count));

        async Task<ChatTranscript> RunAsync()
        {
            using Checkpoint checkpoint = checkpoints.Open();
            return await new TranscriptService(connection, 1).TranscribeAsync(request, Client.Connections.CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Transcribe_PartsThatAreTooLarge_NameWhatFits()
    {
        await File.WriteAllBytesAsync(In("talk.wav"), Sounds.Wave(60.0, 1));
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.wav") with { SplitMinutes = 0.9, LargestFile = 1024 * 1024 }));

        Assert.Contains("-SplitMinute 0.36", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Transcribe_WithoutFfmpeg_SaysWhatIsMissing()
    {
        await File.WriteAllBytesAsync(In("talk.mp3"), Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await WithPathAsync(_folder, () => Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.mp3") with { SplitMinutes = 1 })));

        Assert.Contains("ffmpeg", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Transcribe_WithFfmpeg_SendsItsPartsAndRemovesThem()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string name = "talk ' $(touch bad) %d.mp3";
        await File.WriteAllBytesAsync(In(name), Sounds.Mp3);
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"text":"one","segments":[{"start":0,"end":1,"text":"one"}]}"""), RawServer.Answer(200, """{"text":"two","segments":[{"start":0,"end":1,"text":"two"}]}"""));
        using ServiceConnection connection = Engine.Connect(server);
        Script("""
            pwd > "$(dirname "$0")/where"; printf '%s\n' "$@" > "$(dirname "$0")/arguments"
            printf '\377\373\220\000a' > part00000.mp3; printf '\377\373\220\000b' > part00001.mp3
            printf 'part00000.mp3,0.000000,60.500000\npart00001.mp3,60.500000,75.000000\n' > parts.csv
            """);

        ChatTranscript transcript = await WithPathAsync(_folder, () => new TranscriptService(connection, 1).TranscribeAsync(Request(name) with { SplitMinutes = 1 }, Client.Connections.CallSettings.None, RunPlan.None, CancellationToken.None));

        Assert.Equal(("one two", 2, TimeSpan.FromSeconds(75)), (transcript.Text, transcript.Parts, transcript.Duration));
        Assert.Equal([0, 60.5], transcript.Segments.Select(segment => segment.Start!.Value.TotalSeconds));
        Assert.Contains("file:" + In(name), await File.ReadAllLinesAsync(In("arguments")));
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(In("where"))).Trim()));
    }

    [Fact]
    public async Task Transcribe_FfmpegThatFails_GivesItsWordsAndLeavesNothing()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllBytesAsync(In("talk.mp3"), Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        Script("""pwd > "$(dirname "$0")/where"; echo 'Invalid data found' >&2; exit 1""");

        ChatServiceException failure = await WithPathAsync(_folder, () => Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.mp3") with { SplitMinutes = 1 })));

        Assert.Contains("Invalid data found", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(In("where"))).Trim()));
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData("yes ")]
    [InlineData("cat /dev/zero")]
    [InlineData("yes >&2")]
    [InlineData("sleep 600 & sleep 600")]
    public async Task Transcribe_FfmpegWithoutEnd_EndsWithTheCommandAndKeepsNothing(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllBytesAsync(In("talk.mp3"), Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        Script($"""pwd > "$(dirname "$0")/where.new"; mv "$(dirname "$0")/where.new" "$(dirname "$0")/where"; {script}""");
        using CancellationTokenSource stop = new();
        long before = GC.GetTotalAllocatedBytes();

        Task<ChatTranscript> asked = WithPathAsync(_folder, () => new TranscriptService(connection, 1).TranscribeAsync(Request("talk.mp3") with { SplitMinutes = 1 }, Client.Connections.CallSettings.None, RunPlan.None, stop.Token));
        await Engine.Eventually(() => File.Exists(In("where")));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Engine.Patience));
        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated);
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(In("where"))).Trim()));
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Transcribe_FfmpegWithMuchToSay_GivesTheBeginning()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllBytesAsync(In("talk.mp3"), Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        Script("echo 'Invalid data found' >&2; head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2; exit 1");
        long before = GC.GetTotalAllocatedBytes();

        ChatServiceException failure = await WithPathAsync(_folder, () => Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.mp3") with { SplitMinutes = 1 })));

        Assert.Contains("Invalid data found", failure.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated);
    }

    [Theory]
    [InlineData("a.mp3,0,1e300")]
    [InlineData("a.mp3,nan,5")]
    [InlineData("a.mp3,-60,5")]
    [InlineData("a.mp3,0,inf")]
    [InlineData("a.mp3,60,5")]
    [InlineData("a.mp3,0")]
    [InlineData("../a.mp3,0,5")]
    [InlineData("garbage")]
    [InlineData("b.mp3,0,5")]
    public async Task Transcribe_FfmpegWithAListThatCannotBe_IsAFailureOfTheItem(string line)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllBytesAsync(In("talk.mp3"), Sounds.Mp3);
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);
        Script($"cp \"$(dirname \"$0\")/talk.mp3\" a.mp3; echo '{line}' > parts.csv");

        ChatServiceException failure = await WithPathAsync(_folder, () => Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.mp3") with { SplitMinutes = 1 })));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith("-SplitMinute", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData(22, 0, 2)]
    [InlineData(24, 10, 4)]
    [InlineData(24, 1_000_000, 4)]
    [InlineData(28, 0, 4)]
    [InlineData(28, 1, 4)]
    [InlineData(28, 2_000_000_000, 4)]
    public async Task Transcribe_WaveFileWithAHeaderThatCannotBe_IsNotCut(int place, int value, int bytes)
    {
        byte[] file = Sounds.Wave(60.0, 1);
        BitConverter.GetBytes(value).AsSpan(0, bytes).CopyTo(file.AsSpan(place));
        await File.WriteAllBytesAsync(In("talk.wav"), file);
        using RawServer server = RawServer.Answering(200, """{"text":"x"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.wav") with { SplitMinutes = 0.5 }));

        Assert.Contains("header cannot be right", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);

        // Whole, it is the service that looks into it; nobody counts with what it says.
        Assert.Null((await connection.TranscribeAsync(Request("talk.wav"))).Duration);
    }

    [Fact]
    public async Task Transcribe_PartsThatAreTooMany_NameWhatIsFewEnough()
    {
        await File.WriteAllBytesAsync(In("talk.wav"), Sounds.Wave(60.0, 1));
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request("talk.wav") with { SplitMinutes = 0.0001 }));

        Assert.StartsWith("-SplitMinute is 0.0001", failure.Message, StringComparison.Ordinal);
        Assert.Contains("10000 parts", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Use -SplitMinute 0.01 or more.", failure.RecommendedAction);
        Assert.Empty(server.Exchanges);
    }

    private TranscriptRequest Request(string name) => new() { Sound = SoundFile.Open(In(name), "-Path"), Model = "m" };

    private void Sparse(string name, byte[] head)
    {
        using FileStream file = File.Create(In(name));
        file.Write(head);
        file.SetLength(ThreeGigabytes);
    }

    private void Script(string text)
    {
        File.WriteAllText(In("ffmpeg"), "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(In("ffmpeg"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task<T> WithPathAsync<T>(string folder, Func<Task<T>> action)
    {
        string? saved = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", OperatingSystem.IsWindows() ? folder : folder + ":/usr/bin:/bin");
            return await action();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", saved);
        }
    }

    /// <summary>A service that reads files and keeps none.</summary>
    private sealed class Drain : IDisposable
    {
        private const string Json = """{"text":"x","duration":15,"segments":[{"start":0,"end":15,"text":"x"}]}""";

        private static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Json.Length}\r\n\r\n{Json}");

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private long _bytes;
        private int _requests;

        public Drain()
        {
            _listener.Start();
            BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
            _ = AcceptAsync();
        }

        public Uri BaseUri { get; }

        public long Bytes => Interlocked.Read(ref _bytes);

        public int Requests => Volatile.Read(ref _requests);

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = ServeAsync(await _listener.AcceptSocketAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using NetworkStream stream = new(socket, ownsSocket: true);
            byte[] buffer = new byte[256 * 1024];
            int filled = 0;
            while (true)
            {
                int end;
                while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    int more = await stream.ReadAsync(buffer.AsMemory(filled));
                    if (more == 0)
                    {
                        return;
                    }

                    filled += more;
                }

                string head = Encoding.ASCII.GetString(buffer, 0, end);
                long left = long.Parse(head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))[15..], CultureInfo.InvariantCulture);
                Interlocked.Add(ref _bytes, left);
                for (left -= filled - end - 4; left > 0;)
                {
                    left -= await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
                }

                filled = 0;
                Interlocked.Increment(ref _requests);
                await stream.WriteAsync(Answer);
            }
        }
    }
}
