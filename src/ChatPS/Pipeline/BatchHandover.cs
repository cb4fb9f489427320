using System.Management.Automation;

namespace ChatPS.Pipeline;

/// <summary>What Start-ChatBatch hands over to the command whose requests become the batch.</summary>
/// <param name="Owner">The cmdlet that the user called, and that asks and tells in the name of the other.</param>
internal sealed record BatchHandover(PSCmdlet Owner)
{
    // Both run on the pipeline's thread, one within the other.
    [ThreadStatic]
    private static BatchHandover? _current;

    /// <summary>Gets the full path of the file of the batch; null for one in the configuration folder.</summary>
    public string? Path { get; init; }

    /// <summary>Gets what the user said that is asked for; null where nothing was said.</summary>
    public ChatBatchKind? For { get; init; }

    /// <summary>Gets the most requests of a part; null for what the service takes.</summary>
    public int? PartLimit { get; init; }

    /// <summary>Gets the most tokens of a part; null for any number.</summary>
    public long? PartTokenLimit { get; init; }

    /// <summary>Gets how long the service keeps what was uploaded and what it answers; null for its own choice.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>Gets what the service is to keep with each part; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Gets whether a batch that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Gets whether nothing is written or sent.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>Does something during which the next command that makes a batch takes this.</summary>
    /// <param name="action">Begins that command.</param>
    public void Over(Action action)
    {
        _current = this;
        try
        {
            action();
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>Takes what was handed over.</summary>
    /// <returns>It; null where the user called the command itself.</returns>
    public static BatchHandover? Take()
    {
        BatchHandover? given = _current;
        _current = null;
        return given;
    }
}
