using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Pipeline;
using ChatPS.Prompts;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Gets an answer of a model to a prompt, a conversation, or each item of a pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatCompletion", DefaultParameterSetName = PromptSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatCompletion), typeof(ChatCompletionUpdate), typeof(PSObject), typeof(ChatJob))]
public sealed partial class InvokeChatCompletionCommand : CompletionCmdlet
{
    private const string PromptSet = "Prompt";
    private const string MessageSet = "Message";
    private const string AggregateSet = "Aggregate";
    private const string PromptFileSet = "PromptFile";

    private ChatRequest? _template;
    private List<ChatContent> _attachments = [];
    private ChatComposer? _composer;
    private bool _promptIsFixed;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        Require(ReadPresets);
        base.BeginProcessing();

        // A prompt that comes with each item, as a property or from a script block, is not there yet.
        _promptIsFixed = Prompt is not null;
        _template = Require(CreateTemplate);
        _itemText = Property is null ? null : Require(() => ItemText.By(Property));
        _attachments = Require(LoadAttachments);
        _composer = Composer(System);
        BeginRun();
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Aggregate)
        {
            Collect();
            return;
        }

        bool isPiped = IsBound(nameof(InputObject));
        object? item = isPiped ? InputObject : Prompt;
        int index = NextIndex();
        Attempt(item, () =>
        {
            FilledPrompt? filled = _promptFile?.Fill(Variable, isPiped ? [item] : null);
            bool wantsData = filled is null ? _promptIsFixed || Prompt is null : !filled.UsesItem;
            if (isPiped && wantsData && IsSkipped(item))
            {
                return;
            }

            PipelineInput? input = isPiped ? PipelineInput.From(item, _itemText, wantsData) : null;
            if (Session is not null && input?.Conversation is not null)
            {
                throw Failures.Invalid("An answer was piped in, but -Session holds the conversation.", "Leave out -Session to go on with the answer, or pipe in something else.");
            }

            ChatRequest request = filled is not null ? FromFile(filled, input, item) : ParameterSetName == MessageSet
                ? _composer!.FromMessages(MessageConverter.Convert(Message), input, Message)
                : _composer!.FromPrompt(Prompt, _promptIsFixed || _itemText is not null, input, item);
            Send(request with { Index = index }, item, input?.Model?.Connection ?? input?.Conversation?.Connection);
        }, index);
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (Aggregate)
        {
            SendAll();
        }

        if (_lines is not null)
        {
            TellSkippedLines();
        }

        if (_estimates.Count > 1)
        {
            ShowEstimates();
        }

        base.EndProcessing();
    }

    private ChatComposer Composer(string? system) => new(_template!, system, _attachments, ImageDetail);

    private void Send(ChatRequest request, object? item, string? preferredConnection)
    {
        string? model = FromRow.Length > 0 ? FromRowOf(item, nameof(Model)) : null;
        string? connection = FromRow.Length > 0 ? FromRowOf(item, nameof(Connection)) : null;
        foreach (AskedModel asked in Models)
        {
            ServiceConnection service = connection is null ? Connected(asked.Connection ?? preferredConnection) : ServiceOf(connection);
            string? named = model ?? asked.Model ?? request.Model;
            Send(service, request with { Model = named, RequestedModel = service.ModelFor(named) }, item);
        }
    }

    private void Send(ServiceConnection service, ChatRequest request, object? item)
    {
        if (request is not { ReasoningEffort: null, Verbosity: null, ServiceTier: null, PromptCacheRetention: null })
        {
            WarnOfUnknownValues(service, request);
        }

        if (Outlet is not null)
        {
            Outlet.Add(service, request, item);
            return;
        }

        _audioTarget?.Check(request);
        if (IsWhatIf)
        {
            Estimate(service, request);
            return;
        }

        if (Stream || Show)
        {
            Run(item, async (output, token) =>
            {
                using SessionTurn turn = SessionTurn.Begin(Session, request, HasInstructions(request));
                return await ReadAsync(StreamAsync(service, turn.Request, output, token), update => SaveAudio(turn.Keep(update.Completion), item, output), output, token);
            });
        }
        else
        {
            Run(item, async (output, token) =>
            {
                using SessionTurn turn = SessionTurn.Begin(Session, request, HasInstructions(request));
                ChatCompletion completion = await CompleteAsync(service, turn.Request, output, token);
                SaveAudio(turn.Keep(completion), item, output);
                if (_typed is not { } typed)
                {
                    return completion;
                }

                output.EmitMade(item, () => typed.Make(completion));
                return null;
            });
        }
    }
}
