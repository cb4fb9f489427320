using System.Collections;
using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Gets an answer of a model to a prompt, a conversation, or each item of a pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatCompletion", DefaultParameterSetName = PromptSet)]
[OutputType(typeof(ChatCompletion), typeof(ChatCompletionUpdate), typeof(PSObject), typeof(ChatJob))]
public sealed partial class InvokeChatCompletionCommand : CompletionCmdlet
{
    private const string PromptSet = "Prompt";
    private const string MessageSet = "Message";
    private const string AggregateSet = "Aggregate";

    private readonly List<object?> _items = [];
    private ChatComposer? _composer;
    private bool _promptIsFixed;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();

        // A prompt that comes with each item, as a property or from a script block, is not there yet.
        _promptIsFixed = Prompt is not null;
        _composer = new ChatComposer(Require(CreateTemplate), System, Require(LoadAttachments), ImageDetail);
        BeginRun();
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Aggregate)
        {
            if (IsBound(nameof(InputObject)))
            {
                _items.Add(InputObject);
            }

            return;
        }

        bool isPiped = IsBound(nameof(InputObject));
        object? item = isPiped ? InputObject : Prompt;
        int index = NextIndex();
        Attempt(item, () =>
        {
            PipelineInput? input = isPiped ? PipelineInput.From(item, wantsData: _promptIsFixed || Prompt is null) : null;
            ChatRequest request = ParameterSetName == MessageSet
                ? _composer!.FromMessages(MessageConverter.Convert(Message), input, Message)
                : _composer!.FromPrompt(Prompt, _promptIsFixed, input, item);
            Send(request with { Index = index }, item, input?.Model?.Connection ?? input?.Conversation?.Connection);
        });
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        // No items, no question: an empty folder is not worth an answer.
        if (Aggregate && _items.Count > 0)
        {
            Attempt(_items, () =>
            {
                List<PipelineInput> inputs = [.. _items.Select(item => PipelineInput.From(item, wantsData: true))];
                Send(_composer!.FromAll(Prompt!, inputs, _items.ToArray()), _items.ToArray(), preferredConnection: null);
            });
        }

        base.EndProcessing();
    }

    private void Send(ChatRequest request, object? item, string? preferredConnection)
    {
        _audioTarget?.Check(request);
        ServiceConnection service = Service(preferredConnection);
        if (Stream || Show)
        {
            Run(item, (output, token) => ReadAsync(service.Chat.StreamAsync(request, Call(output), Plan, token), update => Keep(update.Completion, item, output), output, token));
        }
        else
        {
            Run(item, async (output, token) =>
            {
                ChatCompletion completion = await service.Chat.CompleteAsync(request, Call(output), Plan, token);
                Keep(completion, item, output);
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
