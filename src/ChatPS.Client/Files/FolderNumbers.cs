using System.Globalization;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Files;

/// <summary>Gives out the numbers that files in a folder are named by: each one once, and none that a file has. Safe for use by several threads.</summary>
/// <param name="parameter">The parameter that names the folder, for the error.</param>
/// <param name="folder">The full path of the folder; it need not be there.</param>
internal sealed class FolderNumbers(string parameter, string folder)
{
    // 0001.png and 0001-2.png; not 20260131.jpg of a camera.
    private static readonly Regex Ours = new(@"^(?<number>[0-9]{4}|[1-9][0-9]{4,6})(-[0-9]+)?\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private readonly object _lock = new();
    private int? _last;

    /// <summary>Takes the next number.</summary>
    /// <param name="startsOver">Whether the first one is 1, whatever is there; otherwise numbers go on after the highest.</param>
    /// <returns>The number, from 1.</returns>
    /// <exception cref="ChatServiceException">The folder cannot be read.</exception>
    public int Next(bool startsOver)
    {
        lock (_lock)
        {
            _last = (_last ?? (startsOver ? 0 : Highest())) + 1;
            return _last.Value;
        }
    }

    /// <summary>Takes a number after all that are there by now, since somebody else has used one.</summary>
    /// <returns>The number, from 1.</returns>
    /// <exception cref="ChatServiceException">The folder cannot be read.</exception>
    public int Free()
    {
        lock (_lock)
        {
            _last = Math.Max(_last ?? 0, Highest()) + 1;
            return _last.Value;
        }
    }

    private int Highest()
    {
        try
        {
            return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(NumberOf).DefaultIfEmpty(0).Max() : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"{parameter}: '{folder}' cannot be read: {exception.Message}", "Check the folder and its permissions, or choose another one.", exception);
        }
    }

    private static int NumberOf(string path) =>
        Ours.Match(Path.GetFileName(path)) is { Success: true } match ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;
}
