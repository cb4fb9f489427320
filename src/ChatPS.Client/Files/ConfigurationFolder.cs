using ChatPS.Client.Faults;

namespace ChatPS.Client.Files;

/// <summary>The folder where users keep what ChatPS is to remember: profiles, and providers of their own.</summary>
public static class ConfigurationFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "CHATPS_CONFIG";

    /// <summary>The full path. The folder need not exist.</summary>
    /// <exception cref="ChatServiceException">The variable does not name a full path, or the account has no folder of its own.</exception>
    public static string Path =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? System.IO.Path.IsPathRooted(given) ? given : throw Failures.Invalid($"{Variable} is '{given}', which is not a full path.", $"Set {Variable} to the full path of a folder.")
            : System.IO.Path.Combine(Base(), "ChatPS");

    /// <summary>The file where users describe providers of their own.</summary>
    public static string Providers => System.IO.Path.Combine(Path, "providers.json");

    /// <summary>The folder of the profiles.</summary>
    public static string Profiles => System.IO.Path.Combine(Path, "connections");

    /// <summary>The file where users keep the prices of models.</summary>
    public static string Prices => System.IO.Path.Combine(Path, "prices.csv");

    /// <summary>The file that remembers which models end, and when that was told.</summary>
    public static string ModelEnds => System.IO.Path.Combine(Path, "models.json");

    /// <summary>The file that remembers long generations.</summary>
    public static string Generations => System.IO.Path.Combine(Path, "generations.jsonl");

    /// <summary>The folder that remembers uploads while they last.</summary>
    public static string Uploads => System.IO.Path.Combine(Path, "uploads");

    /// <summary>The folder of the batches that were begun without a path of their own.</summary>
    public static string Batches => System.IO.Path.Combine(Path, "batches");

    /// <summary>Whether there is anything to remember: an account without a folder of its own has nothing.</summary>
    public static bool IsThere =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? !System.IO.Path.IsPathRooted(given) || Directory.Exists(given)
        : FindBase() is { } folder && Directory.Exists(System.IO.Path.Combine(folder, "ChatPS"));

    private static string Base() => FindBase() ?? throw Failures.Invalid("This account has no folder for settings.", $"Set {Variable} to the full path of a folder.");

    // Where PowerShell itself keeps its settings, on macOS as well.
    private static string? FindBase()
    {
        if (System.IO.Path.DirectorySeparatorChar != '\\')
        {
            if (Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder && System.IO.Path.IsPathRooted(folder))
            {
                return folder;
            }

            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return home.Length > 0 ? System.IO.Path.Combine(home, ".config") : null;
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? data : null;
    }
}
