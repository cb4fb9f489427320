using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

// The fields of the request, one by one as OpenAI describes them.
public sealed partial class InvokeChatCompletionCommand
{
    /// <summary>What to ask.</summary>
    [Parameter(Position = 0, ParameterSetName = PromptSet, ValueFromPipelineByPropertyName = true, HelpMessage = "What to ask.")]
    [Parameter(Position = 0, ParameterSetName = AggregateSet, Mandatory = true, HelpMessage = "What to ask.")]
    [AllowEmptyString]
    public string? Prompt { get; set; }

    /// <summary>What the prompt is about, or the prompt itself.</summary>
    [Parameter(ParameterSetName = PromptSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Parameter(ParameterSetName = AggregateSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Parameter(ParameterSetName = MessageSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Parameter(ParameterSetName = PromptFileSet, ValueFromPipeline = true, HelpMessage = "What the prompt is about, or the prompt itself.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The conversation so far.</summary>
    [Parameter(ParameterSetName = MessageSet, Mandatory = true, HelpMessage = "The conversation so far.")]
    [Alias("Messages")]
    public object[] Message { get; set; } = [];

    /// <summary>Puts all piped items into one request.</summary>
    [Parameter(ParameterSetName = AggregateSet, Mandatory = true, HelpMessage = "Puts all piped items into one request.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "Puts all piped items into one request.")]
    public SwitchParameter Aggregate { get; set; }

    /// <summary>The instructions that stand before the conversation.</summary>
    [Parameter(HelpMessage = "The instructions that stand before the conversation.")]
    [Asks]
    public string? System { get; set; }

    /// <summary>The most tokens of an answer, reasoning included.</summary>
    [Parameter(HelpMessage = "The most tokens of an answer, reasoning included.")]
    [Asks]
    public int MaxCompletionTokens { get; set; }

    /// <summary>Tells the probability of each token.</summary>
    [Parameter(HelpMessage = "Tells the probability of each token.")]
    [Asks]
    public SwitchParameter LogProbs { get; set; }

    /// <summary>How many of the likeliest tokens to tell for each place.</summary>
    [Parameter(HelpMessage = "How many of the likeliest tokens to tell for each place.")]
    [Asks]
    public int TopLogProbs { get; set; }

    /// <summary>The form of the answer.</summary>
    [Parameter(HelpMessage = "The form of the answer.")]
    [Asks]
    [ArgumentCompleter(typeof(ResponseFormatCompleter))]
    public object? ResponseFormat { get; set; }

    /// <summary>The tools that the model may call: commands, which are run for it, or definitions in the service's form.</summary>
    [Parameter(HelpMessage = "The tools that the model may call: commands, which are run for it, or definitions in the service's form.")]
    [Asks]
    public object[]? Tool { get; set; }

    /// <summary>Which tool to call, if any.</summary>
    [Parameter(HelpMessage = "Which tool to call, if any.")]
    [Asks]
    [ArgumentCompleter(typeof(ToolChoiceCompleter))]
    public object? ToolChoice { get; set; }

    /// <summary>Whether the model may call several tools at once.</summary>
    [Parameter(HelpMessage = "Whether the model may call several tools at once.")]
    [Asks]
    public bool ParallelToolCall { get; set; }

    /// <summary>The old form of -Tool.</summary>
    [Parameter(HelpMessage = "The old form of -Tool.")]
    [Asks]
    public object[]? Function { get; set; }

    /// <summary>The old form of -ToolChoice.</summary>
    [Parameter(HelpMessage = "The old form of -ToolChoice.")]
    [Asks]
    public object? FunctionCall { get; set; }

    /// <summary>How much the model thinks.</summary>
    [Parameter(HelpMessage = "How much the model thinks.")]
    [Asks]
    [ArgumentCompleter(typeof(ReasoningEffortCompleter))]
    public string? ReasoningEffort { get; set; }

    /// <summary>The most tokens that the model may think for.</summary>
    [Parameter(HelpMessage = "The most tokens that the model may think for.")]
    [Asks]
    public int ThinkingBudget { get; set; }

    /// <summary>How many of the likeliest tokens to choose from.</summary>
    [Parameter(HelpMessage = "How many of the likeliest tokens to choose from.")]
    [Asks]
    public int TopK { get; set; }

    /// <summary>How much the model says.</summary>
    [Parameter(HelpMessage = "How much the model says.")]
    [Asks]
    [ArgumentCompleter(typeof(VerbosityCompleter))]
    public string? Verbosity { get; set; }

    /// <summary>What the answer is made of.</summary>
    [Parameter(HelpMessage = "What the answer is made of.")]
    [Asks]
    [ArgumentCompleter(typeof(ModalityCompleter))]
    public string[]? Modality { get; set; }

    /// <summary>Voice and format of an audio answer.</summary>
    [Parameter(HelpMessage = "Voice and format of an audio answer.")]
    [Asks]
    public IDictionary? Audio { get; set; }

    /// <summary>What the answer will mostly be.</summary>
    [Parameter(HelpMessage = "What the answer will mostly be.")]
    [Asks]
    public object? Prediction { get; set; }

    /// <summary>Lets the model search the web.</summary>
    [Parameter(HelpMessage = "Lets the model search the web.")]
    [Asks]
    public IDictionary? WebSearchOption { get; set; }

    /// <summary>Moderates request and answer on the way.</summary>
    [Parameter(HelpMessage = "Moderates request and answer on the way.")]
    [Asks]
    public IDictionary? Moderation { get; set; }

    /// <summary>The tier of service.</summary>
    [Parameter(HelpMessage = "The tier of service.")]
    [Asks]
    [ArgumentCompleter(typeof(ServiceTierCompleter))]
    public string? ServiceTier { get; set; }

    /// <summary>Whether the service keeps the answer.</summary>
    [Parameter(HelpMessage = "Whether the service keeps the answer.")]
    [Asks(InPromptFile = false)]
    public bool Store { get; set; }

    /// <summary>Notes that are kept with the answer.</summary>
    [Parameter(HelpMessage = "Notes that are kept with the answer.")]
    [Asks]
    public IDictionary? Metadata { get; set; }

    /// <summary>Groups requests that share a prompt's beginning.</summary>
    [Parameter(HelpMessage = "Groups requests that share a prompt's beginning.")]
    [Asks]
    public string? PromptCacheKey { get; set; }

    /// <summary>How long the prompt stays in the cache.</summary>
    [Parameter(HelpMessage = "How long the prompt stays in the cache.")]
    [Asks]
    [ArgumentCompleter(typeof(PromptCacheRetentionCompleter))]
    public string? PromptCacheRetention { get; set; }

    /// <summary>How the prompt is cached.</summary>
    [Parameter(HelpMessage = "How the prompt is cached.")]
    [Asks]
    public IDictionary? PromptCacheOption { get; set; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    [Parameter(HelpMessage = "A hash that tells the service's end users apart.")]
    [Asks]
    public string? SafetyIdentifier { get; set; }

    private ChatRequest CreateTemplate()
    {
        BeginTools();
        _typed = CreateTypedOutput();
        ChatRequest template = new()
        {
            Temperature = Given(nameof(Temperature), Temperature),
            TopP = Given(nameof(TopP), TopP),
            N = Given(nameof(N), N),
            MaxTokens = Given(nameof(MaxTokens), MaxTokens),
            MaxCompletionTokens = Given(nameof(MaxCompletionTokens), MaxCompletionTokens),
            Stop = Stop,
            PresencePenalty = Given(nameof(PresencePenalty), PresencePenalty),
            FrequencyPenalty = Given(nameof(FrequencyPenalty), FrequencyPenalty),
            LogitBias = PlainObject.ToIntegers(LogitBias, "-LogitBias"),
            LogProbs = LogProbs || IsBound(nameof(TopLogProbs)) ? true : null,
            TopLogProbs = Given(nameof(TopLogProbs), TopLogProbs),
            Seed = Given(nameof(Seed), Seed),
            Output = _typed?.Format,
            ResponseFormat = ServiceForms.ResponseFormat(PlainObject.From(ResponseFormat, "-ResponseFormat")),
            Tools = _tools!.Definitions,
            ToolChoice = ServiceForms.ToolChoice(PlainObject.From(ToolChoice, "-ToolChoice"), _tools.Definitions),
            ParallelToolCalls = Given(nameof(ParallelToolCall), ParallelToolCall),
            Functions = PlainObject.FromList(Function, "-Function"),
            FunctionCall = ServiceForms.FunctionCall(PlainObject.From(FunctionCall, "-FunctionCall")),
            ReasoningEffort = ReasoningEffort,
            ThinkingBudget = Given(nameof(ThinkingBudget), ThinkingBudget),
            TopK = Given(nameof(TopK), TopK),
            Verbosity = Verbosity,
            Modalities = Modality,
            Audio = PlainObject.From(Audio, "-Audio"),
            Prediction = ServiceForms.Prediction(PlainObject.From(Prediction, "-Prediction")),
            WebSearchOptions = PlainObject.From(WebSearchOption, "-WebSearchOption"),
            Moderation = PlainObject.From(Moderation, "-Moderation"),
            ServiceTier = ServiceTier,
            Store = Given(nameof(Store), Store),
            Metadata = PlainObject.ToStrings(Metadata),
            PromptCacheKey = PromptCacheKey,
            PromptCacheRetention = PromptCacheRetention,
            PromptCacheOptions = PlainObject.From(PromptCacheOption, "-PromptCacheOption"),
            SafetyIdentifier = SafetyIdentifier,
            User = User,
            IncludeObfuscation = Given(nameof(IncludeObfuscation), IncludeObfuscation),
        };
        template = WithAudioPath(WithServiceState(template));
        template.ValidateParameters();
        CheckStreaming();
        if (Models.Length > 1 || FromRow.Length > 0)
        {
            CheckModels();
        }

        return template;
    }
}
