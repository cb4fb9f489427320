using System.Buffers.Binary;
using System.Text;
using ChatPS.Client.Similarity;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Similarity;

public sealed class VectorFileTests : IDisposable
{
    private const string Model = "sandbox-embedding";

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(40);

    private static readonly Gen<object?> Values = Gen.OneOf<object?>(
        Gen.Constant<object?>(null), Gen.Elements<object?>(true, 1, -5L, 2.5, "", "a\nb", "漢字 👩‍👩‍👧", "\u2028\0\""), ArbMap.Default.GeneratorFor<int>().Select(number => (object?)number));

    private static readonly Gen<(float[] Vector, VectorRecord Record)> Items =
        from numbers in Gen.Choose(-1000, 1000).Several(5, 5)
        from text in Texts
        from names in Gen.Elements("Id", "Name", "Größe", "a b", "\"").Several(0, 3)
        from values in Values.Several(3, 3)
        from hasProperties in Gen.Elements(true, false)
        select (
            numbers.Select(number => number / 7f).ToArray(),
            new VectorRecord(text, hasProperties ? names.Distinct().Zip(values).ToDictionary(pair => pair.First, object? (pair) => pair.Second) : null));

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-vectors").FullName;

    private static Gen<string> Texts => Gen.OneOf(
        Gen.Elements("", "a", "\r\n", "😀", "{\"text\":1}", new string('x', 3000)),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(text => text.All(c => !char.IsSurrogate(c))));

    private string PathOf(string name = "a.vec") => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_AnyTextsAndProperties_ComeBack() => Check.One(Settings, Prop.ForAll(Arb.From(from runs in Items.Several(1, 12).Several(1, 4) from hasCodes in Gen.Elements(true, false) select (runs, hasCodes)), sample =>
    {
        string path = PathOf(Guid.NewGuid().ToString("N"));

        // Each run has texts of its own: what the file has is not added again.
        (float[] Vector, VectorRecord Record)[][] runs = [.. sample.runs.Select((run, number) => run.Select(item => (item.Vector, item.Record with { Text = $"{number}{item.Record.Text}" })).ToArray())];
        foreach ((float[] Vector, VectorRecord Record)[] run in runs)
        {
            Append(path, run, sample.hasCodes);
        }

        (float[] Vector, VectorRecord Record)[] all = [.. runs.SelectMany(run => run)];
        using VectorFile file = VectorFile.Open(path);
        Assert.Equal((Model, 5, all.Length, 0L), (file.Model, file.Dimension, file.Count, file.TornBytes));
        AssertPrefix(all, file);
        VectorSet set = new();
        set.Add(file);
        foreach (bool isExact in new[] { true, false })
        {
            VectorSearchTests.Same([.. all.Select(item => item.Vector)], all[0].Vector, VectorMetric.DotProduct, 5, set.Find([all[0].Vector], VectorMetric.DotProduct, 5, isExact, CancellationToken.None)[0]);
        }
    }));

    [Fact]
    public void File_CutAnywhere_GivesWholeBlocksOrAnError()
    {
        (float[] Vector, VectorRecord Record)[] all = Some(9);
        byte[] bytes = Written(all, blocks: 3);
        HashSet<long> counts = [];
        for (int length = 0; length < bytes.Length; length++)
        {
            counts.Add(Damaged(bytes[..length], all));
        }

        Assert.Equal([-1, 0, 3, 6], counts.Order());
    }

