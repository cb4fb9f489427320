using System.Collections.ObjectModel;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Sessions;

/// <summary>Finds the file that a path of PowerShell means.</summary>
internal static class SessionPath
{
    private const string FileSystem = "FileSystem";

    public static string Resolve(PSCmdlet cmdlet, string path, string parameter = "-Path")
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? resolved : throw Failures.Invalid($"{parameter}: '{path}' is no path of a file.", "Give the path of a file.");
        }
        catch (SessionStateException exception)
        {
            throw Failures.Invalid($"{parameter}: '{path}' is no path: {exception.Message}", "Give the path of a file.", exception);
        }
    }

    /// <summary>Finds the files that a path means: the one of that name, or those that it is a pattern of.</summary>
    /// <param name="cmdlet">The command that was given it.</param>
    /// <param name="path">The path.</param>
    /// <returns>The full paths; the only one need not be there.</returns>
    /// <exception cref="ChatServiceException">It is no path of files, or a pattern of none.</exception>
    public static IReadOnlyList<string> ResolveAll(PSCmdlet cmdlet, string path)
    {
        string literal = Resolve(cmdlet, path);
        if (File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [literal];
        }

        Collection<string> found;
        try
        {
            found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (SessionStateException)
        {
            found = [];
        }

        return found.Count > 0 ? found : throw Failures.Invalid($"-Path: there is no file like '{path}'.", "Check the path.");
    }

    /// <summary>The folder that the session stands in, with the sign behind it that separates it from what it holds.</summary>
    /// <param name="cmdlet">The command that runs in the session.</param>
    /// <returns>The full path; null where the session stands nowhere in the file system.</returns>
    public static string? Current(PSCmdlet cmdlet)
    {
        PathInfo current = cmdlet.SessionState.Path.CurrentLocation;
        return current.Provider.Name == FileSystem ? current.ProviderPath.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar : null;
    }
}
