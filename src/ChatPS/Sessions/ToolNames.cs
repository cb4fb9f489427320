using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ChatPS.Sessions;

/// <summary>Finds the commands behind names of tools. Names only: a path or script text is no name.</summary>
internal static class ToolNames
{
    private static readonly Regex Name = new(@"^[\p{L}\p{N}_.-]+(\\[\p{L}\p{N}_.-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Finds the command behind a name; anything else stays as it is.</summary>
    /// <param name="cmdlet">The running command, whose session is searched.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="fail">Makes the failure of what is wrong and the way out.</param>
    /// <returns>The tool.</returns>
    public static object Resolve(PSCmdlet cmdlet, object tool, Func<string, string, ChatServiceException> fail) =>
        (tool is PSObject { BaseObject: string text } ? text : tool) is not string name ? tool
        : Name.IsMatch(name) && cmdlet.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Filter) is { } command ? command
        : throw fail($"there is no cmdlet or function '{name}'.", "Import its module first, or correct the name of the tool.");
}
