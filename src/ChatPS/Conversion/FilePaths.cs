using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Finds the files that users name: by path, or by a pattern.</summary>
internal static class FilePaths
{
    /// <summary>Finds them.</summary>
    /// <param name="cmdlet">The cmdlet, whose location relative paths begin at.</param>
    /// <param name="path">The path or pattern.</param>
    /// <returns>Full paths; that of a path that leads to nothing, too.</returns>
    /// <exception cref="ChatServiceException">No file fits the pattern.</exception>
    public static string[] Resolve(PSCmdlet cmdlet, string path)
    {
        // A file whose name has brackets in it is meant before files that they stand for.
        string literal = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
        if (File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [literal];
        }

        try
        {
            string[] found = [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _).Where(File.Exists)];
            return found.Length > 0 ? found : throw Failures.Invalid($"-Path: no file fits '{path}'.", "Check the path.");
        }
        catch (ItemNotFoundException exception)
        {
            throw Failures.Invalid($"-Path: no file fits '{path}'.", "Check the path.", exception);
        }
    }
}
