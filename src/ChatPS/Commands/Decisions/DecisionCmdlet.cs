using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Questions;

namespace ChatPS.Commands;

/// <summary>What cmdlets take that put typed questions to a service about each piped item.</summary>
public abstract class DecisionCmdlet : BudgetCmdlet
{
    private DecisionRequest _template = new();
    private RunPlan _plan = RunPlan.None;
    private AskedModel _asked = AskedModel.ByDefault[0];
    private ItemText? _itemText;
    private List<ChatContent> _images = [];
    private bool _needsProbability;

    private protected DecisionCmdlet()
    {
    }

    /// <summary>What the questions are about: text, objects, files, answers or sessions.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, HelpMessage = "What the questions are about: text, objects, files, answers or sessions.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The conversation that the questions are about, instead of piped items.</summary>
    [Parameter(HelpMessage = "The conversation that the questions are about, instead of piped items.")]
    [Runs]
    [Alias("Messages")]
    [ValidateNotNullOrEmpty]
    public object[]? Message { get; set; }

    /// <summary>What of each item the questions are about: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that the questions are about, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>Images beside each item, or alone: paths, addresses, files or bytes.</summary>
    [Parameter(HelpMessage = "Images beside each item, or alone: paths, addresses, files or bytes.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Image { get; set; }

    /// <summary>The model.</summary>
    [Parameter(HelpMessage = "The model.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>The form that the service understands, where it is not to be found out.</summary>
    [Parameter(HelpMessage = "The form that the service understands, where it is not to be found out.")]
    [Asks]
    [ArgumentCompleter(typeof(DecisionFormCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Form { get; set; }

    /// <summary>Groups requests that share a beginning, for the service's cache.</summary>
    [Parameter(HelpMessage = "Groups requests that share a beginning, for the service's cache.")]
    [Asks]
    public string? PromptCacheKey { get; set; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    [Parameter(HelpMessage = "A hash that tells the service's end users apart.")]
    [Asks]
    public string? SafetyIdentifier { get; set; }

    /// <summary>The models to ask, in their order, when the first one fails.</summary>
    [Parameter(HelpMessage = "The models to ask, in their order, when the first one fails.")]
    [Runs(InSession = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? FallbackModel { get; set; }

    /// <summary>The failures that lead to the next model.</summary>
    [Parameter(HelpMessage = "The failures that lead to the next model.")]
    [Runs(InSession = true)]
    [ValidateSet("Failure", "ModelNotFound", "ContextTooLong", "ContentFiltered")]
    public string[]? FallbackOn { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        bool isPiped = IsBound(nameof(InputObject));
        object? item = isPiped ? InputObject : Message ?? Image;
        int index = NextIndex();
        Attempt(item, () =>
        {
            DecisionRequest request = About(item, isPiped) with { Input = item, Index = index };
            Send(request, item);
        }, index);
    }

    /// <summary>Gets what is asked.</summary>
    private protected IReadOnlyList<ChatQuestion> Questions => _template.Questions;

    /// <summary>Reads what the run keeps to, before anything is sent.</summary>
    /// <param name="questions">What is asked.</param>
    /// <param name="needsProbability">Whether an answer is of no use without telling how likely it is.</param>
    private protected void BeginRun(IReadOnlyList<ChatQuestion> questions, bool needsProbability) => Require(() =>
    {
        if (Message is not null && (IsBound(nameof(InputObject)) || MyInvocation.ExpectingInput))
        {
            throw Failures.Invalid("-Message takes the conversation whole, but something was piped in besides.", "Leave out one of the two.");
        }

        if (Form is not null && !DecisionService.Forms.Contains(Form, StringComparer.OrdinalIgnoreCase))
        {
            throw Failures.Invalid($"-Form is '{Form}'; there is no such form.", $"The forms are {string.Join(", ", DecisionService.Forms)}.");
        }

        _itemText = Property is null ? null : ItemText.By(Property);
        _images = [.. ImageSource.LoadAll(this, Image, detail: null)];
        _asked = Model is null ? AskedModel.ByDefault[0] : AskedModel.Read([Model], Connection)[0];
        _template = new DecisionRequest { Questions = questions, Form = Form, Model = _asked.Model, PromptCacheKey = PromptCacheKey, SafetyIdentifier = SafetyIdentifier };
        _needsProbability = needsProbability;
        if (Known() is { } service)
        {
            CheckProbabilities(service);
        }

        Budget? budget = OpenBudget();
        ModelFallback fallback = FallbackModels.Read(FallbackModel, FallbackOn);
        _plan = new RunPlan { Budget = budget, Fallback = fallback, Checkpoint = OpenCheckpoint(CheckpointParameters(questions), budget) };
    });

    /// <summary>Looks at answers before they are written, off the pipeline's thread.</summary>
    /// <param name="decision">The answers.</param>
    /// <exception cref="ChatServiceException">They are of no use; it says why.</exception>
    private protected virtual void Look(ChatDecision decision)
    {
    }

    /// <summary>Makes what is emitted, on the pipeline's thread.</summary>
    /// <param name="decision">The answers.</param>
    /// <returns>The objects.</returns>
    private protected abstract IEnumerable<object> Make(ChatDecision decision);

    // The same questions go on with a checkpoint however they are written, and with whatever threshold.
    private Dictionary<string, object?> CheckpointParameters(IReadOnlyList<ChatQuestion> questions)
    {
        Dictionary<string, object?> parameters = RunParameters.From(this, KnownModel());
        parameters["Question"] = questions.Select(AskedQuestion.ToPlain).ToList<object?>();
        return parameters;
    }

    private string? KnownModel() => Known()?.ModelFor(_asked.Model) ?? _asked.Model;

    // Null where there is no connection, or no model: each item says so.
    private ServiceConnection? Known()
    {
        try
        {
            ServiceConnection service = Connected(_asked.Connection);
            service.ModelFor(_asked.Model);
            return service;
        }
        catch (ChatServiceException)
        {
            return null;
        }
    }

    // Known before the first request where the dialect tells, else after it: the others are not paid for in vain.
    private void CheckProbabilities(ServiceConnection service)
    {
        if (_needsProbability && service.Decisions.HasProbabilities(_asked.Model, Form) == false)
        {
            throw Failures.Invalid(
                $"There is a threshold, but connection '{service.Settings.Name}' does not tell how likely answers are.", "Leave out the threshold, or name a connection or a model with probabilities: see about_ChatPS_Decisions.");
        }
    }

    private bool MaySpend(ServiceConnection service, DecisionRequest request)
    {
        RequestEstimate estimate = service.Decisions.Estimate(request, Settings);
        string output = estimate.OutputLimit switch { null => ", answers not counted", 0 => "", { } limit => FormattableString.Invariant($", at most {limit} out") };
        return ShouldSpend(estimate.Model, $"Decide, by connection '{service.Settings.Name}'", new UnitEstimate(FormattableString.Invariant($"about {estimate.InputTokens} tokens in{output}"), estimate.Cost));
    }

    private DecisionRequest About(object? item, bool isPiped)
    {
        if (isPiped)
        {
            return Evidence.OfItem(_template, item, _itemText, _images);
        }

        return Message is { } messages ? Evidence.OfMessages(_template, messages, _images)
            : _images.Count > 0 ? Evidence.OfContent(_template, _images)
            : throw Failures.Invalid("There is nothing to decide about.", "Pipe in text, objects or files, or give -InputObject, -Message or -Image.");
    }

    private void Send(DecisionRequest request, object? item)
    {
        ServiceConnection service = Connected(_asked.Connection);
        DecisionRequest asked = request with { RequestedModel = service.ModelFor(request.Model) };
        if ((IsWhatIf || IsBound("Confirm")) && !MaySpend(service, asked))
        {
            return;
        }

        Run(item, async (output, token) =>
        {
            CheckProbabilities(service);
            ChatDecision decision = await service.Decisions.CompleteAsync(asked, Call(output), _plan, token);
            Look(decision);
            output.EmitMade(item, () => Make(decision));
            return null;
        });
    }
}
