using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Text;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Continues a text with the legacy completions endpoint.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatTextCompletion")]
[OutputType(typeof(ChatTextCompletion), typeof(ChatTextCompletionUpdate), typeof(ChatJob))]
public sealed class InvokeChatTextCompletionCommand : CompletionCmdlet
{
    private TextRequest _template = new();
    private bool _promptIsFixed;

    /// <summary>A text, several texts, or token numbers.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "A text, several texts, or token numbers.")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Prompt { get; set; }

    /// <summary>The prompt, or what follows it if -Prompt is given.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "The prompt, or what follows it if -Prompt is given.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>How many answers to make, of which the best come back.</summary>
    [Parameter(HelpMessage = "How many answers to make, of which the best come back.")]
    [Asks]
    public int BestOf { get; set; }

    /// <summary>Repeats the prompt before the answer.</summary>
    [Parameter(HelpMessage = "Repeats the prompt before the answer.")]
    [Asks]
    public SwitchParameter Echo { get; set; }

    /// <summary>How many of the likeliest tokens to tell for each place.</summary>
    [Parameter(HelpMessage = "How many of the likeliest tokens to tell for each place.")]
    [Asks]
    public int LogProbs { get; set; }

    /// <summary>The text that comes after the answer.</summary>
    [Parameter(HelpMessage = "The text that comes after the answer.")]
    [Asks]
    public string? Suffix { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _promptIsFixed = Prompt is not null;
        _template = Require(CreateTemplate);
        BeginRun();
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object? item = IsBound(nameof(InputObject)) ? InputObject : Prompt;
        int index = NextIndex();
        Attempt(item, () =>
        {
            TextRequest request = _template with { Prompt = ReadPrompt(), Input = item, Index = index };
            foreach (AskedModel asked in Models)
            {
                Send(request, asked, item);
            }
        }, index);
    }

    private protected override ChatBatchKind BatchKind => ChatBatchKind.TextCompletion;

    private void Send(TextRequest template, AskedModel asked, object? item)
    {
        ServiceConnection service = Connected(asked.Connection);
        TextRequest request = template with { Model = asked.Model, RequestedModel = service.ModelFor(asked.Model) };
        if (Outlet is not null)
        {
            Outlet.Add(service, request, item);
        }
        else if (Stream || Show)
        {
            Run(item, (output, token) => ReadAsync(service.Text.StreamAsync(request, Call(output), Plan, token), update => update.Completion, output, token));
        }
        else
        {
            Run(item, async (output, token) => await service.Text.CompleteAsync(request, Call(output), Plan, token));
        }
    }

    private TextRequest CreateTemplate()
    {
        TextRequest template = new()
        {
            BestOf = Given(nameof(BestOf), BestOf),
            Echo = Echo ? true : null,
            FrequencyPenalty = Given(nameof(FrequencyPenalty), FrequencyPenalty),
            LogitBias = PlainObject.ToIntegers(LogitBias, "-LogitBias"),
            LogProbs = Given(nameof(LogProbs), LogProbs),
            MaxTokens = Given(nameof(MaxTokens), MaxTokens),
            N = Given(nameof(N), N),
            PresencePenalty = Given(nameof(PresencePenalty), PresencePenalty),
            Seed = Given(nameof(Seed), Seed),
            Stop = Stop,
            Suffix = Suffix,
            Temperature = Given(nameof(Temperature), Temperature),
            TopP = Given(nameof(TopP), TopP),
            User = User,
            IncludeObfuscation = Given(nameof(IncludeObfuscation), IncludeObfuscation),
        };
        template.ValidateParameters(Stream || Show);
        CheckStreaming();
        return template;
    }

    private object ReadPrompt() => PlainObject.From(WholePrompt(), "-Prompt") switch
    {
        string text when !string.IsNullOrWhiteSpace(text) => text,
        int token => new[] { token },
        List<object?> { Count: > 0 } list when list.TrueForAll(IsPrompt) => list,
        null or string or List<object?> { Count: 0 } => throw Failures.Invalid("The prompt is empty.", "Give -Prompt some text."),
        _ => throw Failures.Invalid("-Prompt is neither text nor token numbers.", "Give a text, several texts, token numbers, or several arrays of token numbers."),
    };

    // What is piped is the prompt, or goes on from it; a row that brings a prompt of its own is nothing besides.
    private object? WholePrompt()
    {
        if (Prompt is null || !_promptIsFixed || !IsBound(nameof(InputObject)))
        {
            return Prompt ?? InputObject;
        }

        PipelineInput input = PipelineInput.From(InputObject, wantsData: true);
        return (input.Text ?? input.TextFile ?? input.Data) is { Length: > 0 } text
            ? $"{PlainObject.Text(Prompt)}\n\n{text}"
            : throw Failures.Invalid("What was piped in cannot go on from a text.", "Pipe in text, text files or objects.");
    }

    private static bool IsPrompt(object? part) => part is string { Length: > 0 } or int or long or List<object?>;
}
