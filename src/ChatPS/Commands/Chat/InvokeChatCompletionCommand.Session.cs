using System.Collections;
using System.Management.Automation;
using System.Reflection;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Prompts;
using ChatPS.Sessions;

namespace ChatPS.Commands;

// What comes from a session or from a prompt file.
public sealed partial class InvokeChatCompletionCommand
{
    private PromptFile? _promptFile;

    // A session and a prompt file name no files: whoever wrote them would have them read and sent.
    private bool _readsSchemaFile;

    /// <summary>The session that the conversation belongs to.</summary>
    [Parameter(HelpMessage = "The session that the conversation belongs to.")]
    [ValidateNotNull]
    public ChatSession? Session { get; set; }

    /// <summary>A file with the prompt, and parameters above it.</summary>
    [Parameter(ParameterSetName = PromptFileSet, Mandatory = true, HelpMessage = "A file with the prompt, and parameters above it.")]
    [ValidateNotNullOrEmpty]
    public string? PromptFile { get; set; }

    /// <summary>Values for the placeholders of the prompt file.</summary>
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "Values for the placeholders of the prompt file.")]
    public IDictionary? Variable { get; set; }

    // The command wins over the prompt file, and the prompt file over the session.
    private void ReadPresets()
    {
        _readsSchemaFile = IsBound(nameof(OutputSchema));
        if (PromptFile is not null)
        {
            ReadPromptFile();
        }

        if (Session is null)
        {
            return;
        }

        if (CheckpointPath is not null)
        {
            throw Failures.Invalid("-CheckpointPath does not go with -Session: each answer changes what the next prompt means.", "Leave out -CheckpointPath, and save the session with Export-ChatSession.");
        }

        if (IsBound(nameof(ThrottleLimit)) && ThrottleLimit != 1)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"-ThrottleLimit is {ThrottleLimit}; the prompts of a session go one after the other."), "Leave out -ThrottleLimit, or give each prompt a session of its own, made with Copy-ChatSession.");
        }

        ThrottleLimit = 1;
        SessionParameters.Apply(this, Session);
    }

    private void ReadPromptFile()
    {
        PromptFile file = Prompts.PromptFile.Load(SessionPath.Resolve(this, PromptFile!, "-PromptFile"));

        // What is asked is the text, wherever it lies: a checkpoint remembers that.
        MyInvocation.BoundParameters[nameof(PromptFile)] = file.Text;
        foreach (FrontMatterEntry entry in file.Settings)
        {
            ChatServiceException Fail(string message, string advice) => file.Source.Fail(entry.Line, message, advice);
            PropertyInfo parameter = PresetParameters.Find(entry.Key) ?? throw Fail($"Invoke-ChatCompletion has no parameter '{entry.Key}'.", $"Use one of {string.Join(", ", PresetParameters.InPromptFile)}.");
            if (!parameter.IsForPromptFile)
            {
                throw Fail($"'{entry.Key}' is not set in a file.", $"Give -{parameter.Name} to Invoke-ChatCompletion itself.");
            }

            PresetParameters.Apply(this, parameter, () => ValueOf(entry, parameter, Fail));
        }

        FrontMatterEntry? system = file.Settings.FirstOrDefault(entry => PresetParameters.Find(entry.Key)!.Name == nameof(System));
        file.System = string.IsNullOrEmpty(System) ? null
            : system is { IsList: false } && System == system.Values[0].Text ? PromptTemplate.Parse(System!, file.Source, system.TextLine)
            : PromptTemplate.Parse(System!, new PromptSource("-System"), 1);
        _promptFile = file;
    }

    private object? ValueOf(FrontMatterEntry entry, PropertyInfo parameter, Func<string, string, ChatServiceException> fail)
    {
        bool isText = parameter.PropertyType == typeof(string) || parameter.PropertyType == typeof(string[]);
        object[] values = [.. entry.Values.Select(value => isText ? value.Text : value.Value)];
        if (parameter.Name == nameof(Tool))
        {
            return Array.ConvertAll(values, value => ToolNames.Resolve(this, value, fail));
        }

        object? converted = PresetParameters.Convert(parameter, entry.IsList ? values : values[0], fail);
        foreach (string model in parameter.Name == nameof(Model) && (Connection ?? Session?.Connection) is null ? (string[])converted! : [])
        {
            if (ModuleState.Connections.Split(model, ModuleState.RunspaceId).Connection is { } named)
            {
                throw fail($"'{model}' names the connection '{named}', and a file chooses none.", $"Write the model alone, and give -Connection {named} to Invoke-ChatCompletion.");
            }
        }

        return converted;
    }

    private ChatRequest FromFile(FilledPrompt filled, PipelineInput? input, object? item) =>
        Composer(Instructions(filled)).FromPrompt(filled.Prompt, isFixed: !filled.UsesItem, filled.UsesItem ? input!.WithoutText() : input, item ?? filled.Prompt);

    private ChatRequest FromFile(FilledPrompt filled, IReadOnlyList<PipelineInput> inputs, object items)
    {
        ChatComposer composer = Composer(Instructions(filled));
        return filled.UsesItem ? composer.FromPrompt(filled.Prompt, isFixed: false, null, items) : composer.FromAll(filled.Prompt, inputs, items);
    }

    // What -Message brings along is part of the conversation.
    private bool HasInstructions(ChatRequest request) => !string.IsNullOrEmpty(System) && request.Messages[0].Role == "system";

    // Those of a session are no template: they stay as they are.
    private string? Instructions(FilledPrompt filled) => filled.System ?? System;
}
