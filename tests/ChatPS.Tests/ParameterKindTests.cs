using System.Reflection;
using ChatPS.Commands;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Tests;

/// <summary>What each parameter of the cmdlets is for that send what users ask. A new parameter finds its place in this table, or is the command's alone.</summary>
public sealed class ParameterKindTests
{
    private const string Asks = "asks";
    private const string AsksApartFromFiles = "asks, but a file does not set it";
    private const string Runs = "runs";
    private const string RunsFromSessions = "runs, and a session may hold it";
    private const string CommandAlone = "is the command's alone";

    private const string OfPictures =
        "Model N Size AspectRatio Quality Background OutputFormat OutputCompression Moderation ResponseFormat NegativePrompt Seed Steps Guidance SafetyIdentifier User Form";

    private const string RunsOfPictures =
        "Stream PartialImage OutDirectory Force MaxBytes Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode";

    private const string OfDecisions = "Model Form PromptCacheKey SafetyIdentifier";

    private const string RunsOfDecisions =
        "InputObject Message Property Image Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode";

    private static readonly Dictionary<Type, Dictionary<string, string>> Kinds = new()
    {
        [typeof(InvokeChatCompletionCommand)] = new()
        {
            [Asks] = """
                Model System Temperature TopP TopK N Stop MaxTokens MaxCompletionTokens PresencePenalty FrequencyPenalty LogitBias LogProbs TopLogProbs Seed
                ResponseFormat OutputSchema SchemaMode RepairAttempt KeepCompletion Merge Verbosity Modality Audio Prediction ImageDetail
                Tool ToolChoice ParallelToolCall BuiltInTool Function FunctionCall WebSearchOption ReasoningEffort ReasoningSummary ThinkingBudget
                Moderation ServiceTier Metadata PromptCacheKey PromptCacheRetention PromptCacheOption SafetyIdentifier User IncludeObfuscation
                """,
            [AsksApartFromFiles] = "OutputType FileId ConversationId Store Background",
            [Runs] = """
                InputObject Property FromRow Image Attachment AudioPath NoClobber AllowTool ToolApproval MaxToolRound MaxToolCall
                Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob AsBatch BatchPath CheckpointPath CheckpointMode
                """,
            [RunsFromSessions] = "TimeoutSec MaxRetry Stream Show FallbackModel FallbackOn PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "Prompt Message Aggregate Session PromptFile Variable PreviousResponseId AdditionalBody",
        },
        [typeof(InvokeChatTextCompletionCommand)] = new()
        {
            [Asks] = "Model Temperature TopP N Stop MaxTokens PresencePenalty FrequencyPenalty LogitBias LogProbs Seed BestOf Echo Suffix User IncludeObfuscation",
            [Runs] = "InputObject Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob AsBatch BatchPath CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry Stream Show FallbackModel FallbackOn PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "Prompt AdditionalBody",
        },
        [typeof(MeasureChatTokenCommand)] = new()
        {
            [Asks] = "Model System Tool BuiltInTool",
            [AsksApartFromFiles] = "ConversationId",
            [Runs] = "InputObject Property Image Attachment Connection AdditionalHeader AdditionalQuery",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "Prompt Message PreviousResponseId AdditionalBody",
        },
        [typeof(ConvertToChatSpeechCommand)] = new()
        {
            [Asks] = "Model Voice Instruction ResponseFormat Speed StreamFormat",
            [Runs] = "InputObject Property Path OutDirectory Force MaxCharacter Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(ConvertFromChatSpeechCommand)] = new()
        {
            [Asks] = "Model Language Keyword Prompt ResponseFormat Temperature TimestampGranularity Include ChunkingStrategy Translate SplitMinute",
            [AsksApartFromFiles] = "KnownSpeaker",
            [Runs] = "Path Stream MaxFileSizeMB Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(TestChatModerationCommand)] = new()
        {
            [Asks] = "Model",
            [Runs] = "InputObject Property Merge Image Quiet Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob AsBatch BatchPath CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(InvokeChatDecisionCommand)] = new()
        {
            [Asks] = "Question " + OfDecisions,
            [Runs] = "Threshold UnsureVariable PassUnsure AllProbability Merge " + RunsOfDecisions,
            [RunsFromSessions] = "TimeoutSec MaxRetry FallbackModel FallbackOn PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(TestChatDecisionCommand)] = new()
        {
            [Asks] = "Question " + OfDecisions,
            [Runs] = "Threshold PassThru " + RunsOfDecisions,
            [RunsFromSessions] = "TimeoutSec MaxRetry FallbackModel FallbackOn PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(AddChatFileCommand)] = new()
        {
            [Runs] = "Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "Path Purpose ExpiresAfter Name AdditionalBody",
        },
        [typeof(GetChatEmbeddingCommand)] = new()
        {
            [Asks] = "Model Dimension InputType Form",
            [Runs] = "InputObject Property BatchSize FallbackConnection Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob AsBatch BatchPath CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(NewChatImageCommand)] = new()
        {
            [Asks] = "Prompt Style Complexity FrameCount FrameDurationMs " + OfPictures,
            [Runs] = "InputObject Property " + RunsOfPictures,
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(EditChatImageCommand)] = new()
        {
            [Asks] = "Prompt InputFidelity " + OfPictures,
            [Runs] = "Image " + RunsOfPictures,
            [RunsFromSessions] = "TimeoutSec MaxRetry PriceTable MaxTotalToken MaxCost",
            [CommandAlone] = "Mask AdditionalBody",
        },
        [typeof(StartChatGenerationCommand)] = new()
        {
            [Asks] = "Service Action Prompt Model Form",
            [Runs] = "InputObject Property NotifyUri MaxGeneration Resubmit Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(GetChatGenerationCommand)] = new()
        {
            [Runs] = "InputObject Id Service Form All First Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(GetChatBatchCommand)] = new()
        {
            [Runs] = "InputObject Path Id All First Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(WaitChatBatchCommand)] = new()
        {
            [Runs] = "InputObject Path Id TimeoutSec Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(StopChatBatchCommand)] = new()
        {
            [Runs] = "InputObject Path Id PassThru Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(ReceiveChatBatchCommand)] = new()
        {
            [Runs] = "Path InputObject Wait Partial OutputType PriceTable Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(WaitChatGenerationCommand)] = new()
        {
            [Runs] = "InputObject Id Service Form TimeoutSec Any Listen ListenPort Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(StopChatGenerationCommand)] = new()
        {
            [Runs] = "InputObject Id Service Form Force PassThru Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
        [typeof(InvokeChatGenerationActionCommand)] = new()
        {
            [Asks] = "Action Prompt Model",
            [Runs] = "InputObject Id Service Form NotifyUri MaxGeneration Resubmit Connection AdditionalHeader AdditionalQuery ThrottleLimit MaxFailure AsCompleted AsJob CheckpointPath CheckpointMode",
            [RunsFromSessions] = "TimeoutSec MaxRetry",
            [CommandAlone] = "AdditionalBody",
        },
    };

    public static TheoryData<Type> Cmdlets => [.. Kinds.Keys];

    [Fact]
    public void Table_AllThatTurnItemsIntoRequests_AreInIt() =>
        Assert.Subset(Kinds.Keys.ToHashSet(), Surface.Cmdlets.Where(cmdlet => typeof(ParallelCmdlet).IsAssignableFrom(cmdlet)).ToHashSet());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameter_OfEachCmdlet_IsOfTheKindInTheTable(Type cmdlet) => Assert.Equal(
        Kinds[cmdlet].SelectMany(kind => Words(kind.Value).Select(name => $"{name} {kind.Key}")).Order(StringComparer.Ordinal),
        ParameterKinds.Of(cmdlet).Select(parameter => $"{parameter.Name} {KindOf(parameter)}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameter_OfEachCmdlet_HasOneMarkAtMost(Type cmdlet) => Assert.All(
        ParameterKinds.Of(cmdlet), parameter => Assert.False(parameter.IsDefined(typeof(AsksAttribute)) && parameter.IsDefined(typeof(RunsAttribute)), parameter.Name));

    [Fact]
    public void PromptFile_MaySet_WhatAsks() => Assert.Equal(Words(Kinds[typeof(InvokeChatCompletionCommand)][Asks]).Order(StringComparer.Ordinal), PresetParameters.InPromptFile);

    [Fact]
    public void Session_MayHold_WhatAsksAndWhatIsSaidOfRuns()
    {
        string[] own = ["Model", "System", "Tool"];
        Dictionary<string, string> kinds = Kinds[typeof(InvokeChatCompletionCommand)];

        foreach (string name in kinds.SelectMany(kind => Words(kind.Value)))
        {
            bool isHeld = kinds.Any(kind => kind.Key is Asks or AsksApartFromFiles or RunsFromSessions && Words(kind.Value).Contains(name)) && !own.Contains(name);
            Assert.Equal(isHeld, Record.Exception(() => SessionParameters.Find(name)) is null);
        }
    }

    [Fact]
    public void Checkpoint_BelongsTo_WhatIsNotMarkedToRun() => Assert.All(
        Kinds[typeof(InvokeChatCompletionCommand)].Where(kind => kind.Key is Runs or RunsFromSessions).SelectMany(kind => Words(kind.Value)),
        name => Assert.False(PresetParameters.Find(name)!.BelongsToCheckpoint, name));

    private static string KindOf(PropertyInfo parameter) => (parameter.GetCustomAttribute<AsksAttribute>(), parameter.GetCustomAttribute<RunsAttribute>()) switch
    {
        ({ InPromptFile: true }, _) => Asks,
        ({ InPromptFile: false }, _) => AsksApartFromFiles,
        (_, { InSession: true }) => RunsFromSessions,
        (_, { InSession: false }) => Runs,
        _ => CommandAlone,
    };

    private static string[] Words(string names) => names.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
