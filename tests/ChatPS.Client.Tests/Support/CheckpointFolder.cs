using System.Text;
using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Tests;

/// <summary>A folder for checkpoints of a test.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    public const string Command = "Invoke-ChatCompletion";

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-checkpoint").FullName;

    public CheckpointFolder() => File = Path.Combine(_folder, "run.jsonl");

    public string File { get; }

    public byte[] Bytes
    {
        get => System.IO.File.ReadAllBytes(File);
        set => System.IO.File.WriteAllBytes(File, value);
    }

    public static CheckpointRecord Answer(string text, long tokens = 0) => new() { Raw = text, TotalTokens = tokens };

    public static byte[] Request(string prompt) => Encoding.UTF8.GetBytes($$"""{"model":"m","prompt":"{{prompt}}"}""");

    public Checkpoint Open(CheckpointMode mode = CheckpointMode.Resume, params (string Name, object? Value)[] parameters) =>
        Checkpoint.Open(File, mode, Command, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));

    public static void Save(Checkpoint checkpoint, CheckpointSlot slot, CheckpointRecord record) => slot.SaveAsync(record).GetAwaiter().GetResult();

    /// <summary>Opens, stores an answer for each prompt in order, and closes.</summary>
    public void Save(params string[] prompts)
    {
        using Checkpoint checkpoint = Open();
        foreach (string prompt in prompts)
        {
            Save(checkpoint, checkpoint.Claim(Request(prompt)), Answer("answer to " + prompt, 1));
        }
    }

    /// <summary>Opens, and reads what is stored for each prompt in order.</summary>
    public IReadOnlyList<string?> Read(params string[] prompts)
    {
        using Checkpoint checkpoint = Open();
        return [.. prompts.Select(prompt => checkpoint.Claim(Request(prompt)).ReadStored()?.Raw)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
