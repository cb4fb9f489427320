using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Sessions;

/// <summary>Finds the file that a path of PowerShell means.</summary>
internal static class SessionPath
{
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter = "-Path")
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw Failures.Invalid($"{parameter}: '{path}' is no path of a file.", "Give the path of a file.");
        }
        catch (SessionStateException exception)
        {
            throw Failures.Invalid($"{parameter}: '{path}' is no path: {exception.Message}", "Give the path of a file.", exception);
        }
    }
}
