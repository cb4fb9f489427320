using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Tools;

/// <summary>The tools of a run: commands that are run for the model, and definitions whose calls are left to the caller.</summary>
internal sealed class ToolSet
{
    private readonly Dictionary<string, ToolCommand> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly List<object?> _definitions = [];
    private int _scripts;

    private ToolSet()
    {
    }

    /// <summary>The tools in the service's form; null for none.</summary>
    public IReadOnlyList<object?>? Definitions { get; private set; }

    /// <summary>Whether there are commands to run.</summary>
    public bool IsRun => _commands.Count > 0;

    public IReadOnlyCollection<string> Names => _commands.Keys;

    /// <summary>Reads what was given to <c>-Tool</c>.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="values">Commands, their names, script blocks, what New-ChatTool makes, and hashtables in the service's form; null for none.</param>
    /// <returns>The tools.</returns>
    /// <exception cref="ChatServiceException">One of them cannot be used.</exception>
    public static ToolSet Read(PSCmdlet cmdlet, IEnumerable? values)
    {
        ToolSet set = new();
        if (values is null)
        {
            return set;
        }

        foreach (object? value in values)
        {
            set.Add(cmdlet, value);
        }

        set.Definitions = set._definitions;
        return set;
    }

    public ToolCommand? Find(string name) => _commands.TryGetValue(name, out ToolCommand? command) ? command : null;

    /// <summary>Whether a call is left to the caller.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Whether its tool was given in the service's form.</returns>
    public bool IsLeft(ChatToolCall call) => call.Type != "function" || _left.Contains(call.Name);

    private void Add(PSCmdlet cmdlet, object? value)
    {
        object? bare = Bare.Of(value);
        switch (bare)
        {
            case ChatTool tool: Add(ToolCommand.Of(tool)); break;
            case CommandInfo or string: Add(Make(cmdlet, bare)); break;
            case ScriptBlock: Add(Make(cmdlet, bare)); break;
            case IDictionary: AddDefinition(bare); break;
            case PSObject gone when Deserialized.Is<ChatTool>(gone):
                throw Failures.Invalid("-Tool: a tool of New-ChatTool came through a job or a remote session, where its command is lost.", "Make it with New-ChatTool where it is used.");
            case IEnumerable items:
                foreach (object? item in items)
                {
                    Add(cmdlet, item);
                }

                break;
            default: AddDefinition(value); break;
        }
    }

    private ToolCommand Make(PSCmdlet cmdlet, object value)
    {
        CommandInfo command = ToolReader.ReadCommand(cmdlet, value, "-Tool");
        string name = command.Name == ToolReader.Nameless ? FormattableString.Invariant($"script_{++_scripts}")
            : command is ExternalScriptInfo ? Path.GetFileNameWithoutExtension(command.Name)
            : command.Name;
        return ToolCommand.Create(command, new ToolOptions(), name);
    }

    private void Add(ToolCommand command)
    {
        string name = command.Tool.Name;
        if (_commands.ContainsKey(name) || _left.Contains(name))
        {
            throw Failures.Invalid($"-Tool: there are two tools named '{name}'.", "Give one of them another name with New-ChatTool -Name.");
        }

        _commands[name] = command;
        _definitions.Add(command.Definition());
    }

    private void AddDefinition(object? value)
    {
        object? plain = PlainObject.From(value, "-Tool");
        _definitions.Add(plain);
        if (plain is IReadOnlyDictionary<string, object?> members
            && members.TryGetValue("function", out object? function)
            && function is IReadOnlyDictionary<string, object?> definition
            && definition.TryGetValue("name", out object? name)
            && name is string text)
        {
            _left.Add(text);
        }
    }
}
