using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using ChatPS.Client.Faults;

namespace ChatPS.Tools;

/// <summary>What a command takes and what it says of itself: found out once for each command, and forgotten with it.</summary>
internal sealed class ToolSignature
{
    private static readonly ConditionalWeakTable<object, ToolSignature> Cache = new();

    private readonly Dictionary<string, ToolParameter> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private ToolSignature(CommandInfo command)
    {
        CommentHelpInfo? help = Help(command);
        Description = FirstText(help?.Synopsis, help?.Description) ?? (command is CmdletInfo
            ? $"Runs the PowerShell command {command.Name}{(string.IsNullOrEmpty(command.ModuleName) ? "" : $" of the module {command.ModuleName}")}."
            : null);
        foreach (CommandParameterSetInfo set in command.ParameterSets)
        {
            Sets.Add(set.Name);
            foreach (CommandParameterInfo parameter in set.Parameters.Where(IsOwn))
            {
                if (!_parameters.TryGetValue(parameter.Name, out ToolParameter? known))
                {
                    string? text = null;
                    _ = help?.Parameters?.TryGetValue(parameter.Name.ToUpperInvariant(), out text);
                    _parameters[parameter.Name] = known = new ToolParameter(parameter, text);
                }

                known.Sets.Add(set.Name);
                if (parameter.IsMandatory)
                {
                    known.MandatoryIn.Add(set.Name);
                }
            }
        }
    }

    /// <summary>What comment-based help says, or which cmdlet it is; null for a command that says nothing.</summary>
    public string? Description { get; }

    public IReadOnlyCollection<ToolParameter> Parameters => _parameters.Values;

    /// <summary>The names of the parameter sets.</summary>
    public List<string> Sets { get; } = [];

    public static ToolSignature Of(CommandInfo command)
    {
        object key = command is CmdletInfo cmdlet ? cmdlet.ImplementingType : (object?)Block(command)?.Ast ?? command;
        if (Cache.TryGetValue(key, out ToolSignature? known))
        {
            return known;
        }

        try
        {
            return Cache.GetValue(key, _ => new ToolSignature(command));
        }
        catch (RuntimeException exception)
        {
            throw Failures.Invalid($"-Tool: the parameters of '{command.Name}' cannot be read: {exception.Message}", "Correct the command first.", exception);
        }
    }

    /// <summary>Finds a parameter by its name or an alias.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The parameter; null if there is none.</returns>
    public ToolParameter? Find(string name) => _parameters.TryGetValue(name, out ToolParameter? parameter)
        ? parameter
        : _parameters.Values.FirstOrDefault(other => other.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The script that a command consists of.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The script; null for a compiled cmdlet.</returns>
    public static ScriptBlock? Block(CommandInfo command) => command switch
    {
        FunctionInfo function => function.ScriptBlock,
        ExternalScriptInfo script => script.ScriptBlock,
        _ => null,
    };

    // What every command has is not for a model to decide.
    private static bool IsOwn(CommandParameterInfo parameter) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name)
        && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name)
        && (parameter.IsMandatory || !parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow));

    private static CommentHelpInfo? Help(CommandInfo command) => Block(command)?.Ast switch
    {
        FunctionDefinitionAst function => function.GetHelpContent(),
        ScriptBlockAst script => script.GetHelpContent(),
        _ => null,
    };

    private static string? FirstText(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim();
}
