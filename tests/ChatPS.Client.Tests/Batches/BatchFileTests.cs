using System.Text;
using ChatPS.Client.Batches;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tests.Batches;

/// <summary>What lies on the disk of a batch.</summary>
public sealed class BatchFileTests : IDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly FakeBatches _service = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draft_SplitsByModelAndByRequests_AndKeepsTheInputs()
    {
        using BatchFile file = _folder.Write(_service, ["a", "m2/b", "c", "d", "e", "m2/f"]);

        Assert.Equal([("m", 3), ("m2", 2), ("m", 1)], file.State.Parts.Select(part => (part.Model, part.Requests)));
        Assert.Equal(file.State.Parts.Select(part => part.Bytes), file.State.Parts.Select(part => new FileInfo(file.PartPath(part.Number)).Length));
        Assert.Equal("""{"n":2,"index":1,"input":"m2/b"}""", File.ReadAllLines(file.InputsPath)[1]);
        Assert.Equal(6, file.State.Requests);
        Assert.True(file.State.IsWritten);
    }

    [Theory]
    [InlineData(2, null, 3)]
    [InlineData(null, 20L, 3)]
    [InlineData(1, null, 5)]
    [InlineData(100, 100L, 2)]
    public void Draft_WithLimitsOfItsOwn_SplitsThere(int? requests, long? tokens, int parts)
    {
        using BatchFile file = _folder.Write(_service, ["a", "b", "c", "d", "e"], requests, tokens);

        Assert.Equal(parts, file.State.Parts.Count);
        Assert.Equal(5, file.State.Parts.Sum(part => part.Requests));
    }

    [Fact]
    public void Draft_AtTheLimitOfBytes_BeginsAPart()
    {
        _service.Size = new BatchLimits(100, 150);

        using BatchFile file = _folder.Write(_service, Enumerable.Repeat("a", 5));

        Assert.All(file.State.Parts, part => Assert.InRange(part.Bytes, 1, 150));
        Assert.Equal(3, file.State.Parts.Count);
    }

    [Fact]
    public void Draft_WithARequestThatNoPartHolds_RefusesIt()
    {
        _service.Size = new BatchLimits(100, 200);

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => _folder.Write(_service, [new string('x', 300)]));

        Assert.Contains("200", failure.Message, StringComparison.Ordinal);
        Assert.False(BatchFile.Read(_folder.Path).IsWritten);
    }

    [Fact]
    public void Draft_WithEqualRequests_TellsThemApart()
    {
        using BatchFile file = _folder.Write(_service, ["a", "a"]);

        string[] ids = [.. File.ReadAllLines(file.PartPath(1)).Select(line => line.Split(' ')[0])];
        Assert.True(BatchRequestId.TryParse(ids[1], out BatchRequestId second));
        Assert.Equal((2, 2), (second.Number, second.Occurrence));
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 64));
    }

    [Fact]
    public void Digest_OfOtherRowsOrAnotherOrder_IsAnother()
    {
        string?[] digests = [.. new[] { new[] { "a", "b" }, ["a", "b"], ["b", "a"], ["a", "b", "b"] }.Select(prompts =>
        {
            using BatchFile file = _folder.Write(_service, prompts);
            return file.State.Digest;
        })];

        Assert.Equal(digests[0], digests[1]);
        Assert.Equal(3, digests.Distinct().Count());
    }

    [Fact]
    public void Open_WhileAnotherIsAtWork_SaysSo()
    {
        using (_folder.Write(_service, ["a"]))
        {
            ChatServiceException failure = Assert.Throws<ChatServiceException>(() => BatchFile.Open(_folder.Path));
            Assert.Contains("at work", failure.Message, StringComparison.Ordinal);
        }

        BatchFile.Open(_folder.Path).Dispose();
    }

    [Fact]
    public void Open_AfterwardsElsewhere_FindsEverything()
    {
        using (BatchFile file = _folder.Write(_service, ["a"]))
        {
            file.Change(() =>
            {
                file.State.Metadata["night"] = "1";
                file.State.ExpiresAfter = TimeSpan.FromDays(14);
                file.State.EstimatedCost = 1.25m;
                file.State.Parts[0].Former = ["job-0"];
            });
        }

        using BatchFile again = BatchFile.Open(_folder.Path);
        Assert.Equal("1", again.State.Metadata["night"]);
        Assert.Equal(TimeSpan.FromDays(14), again.State.ExpiresAfter);
        Assert.Equal(1.25m, again.State.EstimatedCost);
        Assert.Equal(["job-0"], again.State.Parts[0].Former);
    }

    [Theory]
    [InlineData("", "no batch")]
    [InlineData("{", "no batch")]
    [InlineData("[]", "no batch")]
    [InlineData("null", "no batch")]
    [InlineData("{}", "no batch")]
    [InlineData("""{"chatps":1,"id":"x","parts":3}""", "no batch")]
    [InlineData("""{"id":"k3f9a2c1","name":"something else","isWritten":false}""", "no batch")]
    [InlineData("""{"chatps":1,"id":null}""", "id is")]
    [InlineData("""{"chatps":1,"id":"../up"}""", "id is")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":null}""", "parts is")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[null]}""", "parts[0] is null")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[{"number":1},{"number":1}]}""", "parts[1].number is 1")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[{"number":0}]}""", "parts[0].number is 0")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[{"number":1,"results":null}]}""", "parts[0].results")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[{"number":1,"requests":-2}]}""", "parts[0].requests is -2")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","parts":[{"number":1,"requests":2147483647}]}""", "parts[0].requests is 2147483647")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","isWritten":true,"requests":2000000000,"parts":[{"number":1,"requests":2}]}""", "requests is 2000000000")]
    [InlineData("""{"chatps":1,"id":"k3f9a2c1","requests":-1}""", "requests is -1")]
    [InlineData("""{"chatps":2,"id":"k3f9a2c1"}""", "newer ChatPS")]
    public void Read_WhatIsNoBatch_SaysWhatItIs(string content, string expected)
    {
        File.WriteAllText(_folder.Path, content);

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => BatchFile.Read(_folder.Path));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhereNothingIs_SaysSoAndLeavesNothing()
    {
        Assert.Contains("there is no batch", Assert.Throws<ChatServiceException>(() => BatchFile.Open(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(_folder.Path)!));
    }

    [Fact]
    public void Create_InPlaceOfAnother_LeavesOnlyForeignFiles()
    {
        Directory.CreateDirectory(_folder.Data);
        string[] foreign = [.. new[] { "results-2025.jsonl", "part-mine.jsonl", "inputs.jsonl" }.Select(name => Path.Combine(_folder.Data, name))];
        Array.ForEach(foreign, path => File.WriteAllText(path, "mine"));
        string first;
        using (BatchFile old = _folder.Write(_service, Enumerable.Repeat("a", 9)))
        {
            first = old.Folder;
        }

        using BatchFile file = _folder.Write(_service, ["b"]);

        Assert.All(foreign, path => Assert.Equal("mine", File.ReadAllText(path)));
        Assert.Equal(["inputs.jsonl", "part-0001.jsonl"], Directory.GetFiles(file.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(first));
    }

    [Fact]
    public void Create_BesideABatchOfAlmostTheSameName_LeavesItsRequests()
    {
        string other = Path.ChangeExtension(_folder.Path, ".bak");
        using BatchFile first = _folder.Write(_service, ["a", "b"]);
        string[] lines = File.ReadAllLines(first.PartPath(1));

        using (BatchFile second = BatchFile.Create(other, BatchFolder.NewState()))
        {
            Assert.NotEqual(first.Folder, second.Folder);
            second.Discard();
        }

        Assert.Equal(lines, File.ReadAllLines(first.PartPath(1)));
        Assert.False(Directory.Exists(other + ".data"));
    }

    [Fact]
    public void Create_InPlaceOfAnother_LeavesItUntilTheNewOneIsWritten()
    {
        string old;
        using (BatchFile first = _folder.Write(_service, ["a"]))
        {
            old = first.PartPath(1);
        }

        string id = BatchFile.Read(_folder.Path).Id;
        _service.Size = new BatchLimits(100, 10);

        Assert.Throws<ChatServiceException>(() => _folder.Write(_service, ["b"]));

        Assert.Equal(id, BatchFile.Read(_folder.Path).Id);
        Assert.True(File.Exists(old));
        Assert.Single(Directory.GetDirectories(_folder.Data));
    }

    [Fact]
    public void Create_AfterOneThatWasKilled_RemovesWhatItLeft()
    {
        string left = Path.Combine(_folder.Data, "00000000");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "unfinished"), "");
        File.WriteAllText(Path.Combine(left, "part-0001.jsonl"), "{}");

        using BatchFile file = _folder.Write(_service, ["b"]);

        Assert.Equal([file.Folder], Directory.GetDirectories(_folder.Data));
    }

    [Fact]
    public void Draft_WhoseFilesCannotBeWritten_TakesNothingMore()
    {
        using BatchFile file = BatchFile.Create(_folder.Path, BatchFolder.NewState());
        using BatchDraft draft = new(file, _service, mostRequests: null, mostTokens: null);
        Directory.CreateDirectory(file.InputsPath);
        Add();
        Directory.Delete(file.InputsPath);

        Add();

        Assert.Equal(ErrorIds.CheckpointFailed, Assert.Throws<ChatServiceException>(() => draft.Complete("digest")).ErrorId);
        Assert.False(file.State.IsWritten);

        void Add() => Assert.Equal(ErrorIds.CheckpointFailed, Assert.Throws<ChatServiceException>(() => draft.Add("m", new ArraySegment<byte>("{}"u8.ToArray()), default, 1, 1, new BatchInput(0, 0, null))).ErrorId);
    }

    [Fact]
    public void Require_OfAConnectionThatLeadsElsewhere_TellsBoth()
    {
        using BatchFile file = _folder.Write(_service, ["a"]);
        file.State.Address = "https://elsewhere.example/v1";

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => file.Require(FakeBatches.Connect()));

        Assert.Contains("elsewhere.example", failure.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:9", failure.Message, StringComparison.Ordinal);
    }
}
