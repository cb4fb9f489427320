using System.Collections;
using System.Diagnostics;
using System.Text;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Checkpoints;

/// <summary>What is stored is found again, by whoever asks the same; and nothing else is.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadStored_WhateverWasSaved_IsTheSame()
    {
        CheckpointRecord[] records =
        [
            new()
            {
                Raw = "{\"a\":\"😀👩‍👩‍👧 \u2028\u2029 \\u0000 \\\" 你好\"}",
                IsStream = true,
                Elapsed = TimeSpan.FromTicks(12_345_678_901),
                RequestId = "req_1",
                Connection = "größe\n2",
                RequestedModel = "m",
                TotalTokens = long.MaxValue,
                Cost = 0.000_000_123_456_789m,
                At = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero).AddTicks(9_999),
            },
            new() { Raw = "" },
            new() { Raw = "{\"choices\":[]}\r\n\n{\"choices\":[]}\0\u001F\u007F\u0085\uFEFF" },
            new() { Raw = new string('x', 300_000) + "é" + new string('"', 300_000) },
        ];
        using (Checkpoint checkpoint = _folder.Open())
        {
            foreach (CheckpointRecord record in records)
            {
                await checkpoint.Claim("{}"u8.ToArray()).SaveAsync(record);
            }
        }

        using Checkpoint again = _folder.Open();

        Assert.All(records, record => Assert.Equal(record, again.Claim("{}"u8.ToArray()).ReadStored()));
    }

    [Fact]
    public void File_Always_IsUtf8WithoutMarkInLinesThatEnd()
    {
        _folder.Save("a", "b");

        string text = new UTF8Encoding(false, true).GetString(_folder.Bytes);
        Assert.StartsWith("""{"chatps":1,"command":"Invoke-ChatCompletion","parameters":{}}""" + "\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\"raw\":\"answer to b\"}\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Count(letter => letter == '\n'));
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Claim_IdenticalRequests_AreToldApartByTheirOccurrence()
    {
        using (Checkpoint checkpoint = _folder.Open())
        {
            CheckpointSlot[] slots = [.. Enumerable.Range(0, 3).Select(_ => checkpoint.Claim(CheckpointFolder.Request("same")))];
            Assert.Equal([1, 2, 3], slots.Select(slot => slot.Occurrence));
            CheckpointFolder.Save(checkpoint, slots[2], CheckpointFolder.Answer("third"));
            CheckpointFolder.Save(checkpoint, slots[0], CheckpointFolder.Answer("first"));
        }

        Assert.Equal(["first", null, "third", null, null], _folder.Read("same", "same", "same", "same", "other"));
    }

    [Fact]
    public void Claim_RequestsInAnotherOrder_FindTheirOwnAnswers()
    {
        _folder.Save("a", "b", "c");

        Assert.Equal(["answer to c", null, "answer to a", "answer to b", null], _folder.Read("c", "new", "a", "b", "a"));
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,{"d":2,"e":3}],"f":"é"}}""", """{ "b": {"f":"\u00e9","c":[1,{"e":3,"d":2}]}, "a": 1 }""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("--part", "--part", true)]
    [InlineData("--part", "--part ", false)]
    public void Claim_RequestInAnotherSpelling_IsTheSameRequest(string saved, string asked, bool isSame)
    {
        using (Checkpoint checkpoint = _folder.Open())
        {
            CheckpointFolder.Save(checkpoint, checkpoint.Claim(Encoding.UTF8.GetBytes(saved)), CheckpointFolder.Answer("x"));
        }

        using Checkpoint again = _folder.Open();

        Assert.Equal(isSame, again.Claim(Encoding.UTF8.GetBytes(asked)).IsStored);
    }

    [Fact]
    public void Claim_SameJsonOfAnotherCommand_IsAnotherRequest()
    {
        _folder.Save("a");

        using Checkpoint other = Checkpoint.Open(_folder.File, CheckpointMode.Append, "Get-ChatEmbedding", new Dictionary<string, object?>());

        Assert.False(other.Claim(CheckpointFolder.Request("a")).IsStored);
    }

    [Fact]
    public void Open_PlaceThatWasWrittenTwice_CountsOnce()
    {
        using (Checkpoint first = _folder.Open())
        {
            CheckpointSlot slot = first.Claim(CheckpointFolder.Request("a"));
            CheckpointFolder.Save(first, slot, new() { Raw = "begun" });
            CheckpointFolder.Save(first, slot, new() { Raw = "done", TotalTokens = 5 });
        }

        using Checkpoint checkpoint = _folder.Open();

        Assert.Equal((1, 5L), (checkpoint.StoredCount, checkpoint.StoredTokens));
    }

    [Fact]
    public void Open_Totals_AreThoseOfTheWholeFile()
    {
        using (Checkpoint first = _folder.Open(CheckpointMode.Resume, ("Temperature", 1)))
        {
            Assert.Equal((0, 0L, 0m, 0L), (first.StoredCount, first.StoredTokens, first.StoredCost, first.RepairedBytes));
            CheckpointFolder.Save(first, first.Claim(CheckpointFolder.Request("a")), new() { Raw = "", TotalTokens = 3_000_000_000, Cost = 0.1m });
            CheckpointFolder.Save(first, first.Claim(CheckpointFolder.Request("b")), new() { Raw = "", TotalTokens = 5 });
        }

        using (Checkpoint second = _folder.Open(CheckpointMode.Append))
        {
            CheckpointFolder.Save(second, second.Claim(CheckpointFolder.Request("c")), new() { Raw = "", TotalTokens = 1, Cost = 0.2m });
        }

        using Checkpoint checkpoint = _folder.Open();

        Assert.Equal((3, 3_000_000_006L, 0.3m), (checkpoint.StoredCount, checkpoint.StoredTokens, checkpoint.StoredCost));
    }

    [Fact]
    public void Open_EqualParameters_AreResumedWhateverTheirOrder()
    {
        _folder.Open(CheckpointMode.Resume, ("Model", "m"), ("AdditionalBody", new Hashtable { ["a"] = 1, ["b"] = new[] { 1, 2 } }), ("TopP", null)).Dispose();
        byte[] before = _folder.Bytes;

        _folder.Open(CheckpointMode.Resume, ("AdditionalBody", new Dictionary<string, object?> { ["b"] = new[] { 1, 2 }, ["a"] = 1 }), ("Model", "m")).Dispose();

        Assert.Equal(before, _folder.Bytes);
    }

    [Fact]
    public void Open_OtherParametersInResume_IsAnErrorThatNamesThem()
    {
        string system = new string('s', 100) + " and then";
        _folder.Open(CheckpointMode.Resume, ("Temperature", 0.2), ("System", system + " this\none " + new string('t', 100)), ("Seed", 5), ("Model", "m")).Dispose();
        byte[] before = _folder.Bytes;

        ChatServiceException failure = Engine.AssertInvalid(() => _folder.Open(CheckpointMode.Resume, ("Temperature", 0.7), ("System", system + " that"), ("Stop", new[] { "x" }), ("Model", "m")));

        Assert.Contains(_folder.File, failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Temperature was 0.2 and is now 0.7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Seed was 5 and is now not given", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Stop was not given and is now [\"x\"]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("this one ttt", failure.Message, StringComparison.Ordinal);
        Assert.Contains("that'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Model", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Message.Length < 450);
        Assert.Contains("-CheckpointMode Append", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-CheckpointMode Replace", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Bytes);
    }

    [Fact]
    public void Open_OtherCommandInResume_IsAnErrorThatNamesIt()
    {
        _folder.Save("a");

        ChatServiceException failure = Engine.AssertInvalid(() => Checkpoint.Open(_folder.File, CheckpointMode.Resume, "Get-ChatEmbedding", new Dictionary<string, object?>()));

        Assert.Contains("the command was Invoke-ChatCompletion and is now Get-ChatEmbedding", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Append_KeepsTheAnswersOfAllParameters()
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (double temperature in new[] { 0.2, 0.7 })
            {
                using Checkpoint checkpoint = _folder.Open(CheckpointMode.Append, ("Temperature", temperature));
                CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request($"at {temperature}"));
                Assert.Equal(round == 1, slot.IsStored);
                if (round == 0)
                {
                    CheckpointFolder.Save(checkpoint, slot, CheckpointFolder.Answer("x"));
                }
            }
        }

        Assert.Equal(2, File.ReadLines(_folder.File).Count(line => line.Contains("chatps", StringComparison.Ordinal)));
        _folder.Open(CheckpointMode.Resume, ("Temperature", 0.2)).Dispose();
        _folder.Open(CheckpointMode.Resume, ("Temperature", 0.7)).Dispose();
        ChatServiceException failure = Engine.AssertInvalid(() => _folder.Open(CheckpointMode.Resume, ("Temperature", 0.9)));
        Assert.Contains("and is now 0.9", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Replace_StartsOver()
    {
        _folder.Save("a", "b");

        using (Checkpoint checkpoint = _folder.Open(CheckpointMode.Replace, ("Seed", 1)))
        {
            Assert.Equal((0, false), (checkpoint.StoredCount, checkpoint.Claim(CheckpointFolder.Request("a")).IsStored));
        }

        Assert.Equal("""{"chatps":1,"command":"Invoke-ChatCompletion","parameters":{"Seed":1}}""" + "\n", Encoding.UTF8.GetString(_folder.Bytes));
    }

    [Theory]
    [InlineData("Ticket;Text\n1;Hello\n")]
    [InlineData("{\"id\":1}\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("{}")]
    public void Open_FileThatIsNoCheckpoint_IsLeftAsItIs(string content) => Assert.All(Enum.GetValues<CheckpointMode>(), mode =>
    {
        _folder.Bytes = Encoding.UTF8.GetBytes(content);
        UnixFileMode permissions = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_folder.File);

        ChatServiceException failure = Engine.AssertInvalid(() => _folder.Open(mode));

        Assert.Contains($"'{_folder.File}' is not a checkpoint", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, Encoding.UTF8.GetString(_folder.Bytes));
        Assert.Equal(permissions, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_folder.File));
    });

    [Theory]
    [InlineData("""{"chatps":2,"what":"ever"}""", "format 2")]
    [InlineData("""{"chatps":1,"command":"x","parameters":{}}""" + "\n" + """{"chatps":12,"parts":[]}""", "format 12")]
    public void Open_FormatOfANewerRelease_IsAnError(string content, string format)
    {
        _folder.Bytes = Encoding.UTF8.GetBytes(content + "\n");

        Assert.Contains(format, Engine.AssertInvalid(() => _folder.Open(CheckpointMode.Append)).Message, StringComparison.Ordinal);
        Assert.Equal(content + "\n", Encoding.UTF8.GetString(_folder.Bytes));
    }

    [Fact]
    public void Open_LastLineTornAnywhere_LosesAtMostThatAnswer()
    {
        _folder.Save("a", "b", "é😀");
        byte[] whole = _folder.Bytes;
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (int length = last; length < whole.Length; length++)
        {
            _folder.Bytes = whole[..length];
            bool isWhole = length == whole.Length - 1;
            using (Checkpoint checkpoint = _folder.Open())
            {
                Assert.Equal((isWhole ? 3 : 2, isWhole ? 0 : length - last), (checkpoint.StoredCount, checkpoint.RepairedBytes));
                Assert.Equal("answer to b", checkpoint.Claim(CheckpointFolder.Request("b")).ReadStored()!.Raw);
                CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request("é😀"));
                Assert.Equal(isWhole, slot.IsStored);
                CheckpointFolder.Save(checkpoint, checkpoint.Claim(CheckpointFolder.Request("new")), CheckpointFolder.Answer("answer"));
            }

            Assert.Equal(["answer to a", "answer to b", isWhole ? "answer to é😀" : null, "answer"], _folder.Read("a", "b", "é😀", "new"));
        }
    }

    [Fact]
    public void Open_FirstLineTornAnywhere_BeginsTheFile()
    {
        _folder.Save();
        byte[] whole = _folder.Bytes;

        for (int length = 0; length <= whole.Length; length++)
        {
            _folder.Bytes = whole[..length];
            _folder.Save();

            Assert.Equal(whole, _folder.Bytes);
        }
    }

    [Fact]
    public void Open_RubbishAtTheEnd_IsCutOff()
    {
        _folder.Save("a");
        byte[] whole = _folder.Bytes;
        byte[][] tails = [new byte[5000], [.. new byte[100], (byte)'\n', 1, 2], "{\"key\":\n\n{}\nxyz"u8.ToArray(), [0xFF, (byte)'\n'], [.. whole[^20..]]];

        Assert.All(tails, tail =>
        {
            _folder.Bytes = [.. whole, .. tail];
            using (Checkpoint checkpoint = _folder.Open())
            {
                Assert.Equal((tail.Length, 1), (checkpoint.RepairedBytes, checkpoint.StoredCount));
            }

            Assert.Equal(whole, _folder.Bytes);
        });
    }

    [Fact]
    public void Open_DamagedLineAmidGoodOnes_IsAnErrorThatNamesTheLine()
    {
        _folder.Save("a", "b", "c");
        string[] lines = File.ReadAllLines(_folder.File);
        for (int line = 0; line < 3; line++)
        {
            string[] damaged = [.. lines];
            damaged[line] = line == 0 ? damaged[line][..^1] : "x" + damaged[line];
            File.WriteAllLines(_folder.File, damaged);
            byte[] before = _folder.Bytes;

            ChatServiceException failure = Engine.AssertInvalid(() => _folder.Open());

            Assert.Contains($"line {line + 1} of '{_folder.File}'", failure.Message, StringComparison.Ordinal);
            Assert.Contains("-CheckpointMode Replace", failure.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(before, _folder.Bytes);
        }

        _folder.Open(CheckpointMode.Replace).Dispose();
        Assert.Equal([null], _folder.Read("a"));
    }

    [Fact]
    public void Open_ZerosAmidGoodLines_ArePassedOver()
    {
        _folder.Save("a", "b", "c");
        byte[] bytes = _folder.Bytes;
        int hole = bytes.AsSpan().IndexOf("answer to b"u8);
        Array.Clear(bytes, hole - 40, 60);
        _folder.Bytes = bytes;

        Assert.Equal("answer to a", _folder.Read("a")[0]);
        Assert.Null(_folder.Read("b")[0]);
    }

    [Fact]
    public void Open_FileThatAnEditorSaved_IsRead()
    {
        _folder.Save("a", "b");
        _folder.Bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_folder.Bytes).Replace("\n", "\r\n", StringComparison.Ordinal))[..^2]];

        Assert.Equal(["answer to a", "answer to b"], _folder.Read("a", "b"));
    }

    [Fact]
    public void Open_FileInUse_IsAnErrorThatNamesIt()
    {
        using (_folder.Open())
        {
            Assert.All(Enum.GetValues<CheckpointMode>(), mode => Assert.Contains($"'{_folder.File}' is in use", Engine.AssertInvalid(() => _folder.Open(mode)).Message, StringComparison.Ordinal));
        }

        using (new FileStream(_folder.File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("is in use", Engine.AssertInvalid(() => _folder.Open()).Message, StringComparison.Ordinal);
        }

        _folder.Open().Dispose();
    }

    [Fact]
    public void Open_FileInUseByAnotherProcess_IsAnError()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/flock"))
        {
            return;
        }

        _folder.Open().Dispose();
        using Process other = Process.Start(new ProcessStartInfo("/usr/bin/flock", [_folder.File, "sh", "-c", "echo locked; read line"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("locked", other.StandardOutput.ReadLine());

        ChatServiceException failure = Engine.AssertInvalid(() => _folder.Open());

        other.StandardInput.Close();
        other.WaitForExit();
        Assert.Contains("is in use", failure.Message, StringComparison.Ordinal);
        _folder.Open().Dispose();
    }

    [Fact]
    public void Open_AnyFile_IsForItsUserOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (_folder.Open())
        {
            Assert.Equal(UserOnly, File.GetUnixFileMode(_folder.File));
        }

        File.SetUnixFileMode(_folder.File, UserOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using (_folder.Open())
        {
            Assert.Equal(UserOnly, File.GetUnixFileMode(_folder.File));
        }
    }

    [Fact]
    public void Open_PathThatCannotBe_IsAnErrorThatNamesIt()
    {
        string folder = Path.GetDirectoryName(_folder.File)!;
        string missing = Path.Combine(folder, "missing");
        Dictionary<string, object?> none = [];

        Assert.Contains($"'{folder}' is a folder", Engine.AssertInvalid(() => Checkpoint.Open(folder, CheckpointMode.Resume, "x", none)).Message, StringComparison.Ordinal);
        Assert.Contains($"no folder '{missing}'", Engine.AssertInvalid(() => Checkpoint.Open(Path.Combine(missing, "a.jsonl"), CheckpointMode.Resume, "x", none)).Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            UnixFileMode permissions = File.GetUnixFileMode("/dev/null");
            Assert.Contains("/dev/null", Assert.Throws<ChatServiceException>(() => Checkpoint.Open("/dev/null", CheckpointMode.Resume, "x", none)).Message, StringComparison.Ordinal);
            Assert.Equal(permissions, File.GetUnixFileMode("/dev/null"));
        }
    }

    [Fact]
    public void Open_ParameterWithoutAFormInJson_IsAnErrorThatNamesIt() =>
        Assert.Contains("-Stop", Engine.AssertInvalid(() => _folder.Open(CheckpointMode.Resume, ("Stop", new object()))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task SaveAsync_ManyThreads_StoresEveryAnswer()
    {
        const int Count = 500;
        using (Checkpoint checkpoint = _folder.Open())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            {
                string prompt = $"{i / 2}";
                CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request(prompt));
                await slot.SaveAsync(CheckpointFolder.Answer($"{prompt}#{slot.Occurrence} {new string('x', i * 7 % 900)}"));
            });
        }

        using Checkpoint again = _folder.Open();
        Assert.Equal(Count, again.StoredCount);
        Parallel.For(0, Count, i =>
        {
            CheckpointSlot slot = again.Claim(CheckpointFolder.Request($"{i / 2}"));
            Assert.StartsWith($"{i / 2}#{slot.Occurrence} ", slot.ReadStored()!.Raw, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task SaveAsync_WhileOthersWrite_SharesTheirFlush()
    {
        GatedStream? stream = null;
        using Checkpoint checkpoint = Checkpoint.Open(_folder.File, CheckpointMode.Resume, "x", new Dictionary<string, object?>(), path => stream = new GatedStream(path));
        stream!.Close(flushes: 1);
        Task first = checkpoint.Claim([1]).SaveAsync(CheckpointFolder.Answer("1"));
        await stream.Waits;
        Task[] others = [.. Enumerable.Range(0, 50).Select(_ => checkpoint.Claim([2]).SaveAsync(CheckpointFolder.Answer("2")))];
        Assert.All(others.Prepend(first), save => Assert.False(save.IsCompleted));
        int before = stream.Flushes;

        stream.Open();
        await Task.WhenAll(others.Prepend(first));

        Assert.Equal(2, stream.Flushes - before);
    }

    [Fact]
    public async Task Dispose_WhileAnswersWait_StoresThem()
    {
        GatedStream? stream = null;
        Checkpoint checkpoint = Checkpoint.Open(_folder.File, CheckpointMode.Resume, CheckpointFolder.Command, new Dictionary<string, object?>(), path => stream = new GatedStream(path));
        stream!.Close(flushes: 1);
        Task first = checkpoint.Claim(CheckpointFolder.Request("a")).SaveAsync(CheckpointFolder.Answer("1"));
        await stream.Waits;
        Task second = checkpoint.Claim(CheckpointFolder.Request("b")).SaveAsync(CheckpointFolder.Answer("2"));
        CheckpointSlot late = checkpoint.Claim(CheckpointFolder.Request("c"));
        Task disposal = Task.Run(checkpoint.Dispose);
        Assert.False(disposal.IsCompleted);

        stream.Open();
        await Task.WhenAll(first, second, disposal);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => late.SaveAsync(CheckpointFolder.Answer("3")));
        Assert.Equal(["1", "2", null], _folder.Read("a", "b", "c"));
    }

    [Fact]
    public async Task SaveAsync_FullDisk_FailsThisAndAllLaterAnswers()
    {
        GatedStream? stream = null;
        using (Checkpoint checkpoint = Checkpoint.Open(_folder.File, CheckpointMode.Resume, CheckpointFolder.Command, new Dictionary<string, object?>(), path => stream = new GatedStream(path)))
        {
            await checkpoint.Claim(CheckpointFolder.Request("a")).SaveAsync(CheckpointFolder.Answer("1"));
            stream!.IsFull = true;

            Task[] saves = [.. "bcd".Select(letter => checkpoint.Claim(CheckpointFolder.Request($"{letter}")).SaveAsync(CheckpointFolder.Answer("x")))];
            foreach (Task save in saves)
            {
                ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => save);
                Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
                Assert.Contains(_folder.File, failure.Message, StringComparison.Ordinal);
                Assert.Contains("No space left", failure.Message, StringComparison.Ordinal);
            }

            stream.IsFull = false;
            await Assert.ThrowsAsync<ChatServiceException>(() => checkpoint.Claim(CheckpointFolder.Request("e")).SaveAsync(CheckpointFolder.Answer("x")));
        }

        Assert.Equal("1", _folder.Read("a")[0]);
    }

    [Fact]
    public void Open_FullDisk_IsAnErrorAndLeavesTheFileFree()
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(
            () => Checkpoint.Open(_folder.File, CheckpointMode.Resume, "x", new Dictionary<string, object?>(), path => new GatedStream(path) { IsFull = true }));

        Assert.Equal(ErrorIds.CheckpointFailed, failure.ErrorId);
        _folder.Open().Dispose();
    }

    [Fact]
    public void ReadStored_FileChangedMeanwhile_IsAnError()
    {
        _folder.Save("a");
        using Checkpoint checkpoint = Checkpoint.Open(
            _folder.File, CheckpointMode.Resume, CheckpointFolder.Command, new Dictionary<string, object?>(), path => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1));
        CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request("a"));
        using (FileStream other = new(_folder.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(80);
        }

        Assert.Equal(ErrorIds.CheckpointFailed, Assert.Throws<ChatServiceException>(slot.ReadStored).ErrorId);
    }
}
