using System.Management.Automation;

namespace ChatPS.Tools;

/// <summary>Keeps of what a tool emits as much as its model will be told, and counts the rest: a tool that emits gigabytes must not hold them.</summary>
/// <param name="longest">The most characters that the model is told.</param>
internal sealed class KeptOutput(int longest)
{
    private const int MostNotes = 100;

    private readonly List<PSObject?> _objects = [];
    private readonly List<string> _warnings = [];
    private long _characters;

    /// <summary>Gets the first objects.</summary>
    public IReadOnlyList<PSObject?> Objects => _objects;

    /// <summary>Gets how many objects there were.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the first warnings.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Gets the first errors.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Listens to a shell, and empties its streams as they fill.</summary>
    /// <param name="shell">The shell.</param>
    /// <returns>What to give it for its output.</returns>
    public PSDataCollection<PSObject> Listen(PowerShell shell)
    {
        PSDataCollection<PSObject> output = [];
        Drain(output, Add);
        Drain(shell.Streams.Error, error => AddNote(Errors, error.ToString()));
        Drain(shell.Streams.Warning, warning => AddNote(_warnings, warning.Message));
        Drain(shell.Streams.Verbose, static _ => { });
        Drain(shell.Streams.Debug, static _ => { });
        Drain(shell.Streams.Information, static _ => { });
        Drain(shell.Streams.Progress, static _ => { });
        return output;
    }

    private static void Drain<T>(PSDataCollection<T> stream, Action<T> take) => stream.DataAdded += (_, _) =>
    {
        foreach (T item in stream.ReadAll())
        {
            take(item);
        }
    };

    private static void AddNote(List<string> notes, string note)
    {
        if (notes.Count < MostNotes)
        {
            notes.Add(note);
        }
    }

    private void Add(PSObject? item)
    {
        if (item?.BaseObject is WarningRecord warning)
        {
            AddNote(_warnings, warning.Message);
            return;
        }

        Count++;
        if (_characters <= longest)
        {
            _objects.Add(item);
            _characters += item?.BaseObject is string text ? text.Length + 1 : 2;
        }
    }
}
