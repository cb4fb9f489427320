using ChatPS.Client.Checkpoints;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Checkpoints;

/// <summary>However often a run is killed and wherever that cuts the file: no answer is wrong, none is doubled.</summary>
public sealed class CheckpointPropertyTests
{
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(80);

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("", "a", "\n", "\r\n", "😀", "\u2028", "\0", "\"}\n{\"key\":", "{\"chatps\":2}"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(text => text.All(c => !char.IsSurrogate(c))));

    // What one run saves, where the kill then cuts what was added since the run began, and what lies behind the cut.
    private static readonly Gen<(IReadOnlyList<(int Prompt, string Text)> Saves, int Cut, string Tail)> Runs =
        from saves in (from prompt in Gen.Choose(0, 4) from text in Texts select (prompt, text)).Several(0, 8)
        from cut in Gen.Choose(0, 100)
        from tail in Gen.Elements("", "", "", "\0\0\0\0\0", "\0\n\0", "}\n", "\n")
        select (saves, cut, tail);

    [Fact]
    public void Checkpoint_KilledAnywhere_KeepsAPrefixAndGivesEachAnswerOnceToItsRequest() => Check.One(Settings, Prop.ForAll(Arb.From(Runs.Several(1, 6)), runs =>
    {
        using CheckpointFolder folder = new();
        List<(string Prompt, int Occurrence, string Text)> kept = [];
        foreach ((IReadOnlyList<(int Prompt, string Text)> saves, int cut, string tail) in runs)
        {
            List<(string Prompt, int Occurrence, string Text)> saved = [.. kept];
            long begin;
            using (Checkpoint checkpoint = folder.Open())
            {
                begin = new FileInfo(folder.File).Length;
                Assert.Equal(kept.Count, checkpoint.StoredCount);
                foreach ((int number, string text) in saves)
                {
                    string prompt = $"prompt {number}";
                    CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request(prompt));
                    if (!slot.IsStored)
                    {
                        CheckpointFolder.Save(checkpoint, slot, CheckpointFolder.Answer(text));
                        saved.Add((prompt, slot.Occurrence, text));
                    }
                    else
                    {
                        Assert.Contains((prompt, slot.Occurrence, slot.ReadStored()!.Raw), kept);
                    }
                }
            }

            byte[] bytes = folder.Bytes;
            int length = (int)begin + ((bytes.Length - (int)begin) * cut / 100);
            folder.Bytes = [.. bytes[..length], .. tail.Select(letter => (byte)letter)];

            kept = Surviving(folder, saved);
            Assert.True(kept.Count >= bytes[..length].Count(letter => letter == '\n') - 1);
        }
    }));

    // Asks for everything and more, and checks that what comes is the beginning of what was saved.
    private static List<(string Prompt, int Occurrence, string Text)> Surviving(CheckpointFolder folder, List<(string Prompt, int Occurrence, string Text)> saved)
    {
        using Checkpoint checkpoint = folder.Open();
        Dictionary<(string, int), string> found = [];
        for (int number = 0; number < 6; number++)
        {
            for (int occurrence = 1; occurrence <= saved.Count + 1; occurrence++)
            {
                CheckpointSlot slot = checkpoint.Claim(CheckpointFolder.Request($"prompt {number}"));
                Assert.Equal(occurrence, slot.Occurrence);
                if (slot.ReadStored() is { } record)
                {
                    found.Add(($"prompt {number}", occurrence), record.Raw);
                }
            }
        }

        List<(string Prompt, int Occurrence, string Text)> prefix = saved[..checkpoint.StoredCount];
        Assert.Equal(prefix.ToDictionary(item => (item.Prompt, item.Occurrence), item => item.Text), found);
        return prefix;
    }
}
