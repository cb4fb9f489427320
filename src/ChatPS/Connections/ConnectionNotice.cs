using System.Management.Automation;
using ChatPS.Client.Connections;

namespace ChatPS.Connections;

/// <summary>
/// The line that says where one is connected to: on the screen, if somebody sees it, and in the information stream. It is no
/// output: functions that connect emit nothing more for it.
/// </summary>
internal static class ConnectionNotice
{
    // The mark by which PowerShell knows what is meant for the screen.
    private static readonly string[] ForHost = ["PSHOST"];

    /// <summary>Writes the line, unless what the command gives goes elsewhere than to the screen.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="text">The line.</param>
    /// <param name="isSeen">Whether somebody is at the screen.</param>
    public static void Write(PSCmdlet cmdlet, string text, bool isSeen)
    {
        if (!IsTaken(cmdlet.MyInvocation))
        {
            cmdlet.WriteInformation(new HostInformationMessage { Message = text }, isSeen ? ForHost : []);
        }
    }

    /// <summary>Describes a connection in one line: service, address, model, and where the key comes from.</summary>
    /// <param name="settings">What it is made from.</param>
    /// <returns>The line.</returns>
    public static string Describe(ConnectionSettings settings) =>
        $"'{settings.Name}', {settings.Provider ?? settings.Dialect.Name} at {settings.BaseUri.GetLeftPart(UriPartial.Path)}; "
        + $"{(settings.Model is { Length: > 0 } model ? $"model {model}" : "no model chosen")}; {(settings.Key is { } key ? $"key from {key.Source}" : "no key")}";

    // "$null = Connect-ChatService …", "(Connect-ChatService … -PassThru).Name" and "Connect-ChatService … | Out-Null" want no line;
    // "$line = Connect-ChatService … 6>&1" wants nothing else.
    private static bool IsTaken(InvocationInfo invocation)
    {
        if (invocation.PipelinePosition < invocation.PipelineLength)
        {
            return true;
        }

        string line = invocation.Line ?? "";
        int place = invocation.OffsetInLine - 1;
        if (place <= 0 || place > line.Length || line.IndexOf("6>", place, StringComparison.Ordinal) > 0 || line.IndexOf("*>", place, StringComparison.Ordinal) > 0)
        {
            return false;
        }

        string before = line.Substring(0, place).TrimEnd();
        return before.Length > 0 && before[before.Length - 1] is '=' or '(';
    }
}
