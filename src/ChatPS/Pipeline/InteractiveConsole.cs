using System.Management.Automation.Host;

namespace ChatPS.Pipeline;

/// <summary>Whether somebody can see progress and answer questions: not in a runbook, a remote session, a job or a redirected run.</summary>
internal static class InteractiveConsole
{
    public static bool IsThere(PSHost host) => host.Name switch
    {
        "ConsoleHost" => Environment.UserInteractive && !Console.IsOutputRedirected && !Console.IsErrorRedirected && !IsNonInteractive(Environment.GetCommandLineArgs()),
        "Visual Studio Code Host" or "Windows PowerShell ISE Host" => true,
        _ => false,
    };

    /// <summary>Whether somebody is there who can answer a question.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether to ask.</returns>
    public static bool CanAnswer(PSHost host) => IsThere(host) && (host.Name != "ConsoleHost" || !Console.IsInputRedirected);

    /// <summary>Whether PowerShell was told that nobody is there.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <returns>Whether <c>-NonInteractive</c>, which may be shortened, is among them.</returns>
    internal static bool IsNonInteractive(IEnumerable<string> arguments) => arguments.Any(argument =>
        argument.Length >= 5
        && argument[0] is '-' or '/'
        && "noninteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase));
}