    [Fact]
    public void File_WithABlockThatWasNeverFinished_IsWholeAndGoesOnBehindIt()
    {
        (float[] Vector, VectorRecord Record)[] all = Some(9);
        byte[] bytes = Written(all, blocks: 3);
        byte[] two = Written(all[..6], blocks: 2);

        // Killed: the header is not there yet, and of the block as much as had been written.
        for (int length = two.Length; length < bytes.Length; length += 7)
        {
            byte[] torn = bytes[..length];
            torn.AsSpan(two.Length, Math.Min(BlockHeader.Length, length - two.Length)).Clear();
            File.WriteAllBytes(PathOf(), torn);
            using (VectorFile file = VectorFile.Open(PathOf()))
            {
                Assert.Equal((6, length - two.Length), (file.Count, file.TornBytes));
            }

            using (VectorFileWriter writer = VectorFileWriter.Open(PathOf(), VectorFileMode.Append, Model, 5, hasCodes: null))
            {
                Assert.Equal(length - two.Length, writer.RepairedBytes);
                foreach ((float[] vector, VectorRecord record) in all[6..])
                {
                    writer.Add(vector, record);
                }
            }

            Assert.Equal(bytes, File.ReadAllBytes(PathOf()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void File_WithZerosInPlaceOfAHeaderBeforeAWholeBlock_IsDamagedAndNotCut(int first)
    {
        (float[] Vector, VectorRecord Record)[] all = Some(9);
        byte[] bytes = Written(all, blocks: 3);
        int header = first == 0 ? bytes.AsSpan().IndexOf("VecBlock"u8) : Written(all[..first], blocks: 1).Length;
        bytes.AsSpan(header, BlockHeader.Length).Clear();
        File.WriteAllBytes(PathOf(), bytes);

        Assert.Contains("damaged", Assert.Throws<ChatServiceException>(() => VectorFile.Open(PathOf())).Message, StringComparison.Ordinal);
        Assert.Throws<ChatServiceException>(() => VectorFileWriter.Open(PathOf(), VectorFileMode.Append, Model, 5, hasCodes: null));
        Assert.Equal(bytes, File.ReadAllBytes(PathOf()));
    }

    [Theory]
    [InlineData(VectorFileMode.Append)]
    [InlineData(VectorFileMode.Replace)]
    public void Writer_Device_IsRefused(VectorFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Contains("no ordinary file", Assert.Throws<ChatServiceException>(() => VectorFileWriter.Open("/dev/null", mode, Model, 5, hasCodes: null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_MadeShorterWhileItIsOpen_IsAnErrorAndNoCrash()
    {
        File.WriteAllBytes(PathOf(), Written(Some(9), blocks: 3));
        using VectorFile file = VectorFile.Open(PathOf());
        using (FileStream other = new(PathOf(), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(10);
        }

        int tick = Environment.TickCount;
        while (Environment.TickCount == tick)
        {
            await Task.Yield();
        }

        VectorSet set = new();
        set.Add(file);
        Assert.Contains("made shorter", Assert.Throws<ChatServiceException>(() => file.Record(0)).Message, StringComparison.Ordinal);
        await Task.Run(() => Assert.Throws<ChatServiceException>(() => set.Find([new float[5]], VectorMetric.DotProduct, 5, isExact: true, CancellationToken.None)));
    }

    [Fact]
    public void File_WithAnyBitFlipped_IsDamaged()
    {
        (float[] Vector, VectorRecord Record)[] all = Some(6);
        byte[] bytes = Written(all, blocks: 2, hasCodes: true);
        for (int bit = 0; bit < bytes.Length * 8; bit += bit < 2048 ? 1 : 5)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(-1, Damaged(flipped, all));
        }
    }

    [Fact]
    public void File_WithHeadersThatLie_IsRefused() => Check.One(Settings.WithMaxTest(300), Prop.ForAll(Arb.From(
        from at in Gen.Choose(0, 4) from value in Gen.OneOf(Gen.Elements(0L, -1, 1, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40), Gen.Choose(0, 5000).Select(number => (long)number)) select (at, value)), lie =>
    {
        (float[] Vector, VectorRecord Record)[] all = Some(6);
        byte[] bytes = Written(all, blocks: 2);
        int header = bytes.Length / 2;
        header = bytes.AsSpan().IndexOf("VecBlock"u8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(header + 8 + (8 * lie.at)), lie.value);

        // Signed as if it were right.
        ulong seed = new VectorFileHeader(Model, 5, HasCodes: false).Seed;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(header + 56), BlockChecksum.Of(bytes.AsSpan(header, 56), seed));
        Assert.InRange(Damaged(bytes, all), -1, 6);
    }));

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Record_WhosePlaceLies_IsAnErrorAndNotReadOutside(int end)
    {
        byte[] bytes = Written(Some(3), blocks: 1);
        BlockLayout layout = new(5, 3, hasCodes: false, 0);
        int start = bytes.AsSpan().IndexOf("VecBlock"u8);
        int body = start + BlockHeader.Length;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(body + (int)layout.Ends + 4), end);
        ulong seed = new VectorFileHeader(Model, 5, HasCodes: false).Seed;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(start + 32), BlockChecksum.Of(bytes.AsSpan(body), seed));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(start + 56), BlockChecksum.Of(bytes.AsSpan(start, 56), seed));
        File.WriteAllBytes(PathOf(), bytes);

        using VectorFile file = VectorFile.Open(PathOf());
        Assert.Contains("damaged", Assert.Throws<ChatServiceException>(() => file.Record(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("hello", "no file of vectors")]
    [InlineData("{\"chatps\":1}\n{\"a\":\"a file of another kind, which is longer than a header of ours is\"}", "no file of vectors")]
    public void Open_AnotherFile_SaysSo(string content, string message)
    {
        File.WriteAllText(PathOf(), content);
        Assert.Contains(message, Assert.Throws<ChatServiceException>(() => VectorFile.Open(PathOf())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfANewerRelease_SaysSo()
    {
        byte[] bytes = new VectorFileHeader(Model, 5, HasCodes: false).Write();
        bytes[8] = 2;
        File.WriteAllBytes(PathOf(), bytes);
        Assert.Contains("newer", Assert.Throws<ChatServiceException>(() => VectorFile.Open(PathOf())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoFile_SaysSo() => Assert.Contains("there is no file", Assert.Throws<ChatServiceException>(() => VectorFile.Open(PathOf())).Message, StringComparison.Ordinal);

    [Fact]
    public void Append_WhatTheFileHas_IsLeftOutAndEqualOnesOfARunStay() => Check.One(Settings, Prop.ForAll(Arb.From(Items.Several(0, 12).Several(1, 4)), runs =>
    {
        string path = PathOf(Guid.NewGuid().ToString("N"));
        List<string> expected = [];
        foreach (IReadOnlyList<(float[] Vector, VectorRecord Record)> run in runs.Concat(runs))
        {
            HashSet<string> before = [.. expected];
            string[] records = [.. run.Select(item => Encoding.UTF8.GetString(item.Record.Write()))];
            using VectorFileWriter writer = VectorFileWriter.Open(path, VectorFileMode.Append, Model, 5, hasCodes: null);
            Assert.Equal(records.Select(record => !before.Contains(record)), run.Select(item => writer.Add(item.Vector, item.Record)).ToArray());
            writer.Complete();
            expected.AddRange(records.Where(record => !before.Contains(record)));
        }

        using VectorFile file = VectorFile.Open(path);
        Assert.Equal(expected, Enumerable.Range(0, (int)file.Count).Select(place => Encoding.UTF8.GetString(file.Record(place).Write())));
    }));

    [Fact]
    public void Append_OtherModelOrDimension_IsRefusedAndLeavesTheFile()
    {
        byte[] bytes = Written(Some(3), blocks: 1);
        File.WriteAllBytes(PathOf(), bytes);

        Assert.Contains("'other'", Failure(VectorFileMode.Append, "other", 5), StringComparison.Ordinal);
        Assert.Contains("5 numbers", Failure(VectorFileMode.Append, Model, 6), StringComparison.Ordinal);
        Assert.Contains("exists", Failure(VectorFileMode.New, Model, 5), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf()));
    }

    [Fact]
    public void Append_WhileAnotherWrites_IsRefused()
    {
        using VectorFileWriter first = VectorFileWriter.Open(PathOf(), VectorFileMode.Append, Model, 5, hasCodes: null);
        Assert.Contains("in use", Failure(VectorFileMode.Append, Model, 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_NotCompleted_LeavesTheOldFile()
    {
        byte[] bytes = Written(Some(3), blocks: 1);
        File.WriteAllBytes(PathOf(), bytes);
        using (VectorFileWriter writer = VectorFileWriter.Open(PathOf(), VectorFileMode.Replace, "other", 2, hasCodes: false))
        {
            writer.Add([1f, 2f], new VectorRecord("a", null));
        }

        Assert.Equal(bytes, File.ReadAllBytes(PathOf()));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Replace_Completed_TakesItsPlace()
    {
        File.WriteAllBytes(PathOf(), Written(Some(3), blocks: 1));
        using (VectorFileWriter writer = VectorFileWriter.Open(PathOf(), VectorFileMode.Replace, "other", 2, hasCodes: false))
        {
            writer.Add([1f, 2f], new VectorRecord("a", null));
            writer.Complete();
        }

        using VectorFile file = VectorFile.Open(PathOf());
        Assert.Equal(("other", 2, 1L), (file.Model, file.Dimension, file.Count));
    }

    [Fact]
    public void Writer_Disposed_KeepsWhatHadCome()
    {
        Append(PathOf(), Some(3), hasCodes: false);
        using VectorFile file = VectorFile.Open(PathOf());
        Assert.Equal(3, file.Count);
    }

    [Fact]
    public void Writer_ManyVectors_WritesSeveralBlocks()
    {
        float[] vector = [.. Enumerable.Range(0, 3072).Select(i => (float)i)];
        using (VectorFileWriter writer = VectorFileWriter.Open(PathOf(), VectorFileMode.New, Model, vector.Length, hasCodes: true))
        {
            for (int i = 0; i < 700; i++)
            {
                vector[0] = i;
                writer.Add(vector, new VectorRecord($"{i}", null));
            }
        }

        using VectorFile file = VectorFile.Open(PathOf());
        Assert.Equal(3, file.Blocks.Count);
        Assert.All(Enumerable.Range(0, 700), i => Assert.Equal(($"{i}", (float)i), (file.Record(i).Text, file.Vector(i)[0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Vector(700));
    }

    [Fact]
    public void Codes_RescoredByFloats_FindAllButOneInAHundred()
    {
        Random random = new(5);
        float[][] centres = [.. Enumerable.Range(0, 50).Select(_ => Gaussian(random))];
        using (VectorFileWriter writer = VectorFileWriter.Open(PathOf(), VectorFileMode.New, Model, 96, hasCodes: true))
        {
            for (int i = 0; i < 20_000; i++)
            {
                writer.Add([.. Gaussian(random).Zip(centres[i % 50], (one, other) => one + other)], new VectorRecord("", null));
            }
        }

        using VectorFile file = VectorFile.Open(PathOf());
        VectorSet set = new();
        set.Add(file);
        float[][] queries = [.. centres.Select(centre => (float[])[.. Gaussian(random).Zip(centre, (one, other) => one + other)])];
        foreach (VectorMetric metric in new[] { VectorMetric.Cosine, VectorMetric.DotProduct, VectorMetric.Euclidean })
        {
            IReadOnlyList<IReadOnlyList<VectorMatch>> exact = set.Find(queries, metric, 10, isExact: true, CancellationToken.None);
            IReadOnlyList<IReadOnlyList<VectorMatch>> byCodes = set.Find(queries, metric, 10, isExact: false, CancellationToken.None);
            int found = exact.Zip(byCodes, (right, some) => right.Select(match => match.Place).Intersect(some.Select(match => match.Place)).Count()).Sum();
            Assert.InRange(found, queries.Length * 10 * 0.99, queries.Length * 10);
        }
    }

    private static float[] Gaussian(Random random) =>
        [.. Enumerable.Range(0, 96).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static (float[] Vector, VectorRecord Record)[] Some(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (new[] { i, 1f, -2f, 0.25f, i * i }, new VectorRecord($"text {i}", new Dictionary<string, object?> { ["Id"] = i })))];

    private byte[] Written((float[] Vector, VectorRecord Record)[] all, int blocks, bool hasCodes = false)
    {
        string path = PathOf(Guid.NewGuid().ToString("N"));
        foreach ((float[] Vector, VectorRecord Record)[] run in all.Chunk(all.Length / blocks))
        {
            Append(path, run, hasCodes);
        }

        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private static void Append(string path, IEnumerable<(float[] Vector, VectorRecord Record)> run, bool hasCodes)
    {
        using VectorFileWriter writer = VectorFileWriter.Open(path, VectorFileMode.Append, Model, 5, hasCodes);
        foreach ((float[] vector, VectorRecord record) in run)
        {
            writer.Add(vector, record);
        }
    }

    // How many vectors a file has, all of them right; -1 where it is refused.
    private long Damaged(byte[] bytes, (float[] Vector, VectorRecord Record)[] all)
    {
        File.WriteAllBytes(PathOf(), bytes);
        try
        {
            using VectorFile file = VectorFile.Open(PathOf());
            AssertPrefix(all, file);
            return file.Count;
        }
        catch (ChatServiceException)
        {
            return -1;
        }
    }

    private static void AssertPrefix((float[] Vector, VectorRecord Record)[] all, VectorFile file)
    {
        for (int i = 0; i < file.Count; i++)
        {
            Assert.Equal(all[i].Vector, file.Vector(i));
            VectorRecord record = file.Record(i);
            Assert.Equal(all[i].Record.Text, record.Text);
            Assert.Equal(all[i].Record.Properties?.Select(Plain), record.Properties?.Select(Plain));
        }
    }

    // A long that fits is an int when it comes back.
    private static (string Name, object? Value) Plain(KeyValuePair<string, object?> member) => (member.Key, member.Value is long number ? (int)number : member.Value);

    private string Failure(VectorFileMode mode, string model, int dimension) =>
        Assert.Throws<ChatServiceException>(() => VectorFileWriter.Open(PathOf(), mode, model, dimension, hasCodes: null)).Message;
}
