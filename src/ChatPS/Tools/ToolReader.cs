using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Tools;

/// <summary>Finds the commands that users offer to a model.</summary>
internal static class ToolReader
{
    /// <summary>The name under which PowerShell knows a script block for a moment.</summary>
    public const string Nameless = "__ChatTool";

    private const CommandTypes Callable = CommandTypes.Alias | CommandTypes.Function | CommandTypes.Filter | CommandTypes.Cmdlet | CommandTypes.ExternalScript;

    // A function of a scope that ends at once: what is left of it is the description of the script block's parameters.
    private const string Describe = "param($__chatBlock) ${function:" + Nameless + "} = $__chatBlock; Get-Command -Name " + Nameless + " -CommandType Function";

    /// <summary>Reads a command.</summary>
    /// <param name="cmdlet">The cmdlet that it was given to.</param>
    /// <param name="value">A command, its name, or a script block.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ChatServiceException">There is no such command, or a model cannot call it.</exception>
    public static CommandInfo ReadCommand(PSCmdlet cmdlet, object? value, string parameter)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        CommandInfo? command = bare switch
        {
            CommandInfo known => known,
            ScriptBlock block => ReadBlock(cmdlet, block),
            string { Length: > 0 } name => cmdlet.InvokeCommand.GetCommand(name, Callable)
                ?? throw Failures.Invalid($"{parameter}: there is no cmdlet, function or script '{name}'.", NearestNames.Advise(name, CommandsLike(cmdlet, name), "Check the name with Get-Command, or import its module first.")),
            _ => throw Failures.Invalid($"{parameter}: a value of type {bare?.GetType().Name ?? "null"} is no command.", "Give a command of Get-Command, its name, or a script block."),
        };
        for (int hops = 0; command is AliasInfo alias && hops < 10; hops++)
        {
            command = alias.ResolvedCommand ?? throw Failures.Invalid($"{parameter}: the alias '{alias.Name}' leads to nothing.", "Name the command itself.");
        }

        if (command is CmdletInfo { ImplementingType: null } or FunctionInfo { Module: null, ModuleName.Length: > 0 })
        {
            // Found in a module that is not loaded yet.
            command = cmdlet.InvokeCommand.GetCommand($@"{command.ModuleName}\{command.Name}", Callable)
                ?? throw Failures.Invalid($"{parameter}: the module '{command.ModuleName}' of '{command.Name}' cannot be loaded.", "Import it first.");
        }

        return command is CmdletInfo or FunctionInfo or ExternalScriptInfo
            ? command
            : throw Failures.Invalid(
                $"{parameter}: '{command?.Name}' is a program, which does not tell its parameters.", "Call it in a script block: { param([string] $Path) program.exe $Path }.");
    }

    // Of the same verb, or of the same first letters.
    private static IEnumerable<string> CommandsLike(PSCmdlet cmdlet, string name)
    {
        int dash = name.IndexOf('-');
        string start = dash > 0 ? name.Substring(0, dash + 1) : name.Substring(0, Math.Min(2, name.Length));
        return WildcardPattern.ContainsWildcardCharacters(name) ? [] : cmdlet.InvokeCommand.GetCommandName(start + "*", nameIsPattern: true, returnFullName: false).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static CommandInfo ReadBlock(PSCmdlet cmdlet, ScriptBlock block)
    {
        ICollection<PSObject> described = cmdlet.InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(Describe), input: null, block);
        return (CommandInfo)described.First().BaseObject;
    }
}
