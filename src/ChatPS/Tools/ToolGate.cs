using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using ChatPS.Client.Faults;

namespace ChatPS.Tools;

/// <summary>
/// Decides whether a call may run: its tool is on the allow list, all are allowed, or a person says yes. That nobody objects is
/// not enough.
/// </summary>
internal sealed class ToolGate
{
    private readonly HashSet<string> _warned = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _approved = new(StringComparer.OrdinalIgnoreCase);
    private bool _isStopped;

    /// <summary>The tools that may run.</summary>
    public IReadOnlyList<WildcardPattern> Allowed { get; init; } = [];

    /// <summary>Whether every tool may run.</summary>
    public bool AllowsAll { get; init; }

    /// <summary>Whom to ask about the others; null for nobody.</summary>
    public PSHost? Host { get; init; }

    /// <summary>Whether calls are only shown.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Shows, on the screen, a call that is not run; null where there is none.</summary>
    public Action<string>? Show { get; init; }

    /// <summary>What <c>-Confirm</c> says; null where nobody can be asked.</summary>
    public Func<string, string, bool>? ShouldProcess { get; init; }

    /// <summary>Whether a tool may run without asking.</summary>
    /// <param name="name">The tool.</param>
    /// <returns>Whether it may.</returns>
    public bool IsAllowed(string name) => AllowsAll || _approved.Contains(name) || Allowed.Any(pattern => pattern.IsMatch(name));

    /// <summary>Decides about a call.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">Its arguments as JSON.</param>
    /// <param name="warn">Hears, once for each tool, of what could not be asked.</param>
    /// <returns>Why it may not run, for the model; null if it may.</returns>
    /// <exception cref="ChatServiceException">The person said stop.</exception>
    public string? Refuse(string name, string arguments, Action<string> warn)
    {
        if (_isStopped)
        {
            throw Stopped();
        }

        string shown = Printable(arguments);
        if (IsPreview)
        {
            Show?.Invoke($"The model would call {name} {shown}");
            return "Refused: nothing is run now, only shown (-ToolApproval Preview).";
        }

        if (IsAllowed(name))
        {
            return Confirm(name, shown) ? null : "Refused: the user did not allow this call.";
        }

        if (Host is { } host)
        {
            return Ask(host, name, shown);
        }

        if (_warned.Add(name))
        {
            warn($"The tool '{name}' was not run: it is not on the allow list, and nobody was asked. Allow it with -AllowTool {name}, or all of them with -ToolApproval Auto.");
        }

        return "Refused: this tool is not allowed to run here. Do not call it again.";
    }

    /// <summary>Makes a text safe to show: what moves the cursor or turns the order of letters could make a call look like another.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text on one line.</returns>
    internal static string Printable(string text)
    {
        StringBuilder line = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            // The second half of a character has no category of its own: it goes the way of the first.
            int at = i > 0 && char.IsSurrogatePair(text, i - 1) ? i - 1 : i;
            bool isSafe = CharUnicodeInfo.GetUnicodeCategory(text, at) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            line.Append(isSafe ? text[i].ToString() : "\\u" + ((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
        }

        return line.ToString();
    }

    private bool Confirm(string name, string arguments)
    {
        try
        {
            return ShouldProcess?.Invoke($"{name} {arguments}", "Call tool") ?? true;
        }
        catch (Exception exception) when (CannotPrompt(exception))
        {
            return false;
        }
    }

    // A host that cannot ask.
    private static bool CannotPrompt(Exception exception) => exception is HostException or InvalidOperationException or NotImplementedException;

    private string? Ask(PSHost host, string name, string arguments)
    {
        Collection<ChoiceDescription> choices =
        [
            new("&Yes", "Run this call."),
            new("Yes to &all", $"Run this call and all further ones of {name} in this command."),
            new("&No", "Refuse this call and tell the model so."),
            new("&Stop", "End the command."),
        ];
        int answer;
        try
        {
            answer = host.UI.PromptForChoice($"The model wants to call {name}", $"{name} {arguments}", choices, defaultChoice: 2);
        }
        catch (Exception exception) when (CannotPrompt(exception))
        {
            return "Refused: nobody could be asked.";
        }

        switch (answer)
        {
            case 0: return null;
            case 1: _approved.Add(name); return null;
            case 3: _isStopped = true; throw Stopped();
            default: return "Refused: the user did not allow this call.";
        }
    }

    private static ChatServiceException Stopped() =>
        new(ErrorIds.ToolsStopped, "The run was stopped when it asked about a tool.", "Run it again, with other tools or with -AllowTool.");
}
