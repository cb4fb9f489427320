using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Kept;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Tools;

namespace ChatPS.Commands;

/// <summary>Counts the tokens that a prompt or a conversation would take, without asking a model.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ChatToken", DefaultParameterSetName = PromptSet)]
[OutputType(typeof(ChatTokenCount))]
public sealed class MeasureChatTokenCommand : ServiceCmdlet
{
    private const string PromptSet = "Prompt";
    private const string MessageSet = "Message";

    private ChatComposer? _composer;
    private ItemText? _itemText;
    private bool _promptIsFixed;
    private bool _hasWarned;
    private int _index;

    /// <summary>What would be asked.</summary>
    [Parameter(Position = 0, ParameterSetName = PromptSet, ValueFromPipelineByPropertyName = true, HelpMessage = "What would be asked.")]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>What the prompt is about, or the prompt itself.</summary>
    [Parameter(ParameterSetName = PromptSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Parameter(ParameterSetName = MessageSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>What is taken for the text of each item: the name of a property, or a script block.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "The property that is the text, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The conversation so far.</summary>
    [Parameter(ParameterSetName = MessageSet, Mandatory = true, HelpMessage = "The conversation so far.")]
    [Alias("Messages")]
    public object[] Message { get; set; } = [];

    /// <summary>The instructions that stand before the conversation.</summary>
    [Parameter(HelpMessage = "The instructions that stand before the conversation.")]
    [Asks]
    public string? System { get; set; }

    /// <summary>The model.</summary>
    [Parameter(HelpMessage = "The model.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The tools that the model may call.</summary>
    [Parameter(HelpMessage = "The tools that the model may call.")]
    [Asks]
    public object[]? Tool { get; set; }

    /// <summary>Tools that the service itself runs.</summary>
    [Parameter(HelpMessage = "Tools that the service itself runs.")]
    [Asks]
    [ArgumentCompleter(typeof(BuiltInToolCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? BuiltInTool { get; set; }

    /// <summary>Images beside the prompt: paths, addresses, files or bytes.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "Images beside the prompt: paths, addresses, files or bytes.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Image { get; set; }

    /// <summary>Files beside the prompt.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "Files beside the prompt.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Attachment { get; set; }

    /// <summary>The id of the answer to go on from, which the service keeps.</summary>
    [Parameter(HelpMessage = "The id of the answer to go on from, which the service keeps.")]
    [ValidateNotNullOrEmpty]
    public string? PreviousResponseId { get; set; }

    /// <summary>The id of the conversation to go on with, which the service keeps.</summary>
    [Parameter(HelpMessage = "The id of the conversation to go on with, which the service keeps.")]
    [Asks(InPromptFile = false)]
    [ValidateNotNullOrEmpty]
    public string? ConversationId { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _promptIsFixed = Prompt is not null;
        _itemText = Property is null ? null : Require(() => ItemText.By(Property));
        _composer = Require(() =>
        {
            ChatRequest template = new()
            {
                Model = Model,
                Tools = ToolSet.Read(this, Tool).Definitions,
                BuiltInTools = ServiceForms.BuiltInTools(BuiltInTool),
                PreviousResponseId = PreviousResponseId,
                ConversationId = ConversationId,
            };
            template.ValidateParameters();
            return new ChatComposer(template, System, [.. ImageSource.LoadAll(this, Image, null), .. ImageSource.Attach(this, Attachment)]);
        });
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        bool isPiped = IsBound(nameof(InputObject));
        object? item = isPiped ? InputObject : Prompt;
        int index = _index++;
        Attempt(item, () =>
        {
            PipelineInput? input = isPiped ? PipelineInput.From(item, _itemText, wantsData: _promptIsFixed || Prompt is null) : null;
            ChatRequest request = ParameterSetName == MessageSet
                ? _composer!.FromMessages(MessageConverter.Convert(Message), input, Message)
                : _composer!.FromPrompt(Prompt, _promptIsFixed || _itemText is not null, input, item);
            ServiceConnection service = Connected(input?.Model?.Connection ?? input?.Conversation?.Connection);
            Run(item, async (output, token) =>
            {
                ChatTokenCount count = await service.Responses.CountTokensAsync(request with { Index = index }, Call(output), token);
                if (count.Estimated && !_hasWarned)
                {
                    _hasWarned = true;
                    output.Warning($"The service of connection '{count.Connection}' does not count tokens: the numbers are estimates from the text.");
                }

                return count;
            });
        }, index);
    }
}
