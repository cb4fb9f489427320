using System.Globalization;

namespace ChatPS.Sandbox.Files;

/// <summary>Where large bodies lie as long as the server runs. It is made when the first one comes.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly Lazy<string> _path = new(Create);
    private int _last;

    /// <summary>Names a new file.</summary>
    /// <returns>Its path.</returns>
    public string NewPath() => Path.Combine(_path.Value, Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (!_path.IsValueCreated)
        {
            return;
        }

        try
        {
            Directory.Delete(_path.Value, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody still reads from it: the system clears its temporary files.
        }
    }

    // For the user alone, where a folder for temporary files is shared.
    private static string Create() =>
#if NET8_0_OR_GREATER
        Directory.CreateTempSubdirectory("chatps-sandbox-").FullName;
#else
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "chatps-sandbox-" + Guid.NewGuid().ToString("N"))).FullName;
#endif
}
